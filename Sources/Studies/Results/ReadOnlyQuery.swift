import Diagnostics
import Foundation
import GRDBSQLite

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
    /// - Parameter stop: ends the query early when another thread asks for it.
    /// - Throws: `ResultsError` for the file; `QueryError` for the statement; `QueryInterrupted` if it was stopped.
    /// - Complexity: the whole result is held in memory, 24 bytes a value and 32 a row besides long texts: a million
    ///   rows of ten columns take about 270 MB, and twice that while `basin sql` prints them. LIMIT, or another SQLite
    ///   client, for more.
    public init(_ sql: String, at path: String, stop: QueryStop = QueryStop()) throws {
        // What is wrong with the file is said in the words of every other command.
        let store = try ResultsStore.openReadOnly(at: path)
        defer { try? store.close() }
        let connection = try ReadOnlyConnection(DatabaseFile(path))
        defer { connection.close() }
        stop.watch(connection)
        defer { withExtendedLifetime(stop) { sqlite3_progress_handler(connection.handle, 0, nil, nil) } }
        let statement = try Self.prepare(sql, connection)
        defer { sqlite3_finalize(statement) }
        columns = (0..<sqlite3_column_count(statement)).map { String(cString: sqlite3_column_name(statement, $0)) }
        rows = try Self.rows(of: statement, connection)
    }

    private static func rows(of statement: OpaquePointer, _ connection: ReadOnlyConnection) throws -> [[SQLValue]] {
        var rows: [[SQLValue]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: rows.append((0..<sqlite3_column_count(statement)).map { value(statement, $0) })
            case SQLITE_DONE: return rows
            case SQLITE_INTERRUPT: throw QueryInterrupted()
            case let code: throw error(code, connection)
            }
        }
    }

    /// Compiles the one statement of `sql`; a second one is an error, as its result would be lost.
    private static func prepare(_ sql: String, _ connection: ReadOnlyConnection) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let rest = try sql.withCString { start in
            var tail: UnsafePointer<CChar>?
            let code = sqlite3_prepare_v2(connection.handle, start, -1, &statement, &tail)
            guard code == SQLITE_OK else { throw error(code, connection) }
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

    private static func error(_ code: CInt, _ connection: ReadOnlyConnection) -> QueryError {
        let message = connection.message
        if code & 0xFF == SQLITE_AUTH { return .notReading }
        if code & 0xFF == SQLITE_READONLY { return .notReading }
        guard let match = message.wholeMatch(of: /no such (column|table): (.*)/) else {
            return .sqlite(message: message, suggestion: nil)
        }
        // "m.pair_prxy" and "main.modles" are about their last part.
        let name = match.2.split(separator: ".").last.map(String.init) ?? String(match.2)
        if match.1 == "table", Views.names.contains(name) {
            return .sqlite(
                message: message,
                suggestion:
                    "An older Basin wrote the file; any command that writes adds the view: 'basin run STUDY --db FILE'."
            )
        }
        if match.1 == "table" {
            return .sqlite(message: message, suggestion: suggestion(for: name, among: tables(connection)))
        }
        let near = nearestName(to: name, among: columns(connection).filter { $0 != name }).map {
            "Did you mean '\($0)'?"
        }
        return .sqlite(
            message: message,
            suggestion: near ?? "The columns of a table or view: PRAGMA table_info(models).")
    }

    /// Tables and views, those for people first.
    private static func tables(_ connection: ReadOnlyConnection) -> [String] {
        texts(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' "
                + "AND name NOT LIKE 'grdb_%' ORDER BY type DESC, name", connection)
    }

    private static func columns(_ connection: ReadOnlyConnection) -> [String] {
        texts(
            "SELECT DISTINCT c.name FROM sqlite_master s, pragma_table_info(s.name) c WHERE s.type IN "
                + "('table', 'view') AND s.name NOT LIKE 'grdb_%' ORDER BY s.type DESC, s.name", connection)
    }

    private static func texts(_ sql: String, _ connection: ReadOnlyConnection) -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection.handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            return []
        }
        defer { sqlite3_finalize(statement) }
        var texts: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if case .text(let text) = value(statement, 0) { texts.append(text) }
        }
        return texts
    }
}

/// What is wrong with a query.
public enum QueryError: RequestError, Equatable {
    case empty
    case severalStatements(second: String)
    /// The statement would change, make or attach something.
    case notReading
    case sqlite(message: String, suggestion: String?)

    public var description: String {
        switch self {
        case .empty:
            "The query is empty."
        case .severalStatements(let second):
            "Only one statement at a time; a second one begins at '\(second.prefix(60))'."
        case .notReading:
            "The results file is read-only here: use SELECT, EXPLAIN, or a PRAGMA that only describes."
        case .sqlite(let message, let suggestion):
            ["SQLite: \(message).", suggestion].compactMap(\.self).joined(separator: " ")
        }
    }
}
