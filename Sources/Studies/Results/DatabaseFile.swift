import Diagnostics
import Foundation
import GRDB

/// A results file on disk: what is there, and how it may be opened.
struct DatabaseFile: Sendable {
    /// Absolute, so that no name is taken for one of SQLite's special ones (":memory:", "file:…").
    let path: String

    /// - Throws: `NoWorkingDirectory` for a relative path where there is none.
    init(_ path: String) throws(NoWorkingDirectory) {
        self.path = URL(fileURLWithPath: try WorkingDirectory.absolutePath(path)).path
    }

    private var folder: String { (path as NSString).deletingLastPathComponent }

    var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// The first bytes are read by hand: SQLite opens any file and complains only later.
    func checkHeader() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ResultsError.missing(path: path)
        }
        if isFolder.boolValue { throw ResultsError.isFolder(path: path) }
        var information = stat()
        // A pipe or a device would be waited for.
        guard stat(path, &information) != 0 || information.st_mode & S_IFMT == S_IFREG else {
            throw ResultsError.notRegular(path: path)
        }
        guard let file = FileHandle(forReadingAtPath: path) else { throw ResultsError.unreadable(path: path) }
        defer { try? file.close() }
        // As of a file in /proc that opens and does not read.
        guard let header = try? file.read(upToCount: 16) ?? Data() else { throw ResultsError.unreadable(path: path) }
        // An empty file is an empty database: what a run killed at its very first write leaves behind.
        guard header.isEmpty || header == Data("SQLite format 3\0".utf8) else {
            throw ResultsError.notSQLite(path: path)
        }
    }

    /// Throws unless the file, or one in its folder, can be written, journal files included.
    func checkWritable() throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw ResultsError.folderMissing(path: path)
        }
        guard access(folder, W_OK | X_OK) == 0, !exists || access(path, W_OK) == 0 else {
            throw ResultsError.readOnly(path: path)
        }
    }

    /// Throws unless the database is Basin's (or empty) and no newer than this program.
    func checkSchema(_ db: Database) throws {
        // The migrator's own table comes first, in a transaction of its own: a file that has nothing else is being made
        // by another process at this moment.
        let tables =
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
        if tables == 0 { return }
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
            throw ResultsError.foreign(path: path)
        }
        if try Schema.migrator.hasBeenSuperseded(db) {
            let schema = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            throw ResultsError.newer(path: path, schema: max(schema, Schema.version + 1), known: Schema.version)
        }
    }

    /// A read-only connection that can be queried, also in a folder that cannot be written.
    ///
    /// A file in WAL mode needs its `-shm` file even to be read. Where SQLite cannot make one, the file is opened as
    /// immutable, which is safe as nobody writes there; but if a log is left beside it, its rows would be missed.
    func openReadOnly() throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            IntegrityFunctions.register(in: db.sqliteConnection)
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") }
            return queue
        } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
            guard access(path, R_OK) == 0 else { throw ResultsError.unreadable(path: path) }
            try checkNoPendingLog()
            return try DatabaseQueue(path: immutableURI, configuration: configuration)
        }
    }

    /// Throws when a write-ahead log with content lies beside the file.
    func checkNoPendingLog() throws {
        let size = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
        if let size, size > 0 { throw ResultsError.pendingLog(path: path) }
    }

    /// Moves what the log holds into the file and removes it, unless somebody else has the file open: reading makes a
    /// log and may not remove it, and a run that ends while others read leaves its own.
    ///
    /// SQLite itself does it, when a connection that may write closes as the last one.
    func settleLog() {
        guard FileManager.default.fileExists(atPath: path + "-wal"), (try? checkWritable()) != nil,
            let queue = try? DatabaseQueue(path: path)
        else { return }
        _ = try? queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") }
        try? queue.close()
    }

    /// The file as an SQLite URI that promises that nobody writes.
    var immutableURI: String { URL(fileURLWithPath: path).absoluteString + "?immutable=1" }
}
