import GRDBSQLite
import Synchronization

/// Stops a query from another thread, as on Ctrl-C.
///
/// `sqlite3_interrupt` would be lost between two steps; SQLite asks this flag while it works.
public final class QueryStop: Sendable {
    private let isRequested = Atomic(false)

    public init() {}

    /// The query throws `QueryInterrupted` soon: within about 1,000 steps of SQLite's machine, or when the aggregate
    /// that is being computed is done.
    public func request() {
        isRequested.store(true, ordering: .relaxed)
    }

    /// - Precondition: the connection closes before this object goes.
    func watch(_ connection: ReadOnlyConnection) {
        sqlite3_progress_handler(
            connection.handle, 1000,
            { stop in
                guard let stop else { return 0 }
                return Unmanaged<QueryStop>.fromOpaque(stop).takeUnretainedValue().isRequested.load(ordering: .relaxed)
                    ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
    }
}

/// A query was stopped before its end. It could not have changed anything.
public struct QueryInterrupted: Error, CustomStringConvertible {
    public var description: String { "The query was stopped; nothing was changed." }
}
