import Foundation
import GRDBSQLite

/// An SQLite connection that can change nothing, spoken to in C.
///
/// GRDB keeps the authorizer of its connections for itself, and an authorizer is what refuses ATTACH (which makes
/// files) and pragmas; so queries of users have a connection of their own.
final class ReadOnlyConnection {
    let handle: OpaquePointer
    private var isOpen = true

    /// Opens what a store reads: its file, or for a file of an older schema the store's copy.
    convenience init(_ store: ResultsStore) throws {
        let file = try DatabaseFile(store.path)
        guard store.isCopy else {
            try self.init(Self.open(file))
            return
        }
        var opened: OpaquePointer?
        var code = sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, nil)
        var size: Int64 = 0
        let image = try store.read { sqlite3_serialize($0.sqliteConnection, "main", &size, 0) }
        if image == nil { code = SQLITE_NOMEM }
        // Bytes 18 and 19 of a file tell that it has a log beside it, as Basin's have, which memory cannot have: 1 says
        // that there is none.
        if let image, size > 19 { (image[18], image[19]) = (1, 1) }
        if code == SQLITE_OK {
            // The connection frees the image when it closes, and also where this fails.
            let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY)
            code = sqlite3_deserialize(opened, "main", image, size, size, flags)
            // What the tables check with is looked at here, before the schema is no longer trusted.
            if code == SQLITE_OK { code = Self.read(opened) }
        }
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: sqlite3_errstr(code))
            sqlite3_close(opened)
            throw ResultsError.damaged(path: file.path, message: message)
        }
        self.init(opened)
    }

    /// Opens a file that `DatabaseFile` has found to be readable.
    private static func open(_ file: DatabaseFile) throws -> OpaquePointer {
        var opened: OpaquePointer?
        var code = sqlite3_open_v2(file.path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, nil)
        if code == SQLITE_OK { code = read(opened) }
        // As in `DatabaseFile.openReadOnly`: a folder that cannot be written has no place for the -shm file.
        if [SQLITE_CANTOPEN, SQLITE_READONLY].contains(code & 0xFF) {
            sqlite3_close(opened)
            opened = nil
            try file.checkNoPendingLog()
            code = sqlite3_open_v2(
                file.immutableURI, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE, nil)
            if code == SQLITE_OK { code = read(opened) }
        }
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: sqlite3_errstr(code))
            sqlite3_close(opened)
            throw ResultsError.damaged(path: file.path, message: message)
        }
        return opened
    }

    private init(_ opened: OpaquePointer) {
        handle = opened
        sqlite3_busy_timeout(handle, 30_000)
        // "A misspelt name" in double quotes is a column that does not exist, and no text.
        _disableDoubleQuotedStringLiterals(handle)
        sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, CInt(ReadOnlyQuery.longestValue))
        // Sorting must not spill into files; and belt and braces beside the read-only flag.
        sqlite3_exec(
            handle, "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; PRAGMA trusted_schema = OFF", nil, nil, nil)
        sqlite3_set_authorizer(
            handle,
            { _, action, first, second, _, _ in
                ReadOnlyConnection.isAllowed(action, first, second) ? SQLITE_OK : SQLITE_DENY
            }, nil)
    }

    deinit { close() }

    func close() {
        if isOpen { sqlite3_close_v2(handle) }
        isOpen = false
    }

    var message: String { String(cString: sqlite3_errmsg(handle)) }

    private static func read(_ handle: OpaquePointer?) -> CInt {
        sqlite3_exec(handle, "SELECT count(*) FROM sqlite_master", nil, nil, nil)
    }

    /// Reading, and nothing else. Of pragmas, those that describe the schema.
    private static func isAllowed(
        _ action: CInt, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE:
            return true
        case SQLITE_UPDATE:
            // Asked when a table-valued function such as json_each declares its columns. Nothing is written: a
            // statement that would is refused by SQLite, as the schema's table is not writable.
            return first.map { String(cString: $0) } == "sqlite_master"
        case SQLITE_FUNCTION:
            // Called (action, NULL, name): the functions that load code, from a file or from an address.
            return !["load_extension", "fts3_tokenizer"].contains(second.map { String(cString: $0).lowercased() })
        case SQLITE_PRAGMA:
            guard let name = first.map({ String(cString: $0).lowercased() }) else { return false }
            // A pragma with an argument may set something, unless it takes a table's name.
            return describingPragmas.contains(name) || (readablePragmas.contains(name) && second == nil)
        default:
            return false
        }
    }

    private static let describingPragmas: Set<String> = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    ]
    private static let readablePragmas: Set<String> = [
        "application_id", "user_version", "schema_version", "journal_mode", "page_size", "page_count", "freelist_count",
        "encoding", "compile_options", "function_list", "collation_list", "database_list", "integrity_check",
        "quick_check",
        "foreign_key_check", "data_version",
    ]
}
