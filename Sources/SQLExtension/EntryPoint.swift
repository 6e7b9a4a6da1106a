import SQLFunctions

/// What SQLite calls when it has loaded `libbasin_sqlite.so`; see `registerSQLFunctions`.
@_cdecl("sqlite3_basinsqlite_init")
public func entryPoint(
    _ database: OpaquePointer?, _ errorMessage: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ routines: UnsafeRawPointer?
) -> Int32 {
    registerSQLFunctions(database, errorMessage, routines)
}
