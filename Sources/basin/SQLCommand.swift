import ArgumentParser
import Foundation
import Reports
import Results

struct SQLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Run one SQL query on a results file, which it cannot change.",
        discussion: """
            Tables: study, run, model, weights, measurement, correlation, published.
            Views: studies, models (one row a model, its measures as columns), replication, failed.

            Example:
              basin sql "SELECT seed, pair_proxy, test_accuracy FROM models LIMIT 5"
            """)

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    @Argument(help: "The query; - reads it from standard input.")
    var query: String

    func run() throws {
        var sql = query
        if sql == "-" {
            sql = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        try output.print(Table(try ReadOnlyQuery(sql, at: database.path)))
    }
}

extension Table {
    /// A query's result, numbers as they are; bytes are shown by their count when they are many.
    init(_ query: ReadOnlyQuery) {
        let columns = query.columns.indices.map { index in
            let areWhole = query.rows.allSatisfy { row in
                guard case .real(let number) = row[index] else { return true }
                return number.rounded() == number && abs(number) < 1e15
            }
            return Column(query.columns[index], format: areWhole ? .fixed(0) : .significant(6))
        }
        self.init(columns, rows: query.rows.map { $0.map(Cell.init) })
    }
}

extension Cell {
    init(_ value: SQLValue) {
        switch value {
        case .null: self = .missing
        case .integer(let number): self = .integer(Int(number))
        case .real(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .blob(let bytes) where bytes.count > 32: self = .text("(\(bytes.count) bytes)")
        case .blob(let bytes):
            self = .text(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
    }
}
