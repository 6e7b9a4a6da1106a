import Diagnostics
import Measures
import Reports
import Results
import SQLFunctions

/// A word that `basin sql` takes instead of a query, about what there is to ask.
enum SchemaQuestion: Equatable {
    case tables
    /// The columns of one table or view, or of all.
    case schema(String?)
    case functions
    case help

    /// Nil for a text that does not begin with a dot, and so is a query.
    ///
    /// - Throws: `UnknownSchemaQuestion`.
    init?(_ text: String) throws {
        // As with a query, a semicolon may end it.
        let words = text.split { $0.isWhitespace || $0 == ";" }.map(String.init)
        guard let word = words.first, word.hasPrefix(".") else { return nil }
        switch (word, words.count) {
        case (".tables", 1): self = .tables
        case (".schema", 1): self = .schema(nil)
        case (".schema", 2): self = .schema(words[1])
        case (".functions", 1): self = .functions
        case (".help", 1): self = .help
        default: throw UnknownSchemaQuestion(text: words.joined(separator: " "))
        }
    }

    /// - Throws: `ResultsError` for the file, where it takes one; `UnknownTable`.
    func answer(at path: String) throws -> Table {
        switch self {
        case .tables:
            Table(
                ["name", "kind", "holds"],
                rows: try TableDescription.all(at: path).map {
                    [.text($0.name), $0.isView ? "view" : "table", Cell($0.summary)]
                })
        case .schema(let name):
            try Self.columns(of: name, at: path)
        case .functions:
            Table(
                ["function", "value"],
                rows: SQLFunction.all.map {
                    [.text("\($0.name)(\($0.arguments))"), .text($0.summary)]
                })
        case .help:
            Table(
                ["word", "answer"],
                rows: [
                    [".tables", "tables and views, with a line on each"],
                    [".schema [NAME]", "columns of one of them, or of all, with what they mean"],
                    [".functions", "statistics that a query may call, besides SQLite's own functions"],
                    [".help", "these words; anything else is one SQL statement that reads"],
                ])
        }
    }

    private static func columns(of name: String?, at path: String) throws -> Table {
        let all = try TableDescription.all(at: path)
        guard let name else {
            return Table(
                ["table", "column", "type", "meaning"],
                rows: all.flatMap { table in
                    rows(table).map { [.text(table.name)] + $0 }
                })
        }
        guard let table = all.first(where: { $0.name == name.lowercased() }) else {
            throw UnknownTable(name: name, known: all.map(\.name))
        }
        return Table(["column", "type", "meaning"], rows: rows(table))
    }

    private static func rows(_ table: TableDescription) -> [[Cell]] {
        table.columns.map { column in
            // What a file's `models` has beside its fixed columns are measures.
            let measure = table.name == "models" ? try? MeasureDescription.measure(column.name).title : nil
            return [.text(column.name), Cell(column.type.isEmpty ? nil : column.type), Cell(column.meaning ?? measure)]
        }
    }
}

/// A word with a dot that `basin sql` does not know.
struct UnknownSchemaQuestion: RequestError {
    let text: String

    var description: String {
        "'\(text)' is no query: .tables, .schema [NAME], .functions and .help are the words that begin with a dot."
    }
}

/// A name that no table or view of the file has.
struct UnknownTable: RequestError {
    let name: String
    let known: [String]

    var description: String { "There is no table or view '\(name)'. \(suggestion(for: name, among: known))" }
}
