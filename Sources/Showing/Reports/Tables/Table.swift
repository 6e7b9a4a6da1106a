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

        public init(_ name: String, alignment: Alignment? = nil, format: NumberFormat = .significant(4)) {
            self.name = name
            self.alignment = alignment
            self.format = format
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
