import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// The results file, open.
///
/// Every call is one transaction, and calls from any number of threads queue up on one connection. So the store itself
/// is the single writer, and no actor stands in front of it: an actor would queue the same calls once more and would
/// let a caller suspend between two steps that belong to one transaction. A call blocks its thread for about a
/// millisecond a model, where a model costs seconds.
///
/// The file is in WAL mode with `synchronous = FULL`: one flush to disk a finished model, so that even a power cut
/// loses at most the models under way. Several processes may write one file; each waits for the others' transactions.
public final class ResultsStore: Sendable {
    /// Absolute path of the file.
    public let path: String
    public let isReadOnly: Bool

    /// Whether what is read is a copy in memory of a file of an older schema.
    public let isCopy: Bool
    /// Whether the rows of the file had checksums before it was opened; those of an older file are made then.
    public let hadChecksums: Bool

    /// Names that a measure cannot have, as the view `models` uses them for something else.
    public static let reservedColumns = Views.modelColumns

    /// Which process this is, and which others live.
    let processes: ProcessTable
    private let queue: DatabaseQueue
    /// The log and its index beside the file, as inodes, once this store has written.
    private let logs = Mutex<[UInt64]?>(nil)
    /// Measures that the view `models` is known to show. It only grows, in this and in other processes.
    let shownMeasures = Mutex<Set<String>>([])

    private init(
        path: String, queue: DatabaseQueue, isReadOnly: Bool, schema: Int, processes: ProcessTable = .system
    ) {
        self.path = path
        self.queue = queue
        self.isReadOnly = isReadOnly
        isCopy = isReadOnly && schema < Schema.version
        hadChecksums = schema >= Schema.firstWithChecksums
        self.processes = processes
    }

    deinit { try? close() }

    /// Opens a results file for reading and writing; makes it, or brings its schema up to date, where needed.
    ///
    /// - Parameter processes: how this process is called in runs, and how others are found alive or dead.
    /// - Throws: `ResultsError` when the file is no database, another program's, of a newer schema (it is not touched
    ///   then), or when it or its folder cannot be written.
    public static func open(at path: String, processes: ProcessTable = .system) throws -> ResultsStore {
        let file = try DatabaseFile(path)
        return try translating(file.path) {
            var schema = Schema.version
            if file.exists {
                try file.checkHeader()
                let reader = try file.openReadOnly()
                schema = try reader.read { db in
                    try file.checkSchema(db)
                    return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                }
                try reader.close()
            }
            try file.checkWritable()
            let queue = try connect(file)
            let store = ResultsStore(
                path: file.path, queue: queue, isReadOnly: false, schema: schema, processes: processes)
            try store.write { db in try Views.renew(db) }
            return store
        }
    }

    /// Opens a results file for reading only. Nothing in its folder needs to be writable.
    ///
    /// A file of an older schema is read from a copy in memory that is brought up to date, if it is no larger than
    /// `largestCopy`; the file stays as it is.
    ///
    /// - Throws: `ResultsError` when there is no such file, it is no database of Basin's, or of a newer schema.
    public static func openReadOnly(at path: String) throws -> ResultsStore {
        let file = try DatabaseFile(path)
        return try translating(file.path) {
            try file.checkHeader()
            var queue = try file.openReadOnly()
            let schema = try queue.read { db in
                try file.checkSchema(db)
                if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 {
                    throw ResultsError.empty(path: file.path)
                }
                let schema = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                return try Schema.migrator.hasCompletedMigrations(db) ? schema : min(schema, Schema.version - 1)
            }
            if schema < Schema.version { queue = try broughtUpToDate(queue, file, schema: schema) }
            return ResultsStore(path: file.path, queue: queue, isReadOnly: true, schema: schema)
        }
    }

    /// Closes the connection. Later calls throw; forgetting the store closes it too.
    ///
    /// Whoever closes last moves the log's content into the file, so that the file alone can be copied; SQLite does it
    /// for connections that write. Where another process still reads, as much goes into the file as it allows.
    public func close() throws {
        if !isReadOnly, !hasLostItsLog {
            // It moves what it can, waits for nobody, and reports what it could not move as a row.
            _ = try? queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
            }
        }
        try Self.translating(path) { try queue.close() }
        if isReadOnly { try? DatabaseFile(path).settleLog() }
    }

    /// Runs one transaction that writes, or that throws and leaves no trace.
    ///
    /// - Throws: `ResultsError.moved` when the file, or the log beside it, is no longer at its path: what was written
    ///   would be lost with it, or spoil the file that lies there now.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        if isReadOnly { throw ResultsError.readOnly(path: path) }
        return try Self.translating(path) {
            do {
                let result = try queue.write { db in
                    if Self.hasMoved(db) || hasLostItsLog { throw ResultsError.moved(path: path) }
                    return try body(db)
                }
                logs.withLock { if $0 == nil { $0 = logsNow } }
                return result
            } catch ResultsError.moved where !hasLostItsLog {
                // The log, which still lies at the old path, goes into the file that it belongs to; left there, it
                // would be taken for that of whatever lies at the path now.
                _ = try? queue.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                }
                throw ResultsError.moved(path: path)
            }
        }
    }

    /// Runs what SQLite does not do within a transaction.
    func withoutTransaction(_ body: (Database) throws -> Void) throws {
        if isReadOnly { throw ResultsError.readOnly(path: path) }
        try Self.translating(path) {
            try queue.writeWithoutTransaction { db in
                if Self.hasMoved(db) || hasLostItsLog { throw ResultsError.moved(path: path) }
                try body(db)
            }
        }
    }

    /// Whether the log that this store writes is no longer the one that others read: what is in it would be lost.
    private var hasLostItsLog: Bool { logs.withLock { $0 != nil && $0 != logsNow } }

    private var logsNow: [UInt64] {
        ["-wal", "-shm"].map { end in
            var information = stat()
            return stat(path + end, &information) == 0 ? UInt64(information.st_ino) : 0
        }
    }

    /// Whether the file that is open was renamed, removed or replaced since.
    private static func hasMoved(_ db: Database) -> Bool {
        var moved: CInt = 0
        let answer = sqlite3_file_control(db.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &moved)
        return answer == SQLITE_OK && moved != 0
    }

    /// Runs one transaction that sees one state of the file.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try Self.translating(path) { try queue.read(body) }
    }

    private static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw ResultsError.translate(error, path: path) }
    }

    /// Most bytes of a file of an older schema that is read without bringing it up to date.
    public static let largestCopy = 256 << 20

    /// A copy of an older file in memory, of the newest schema.
    private static func broughtUpToDate(
        _ old: DatabaseQueue, _ file: DatabaseFile, schema: Int
    ) throws -> DatabaseQueue {
        let size = try old.read { db in
            try Int.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        }
        guard size ?? 0 <= largestCopy else {
            throw ResultsError.older(path: file.path, schema: schema, known: Schema.version)
        }
        var configuration = GRDB.Configuration()
        configuration.prepareDatabase { db in IntegrityFunctions.register(in: db.sqliteConnection) }
        let copy = try DatabaseQueue(configuration: configuration)
        try old.backup(to: copy)
        try old.close()
        try Schema.migrator.migrate(copy)
        try copy.write { db in
            try finishMigration(db)
            try Views.renew(db)
        }
        return copy
    }

    /// What follows the migrations, unless another process has done it.
    private static func finishMigration(_ db: Database) throws {
        guard try Int.fetchOne(db, sql: "PRAGMA user_version") != Schema.version else { return }
        // A file that was sealed before is not taken as sound again, whatever its version says.
        if try Int.fetchOne(db, sql: "SELECT count(*) FROM seal") == 0 { try Schema.sealAll(db) }
        try db.execute(sql: "PRAGMA user_version = \(Schema.version)")
    }

    /// A connection to a file of the newest schema.
    ///
    /// Two processes that make the same file at once get into each other's way: the one that comes second finds the
    /// tables there, or the file locked while the journal mode changes. It tries again and finds all done.
    private static func connect(_ file: DatabaseFile) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(30)
        configuration.prepareDatabase { db in IntegrityFunctions.register(in: db.sqliteConnection) }
        for attempt in 1... {
            do {
                let queue = try DatabaseQueue(path: file.path, configuration: configuration)
                try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
                try Schema.migrator.migrate(queue)
                let version = try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }
                if version != Schema.version { try queue.write(Self.finishMigration) }
                return queue
            } catch let error as DatabaseError
                where attempt < 20
                && [.SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_ERROR, .SQLITE_CONSTRAINT].contains(error.resultCode)
            {
                usleep(50_000)
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }
}
