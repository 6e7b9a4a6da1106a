import Digests
import ArgumentParser
import Diagnostics
import Foundation
import Reports
import Results

struct SQLCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Run one SQL query on a results file, which it cannot change.",
        discussion: """
            Views: studies, models (one row a network, its measures as columns), regime_summary, replication, verdict,
            claims, failed.
            Functions: spearman, kendall, pearson, partial_spearman, median, quantile, welch_p.
            Instead of a query: .tables, .schema [NAME], .functions, .help.

            Ctrl-C stops a query. docs/sql.md has a page of queries.

            Example:
              basin sql "SELECT regime, spearman(pair_proxy, test_accuracy) FROM models GROUP BY study, regime"
              basin sql --file query.sql --format json
            """)

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    @Option(help: ArgumentHelp("Reads the query from a file.", valueName: "file"))
    var file: String?

    @Argument(help: "The query, in quotes; - or a pipe for standard input.")
    var query: [String] = []

    func validate() throws {
        if file != nil, !query.isEmpty { throw ValidationError("Give the query or --file, not both.") }
        if query.isEmpty, file == nil, isatty(STDIN_FILENO) == 1 {
            throw ValidationError("Give a query in quotes, --file FILE, or one on standard input; .help says more.")
        }
        if query.count > 1, query.first?.hasPrefix(".") != true {
            throw ValidationError("Put the query in quotes: the shell took it for \(query.count) words.")
        }
    }

    func run() throws {
        let text = try text()
        if let question = try SchemaQuestion(text) {
            return try output.print(question.answer(at: database.path))
        }
        try output.print(answer(to: text))
    }

    /// The result as a table; the values as they came are gone when it is printed.
    private func answer(to query: String) throws -> Table {
        let stop = QueryStop()
        let listening = onInterruption { stop.request() }
        defer { listening.cancel() }
        return Table(try ReadOnlyQuery(query, at: database.path, stop: stop))
    }

    private func text() throws -> String {
        if let file {
            _ = try WorkingDirectory.absolutePath(file)
            guard let data = FileManager.default.contents(atPath: file) else { throw QueryFileUnreadable(path: file) }
            return String(decoding: data, as: UTF8.self)
        }
        if query.isEmpty || query == ["-"] {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        return query.joined(separator: " ")
    }
}

/// `--file` names nothing that can be read.
struct QueryFileUnreadable: RequestError {
    let path: String

    var description: String { "The query file '\(path)' cannot be read." }
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
        self.init(columns, rows: query.rows.lazy.map { $0.map(Cell.init) })
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
            self = .text(hexadecimal(bytes))
        }
    }
}
