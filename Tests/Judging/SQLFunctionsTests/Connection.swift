import GRDBSQLite
import SQLFunctions

/// A database in memory whose connection has the functions, spoken to in C.
final class Connection {
    private var handle: OpaquePointer?

    /// What SQLite says of a statement that fails.
    struct Failure: Error, Equatable {
        let message: String
    }

    /// - Parameter rows: of the table t; a column is c1, c2, …
    init(rows: [[Double?]] = [], columns: Int = 0) throws {
        let entry:
            @convention(c) (
                OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, UnsafeRawPointer?
            ) -> CInt = { registerSQLFunctions($0, $1, $2) }
        sqlite3_auto_extension(unsafeBitCast(entry, to: (@convention(c) () -> Void).self))
        guard sqlite3_open(":memory:", &handle) == SQLITE_OK else { throw Failure(message: "cannot open") }
        let count = rows.first?.count ?? columns
        guard count > 0 else { return }
        _ = try values("CREATE TABLE t (\((1...count).map { "c\($0)" }.joined(separator: ", ")))")
        for start in stride(from: 0, to: rows.count, by: 200) {
            let lines = rows[start..<min(start + 200, rows.count)].map { row in
                "(" + row.map { $0.map(\.description) ?? "NULL" }.joined(separator: ", ") + ")"
            }
            _ = try values("INSERT INTO t VALUES \(lines.joined(separator: ", "))")
        }
    }

    deinit { sqlite3_close_v2(handle) }

    /// All rows of a statement as numbers; NULL is nil.
    func values(_ sql: String) throws -> [[Double?]] {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
        var rows: [[Double?]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { column in
                        sqlite3_column_type(statement, column) == SQLITE_NULL
                            ? nil : sqlite3_column_double(statement, column)
                    })
            case SQLITE_DONE: return rows
            default: throw failure
            }
        }
    }

    /// The one value of a statement.
    func value(_ sql: String) throws -> Double? {
        try values(sql)[0][0]
    }

    private var failure: Failure { Failure(message: String(cString: sqlite3_errmsg(handle))) }
}

/// Columns of numbers that look random, with ties; the same always.
func scattered(rows: Int, columns: Int, values: UInt64 = 40) -> [[Double?]] {
    var state: UInt64 = 88_172_645_463_325_252
    return (0..<rows).map { _ in
        (0..<columns).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Double(state % values) / 4
        }
    }
}

/// The same with about every seventh value missing.
func scatteredWithHoles(rows: Int, columns: Int) -> [[Double?]] {
    let holes = scattered(rows: rows + 1, columns: columns, values: 7).dropFirst()
    return zip(scattered(rows: rows, columns: columns), holes).map { row, holes in
        zip(row, holes).map { value, hole in hole == 0 ? nil : value }
    }
}
