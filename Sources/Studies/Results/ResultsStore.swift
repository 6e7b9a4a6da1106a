import Foundation
import GRDB
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

    /// Names that a measure cannot have, as the view `models` uses them for something else.
    public static let reservedColumns = Views.modelColumns

    /// Which process this is, and which others live.
    let processes: ProcessTable
    private let queue: DatabaseQueue
    /// Whether the log beside the file is there because this store reads.
    private let removesLog: Bool
    /// Measures that the view `models` is known to show. It only grows, in this and in other processes.
    let shownMeasures = Mutex<Set<String>>([])

    private init(
        path: String, queue: DatabaseQueue, isReadOnly: Bool, removesLog: Bool = false,
        processes: ProcessTable = .system
    ) {
        self.path = path
        self.queue = queue
        self.isReadOnly = isReadOnly
        self.removesLog = removesLog
        self.processes = processes
    }

    deinit { try? close() }

    /// Opens a results file for reading and writing; makes it, or brings its schema up to date, where needed.
    ///
    /// - Parameter processes: how this process is called in runs, and how others are found alive or dead.
    /// - Throws: `ResultsError` when the file is no database, another program's, of a newer schema (it is not touched
    ///   then), or when it or its folder cannot be written.
    public static func open(at path: String, processes: ProcessTable = .system) throws -> ResultsStore {
        let file = DatabaseFile(path)
        return try translating(file.path) {
            if file.exists {
                try file.checkHeader()
                let reader = try file.openReadOnly()
                try reader.read(file.checkSchema)
                try reader.close()
            }
            try file.checkWritable()
            let queue = try connect(file)
            let store = ResultsStore(path: file.path, queue: queue, isReadOnly: false, processes: processes)
            try store.write { db in try Views.renew(db) }
            return store
        }
    }

    /// Opens a results file for reading only. Nothing in its folder needs to be writable.
    ///
    /// - Throws: `ResultsError` when there is no such file, it is no database of Basin's, or of another schema.
    public static func openReadOnly(at path: String) throws -> ResultsStore {
        let file = DatabaseFile(path)
        return try translating(file.path) {
            try file.checkHeader()
            let hadLog = file.hasLog
            let queue = try file.openReadOnly()
            try queue.read { db in
                try file.checkSchema(db)
                guard try Schema.migrator.hasCompletedMigrations(db) else {
                    let schema = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                    throw ResultsError.older(path: file.path, schema: schema, known: Schema.version)
                }
            }
            return ResultsStore(path: file.path, queue: queue, isReadOnly: true, removesLog: !hadLog)
        }
    }

    /// Closes the connection. Later calls throw; forgetting the store closes it too.
    public func close() throws {
        try Self.translating(path) { try queue.close() }
        if removesLog { DatabaseFile(path).removeEmptyLog() }
    }

    /// Runs one transaction that writes, or that throws and leaves no trace.
    func write<T>(_ body: (Database) throws -> T) throws -> T {
        if isReadOnly { throw ResultsError.readOnly(path: path) }
        return try Self.translating(path) { try queue.write(body) }
    }

    /// Runs one transaction that sees one state of the file.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try Self.translating(path) { try queue.read(body) }
    }

    private static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
        do { return try body() } catch { throw ResultsError.translate(error, path: path) }
    }

    /// A connection to a file of the newest schema.
    ///
    /// Two processes that make the same file at once get into each other's way: the one that comes second finds the
    /// tables there, or the file locked while the journal mode changes. It tries again and finds all done.
    private static func connect(_ file: DatabaseFile) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(30)
        for attempt in 1... {
            do {
                let queue = try DatabaseQueue(path: file.path, configuration: configuration)
                try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
                try Schema.migrator.migrate(queue)
                let version = try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }
                if version != Schema.version {
                    try queue.write { db in try db.execute(sql: "PRAGMA user_version = \(Schema.version)") }
                }
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
