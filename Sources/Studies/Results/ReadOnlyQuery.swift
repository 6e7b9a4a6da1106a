import Diagnostics
import Foundation
import GRDBSQLite
import Synchronization

/// A value of a query's result.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// The result of one SQL statement on a results file that it could not change.
///
/// The connection is read-only, and an authorizer refuses whatever is not reading: attached files, temporary tables,
/// pragmas that set something, loading of extensions. Functions that were offered (`ConnectionFunctions`) may be
/// called.
public struct ReadOnlyQuery: Sendable, Equatable {
    /// As SQLite names them; not necessarily distinct.
    public let columns: [String]
    public let rows: [[SQLValue]]

    /// Runs a statement.
    ///
    /// All rows of the file are held against their checksums first: a query answers from sound rows or not at all.
    ///
    /// - Parameter stop: ends the query early when another thread asks for it.
    /// - Throws: `ResultsError` for the file; `QueryError` for the statement; `QueryInterrupted` if it was stopped.
    /// - Complexity: the whole result is held in memory, 24 bytes a value and 32 a row besides long texts, up to
    ///   `mostMemory`: a million rows of ten columns take about 270 MB. Before that, one scan of the file's rows, about
    ///   half a microsecond each.
    public init(_ sql: String, at path: String, stop: QueryStop = QueryStop()) throws {
        // What is wrong with the file is said in the words of every other command.
        let store = try ResultsStore.openReadOnly(at: path)
        defer { try? store.close() }
        try store.verifyAllRows()
        let connection = try ReadOnlyConnection(store)
        defer { connection.close() }
        (columns, rows) = try Self.boundingMemory { try Self.answer(sql, connection, stop) }
    }

    /// One query at a time has SQLite's limit, which is the process's.
    private static let limit = Mutex(())

    /// Bounds what SQLite itself may take, as for a sort or a common table expression without end.
    private static func boundingMemory<T>(_ body: () throws -> T) rethrows -> T {
        try limit.withLock { _ in
            sqlite3_hard_heap_limit64(sqlite3_memory_used() + Int64(mostMemory))
            defer { sqlite3_hard_heap_limit64(0) }
            return try body()
        }
    }

    private static func answer(
        _ sql: String, _ connection: ReadOnlyConnection, _ stop: QueryStop
    ) throws -> (columns: [String], rows: [[SQLValue]]) {
        stop.watch(connection)
        defer { withExtendedLifetime(stop) { sqlite3_progress_handler(connection.handle, 0, nil, nil) } }
        let statement = try prepare(sql, connection)
        defer { sqlite3_finalize(statement) }
        let columns = (0..<sqlite3_column_count(statement)).map {
            String(cString: sqlite3_column_name(statement, $0))
        }
        return (columns, try rows(of: statement, sql, connection))
    }

    /// Most bytes that a result may take, and most that SQLite may take to find it.
    public static let mostMemory = 320 << 20
    /// Most bytes of one text or blob.
    static let longestValue = 64 << 20

    private static func rows(
        of statement: OpaquePointer, _ sql: String, _ connection: ReadOnlyConnection
    ) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        var size = 0
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let columns = 0..<sqlite3_column_count(statement)
                size += columns.reduce(32) { $0 + Self.size(statement, $1) }
                if size > mostMemory { throw QueryError.tooLarge }
                rows.append(columns.map { value(statement, $0) })
            case SQLITE_DONE: return rows
            case SQLITE_INTERRUPT: throw QueryInterrupted()
            case let code: throw error(code, sql, connection)
            }
        }
    }

    /// What a value takes in memory; a text and a blob more than once while they are printed.
    private static func size(_ statement: OpaquePointer, _ column: CInt) -> Int {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_TEXT, SQLITE_BLOB: 24 + 4 * Int(sqlite3_column_bytes(statement, column))
        default: 24
        }
    }

    /// Compiles the one statement of `sql`; a second one is an error, as its result would be lost.
    private static func prepare(_ sql: String, _ connection: ReadOnlyConnection) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let rest = try sql.withCString { start in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection.handle, start, -1, &statement, &tail)
            guard code == SQLITE_OK else { throw error(code, sql, connection) }
            return tail.map { String(cString: $0) } ?? ""
        }
        guard let statement else { throw QueryError.empty }
        // Whatever follows compiles to no statement if it is blank or a remark.
        var second: OpaquePointer?
        let code = sqlite3_prepare_v2(connection.handle, rest, -1, &second, nil)
        sqlite3_finalize(second)
        if code != SQLITE_OK || second != nil {
            sqlite3_finalize(statement)
            throw QueryError.severalStatements(second: rest.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return statement
    }

    private static func value(_ statement: OpaquePointer, _ column: CInt) -> SQLValue {
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: .text(String(decoding: bytes(statement, column), as: UTF8.self))
        case SQLITE_BLOB: .blob([UInt8](bytes(statement, column)))
        default: .null
        }
    }

    /// The bytes of a text or a blob, valid until the next step.
    private static func bytes(_ statement: OpaquePointer, _ column: CInt) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
    }

    // MARK: Errors

    private static func error(_ code: CInt, _ sql: String, _ connection: ReadOnlyConnection) -> QueryError {
        switch code & 0xFF {
        case SQLITE_AUTH, SQLITE_READONLY: return .notReading
        case SQLITE_NOMEM: return .tooLarge
        default: return QuerySuggestion(connection.message, sql: sql, connection).error
        }
    }
}

/// What is wrong with a query.
public enum QueryError: RequestError, Equatable {
    case empty
    case severalStatements(second: String)
    /// The statement would change, make or attach something.
    case notReading
    /// The result, or what SQLite needs for it, takes more memory than a query may.
    case tooLarge
    case sqlite(message: String, suggestion: String?)

    public var description: String {
        switch self {
        case .empty:
            "The query is empty."
        case .severalStatements(let second):
            "Only one statement at a time; a second one begins at '\(second.prefix(60))'."
        case .notReading:
            "The results file is read-only here: use SELECT, EXPLAIN, or a PRAGMA that only describes."
        case .tooLarge:
            """
            The query needs more than \(ReadOnlyQuery.mostMemory >> 20) MiB. Ask for fewer rows or shorter values \
            (LIMIT, or aggregates such as count and median), or use another SQLite client.
            """
        case .sqlite(let message, let suggestion):
            ["SQLite: \(message).", suggestion].compactMap(\.self).joined(separator: " ")
        }
    }
}
