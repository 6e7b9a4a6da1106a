import Plots
import Typography

/// Rows under named columns, as a command prints them and a report shows them.
///
///     var table = Table(["measure", Table.Column("rho", format: .fixed(3)), "p"])
///     table.append(["pair_proxy", 0.374, 0.00012])
///     print(table.render(.markdown), terminator: "")
public struct Table: Sendable, Hashable {
    public let columns: [Column]
    public private(set) var rows: [[Cell]] = []
    /// Sentences on the whole table, which people read below it.
    public var footnotes: [String] = []
    /// SQL that has its numbers from the results file; nil where no one query has them.
    public var query: String?
    /// Names of the columns that a narrow window shows before others, the most telling first; in their order unless
    /// told.
    public var essential: [String] = []

    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// - Precondition: each row has one cell a column.
    public init(_ columns: [Column], rows: some Sequence<[Cell]>) {
        self.columns = columns
        for row in rows { append(row) }
    }

    /// - Precondition: `row` has one cell a column.
    public mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has \(row.count) cells, the table \(columns.count) columns")
        rows.append(row)
    }

    /// The columns of these names, in this order, of the rows that are wanted.
    func keeping(_ names: [String], where isWanted: (Int) -> Bool) -> Table {
        let kept = names.compactMap { name in columns.firstIndex { $0.name == name } }
        var part = Table(
            kept.map { columns[$0] }, rows: rows.indices.filter(isWanted).map { row in kept.map { rows[row][$0] } })
        part.footnotes = footnotes
        return part
    }

    /// The same with the SQL that has its numbers.
    func asked(_ query: String?) -> Table {
        var table = self
        table.query = query
        return table
    }

    /// The whole table as text that ends in a line break (in CSV: CR LF); the same table gives the same bytes always.
    public func render(_ format: TableFormat) -> String {
        switch format {
        case .table: terminalText()
        case .csv: commaSeparatedValues()
        case .json: jsonText()
        case .markdown: markdownText()
        }
    }
}

extension Table {
    public enum Alignment: Sendable, Hashable {
        case left, right
    }

    /// A column's name and how its cells are shown to people.
    public struct Column: Sendable, Hashable, ExpressibleByStringLiteral {
        public var name: String
        /// Nil lets the cells decide: right if there are numbers and no text, left otherwise.
        public var alignment: Alignment?
        public var format: NumberFormat
        /// What a word among its cells is judged to be, which a terminal paints.
        public var tones: [String: JudgementPalette.Tone]

        public init(
            _ name: String, alignment: Alignment? = nil, format: NumberFormat = .significant(4),
            tones: [String: JudgementPalette.Tone] = [:]
        ) {
            self.name = name
            self.alignment = alignment
            self.format = format
            self.tones = tones
        }

        public init(stringLiteral name: String) {
            self.init(name)
        }
    }

    /// The alignment of each column, decided by its cells where the column leaves it open.
    func alignments() -> [Alignment] {
        columns.indices.map { index in
            if let chosen = columns[index].alignment { return chosen }
            let present = rows.lazy.map { $0[index].presentable }
            let hasText = present.contains { cell in
                switch cell {
                case .text, .strong: true
                case .integer, .real, .missing: false
                }
            }
            return !hasText && present.contains(where: \.isNumber) ? .right : .left
        }
    }
}

/// The notations that commands offer as `--format`.
public enum TableFormat: String, CaseIterable, Sendable {
    /// Aligned columns for a terminal.
    case table
    /// RFC 4180, with a header line.
    case csv
    /// An array of objects, keys in the order of the columns.
    case json
    /// A table of GitHub Flavored Markdown.
    case markdown
}
