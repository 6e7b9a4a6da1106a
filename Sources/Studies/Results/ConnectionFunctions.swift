import GRDBSQLite

/// Functions in SQL that this process offers in every connection that it opens, beside SQLite's own.
public enum ConnectionFunctions {
    /// An extension's entry point, as SQLite calls it for each new connection and for a loaded library.
    public typealias EntryPoint =
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, UnsafeRawPointer?
        ) -> CInt

    /// Connections that are opened from now on have the functions that the entry point registers. Offering them twice
    /// changes nothing.
    public static func offer(_ entry: EntryPoint) {
        // SQLite declares the parameter without arguments, and calls it with three.
        let result = sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
        precondition(result == SQLITE_OK, "SQLite has no memory for a pointer")
    }
}
