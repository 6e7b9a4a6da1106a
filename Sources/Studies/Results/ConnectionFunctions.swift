import GRDBSQLite
import SQLFunctions

/// The statistics of `SQLFunctions` in SQL, in every connection of this process.
enum ConnectionFunctions {
    /// Whether connections that are opened from now on have them; false only without memory.
    ///
    /// SQLite calls the entry point for each new connection, as it does with the loaded library.
    static let areAvailable: Bool = {
        let entry:
            @convention(c) (
                OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, UnsafeRawPointer?
            ) -> CInt = { registerSQLFunctions($0, $1, $2) }
        // SQLite declares the parameter without arguments, and calls it with three.
        return sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self)) == SQLITE_OK
    }()
}
