import SQLFunctions

/// What SQLite calls when it has loaded `libbasin_sqlite.so`; see `registerSQLFunctions`.
///
/// - Returns: SQLITE_OK_LOAD_PERMANENTLY on success, as the Swift runtime inside cannot be unloaded again when the
///   connection closes.
@_cdecl("sqlite3_basinsqlite_init")
public func entryPoint(
    _ database: OpaquePointer?, _ errorMessage: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ routines: UnsafeRawPointer?
) -> Int32 {
    let code = registerSQLFunctions(database, errorMessage, routines)
    return code == 0 ? 1 << 8 : code
}
