/// A table of comma-separated values with a line of names above it (RFC 4180): values may stand in quotation marks,
/// with commas, line breaks and doubled quotation marks inside. Spaces around values that stand without, and empty
/// lines, are nothing.
public struct CSVTable: Sendable, Equatable {
    public struct Row: Sendable, Equatable {
        /// Where it begins, from 1.
        public let line: Int
        /// One a column.
        public let values: [String]
    }

    public let columns: [String]
    public let rows: [Row]

    /// - Parameter path: what messages call the file.
    /// - Throws: `DocumentError` for a text without names, names that are empty or stand twice, rows of another length
    ///   (of which the first hundred are told), and a quotation mark that stands wrong.
    public init(_ text: String, path: String) throws(DocumentError) {
        func error(_ line: Int, _ message: String) -> DocumentError {
            DocumentError(path: path, problems: [.init(line: line, message: message)])
        }
        var reader = CSVReader(text)
        guard let head = try reader.row(error) else { throw error(1, "the file is empty") }
        columns = head.values
        var known: Set<String> = []
        for name in columns where name.isEmpty || !known.insert(name).inserted {
            throw error(head.line, name.isEmpty ? "a column has no name" : "a column '\(name)' is there twice")
        }
        var (rows, problems) = ([Row](), [DocumentError.Problem]())
        while let row = try reader.row(error) {
            rows.append(row)
            guard row.values.count != columns.count else { continue }
            problems.append(
                .init(
                    line: row.line,
                    message: "has \(row.values.count) values, and there are \(columns.count) columns"))
            if problems.count > Problems.most { break }
        }
        guard problems.isEmpty else {
            throw DocumentError(
                path: path, problems: Array(problems.prefix(Problems.most)), isCut: problems.count > Problems.most)
        }
        self.rows = rows
    }
}

private struct CSVReader {
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    private static let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    private static let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The next row that is no empty line; nil at the end.
    mutating func row(_ error: (Int, String) -> DocumentError) throws(DocumentError) -> CSVTable.Row? {
        while place < bytes.count {
            let start = line
            var values: [String] = []
            var isOver = false
            while !isOver {
                values.append(try value(error))
                isOver = place == bytes.count || bytes[place] != Self.comma
                if !isOver { place += 1 }
            }
            endLine()
            if values != [""] { return CSVTable.Row(line: start, values: values) }
        }
        return nil
    }

    private mutating func endLine() {
        if place < bytes.count, bytes[place] == Self.carriage { place += 1 }
        if place < bytes.count, bytes[place] == Self.feed {
            place += 1
            line += 1
        }
    }

    private var isAtEnd: Bool {
        if place == bytes.count || bytes[place] == Self.comma || bytes[place] == Self.feed { return true }
        return bytes[place] == Self.carriage && (place + 1 == bytes.count || bytes[place + 1] == Self.feed)
    }

    /// Up to a comma or the end of the line.
    private mutating func value(_ error: (Int, String) -> DocumentError) throws(DocumentError) -> String {
        skipSpaces()
        guard place < bytes.count, bytes[place] == Self.quote else {
            let start = place
            while !isAtEnd { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self).trimmedAtEnd
        }
        let opened = line
        place += 1
        var value: [UInt8] = []
        while true {
            guard place < bytes.count else { throw error(opened, "a quotation mark is not closed") }
            if bytes[place] == Self.quote {
                place += 1
                guard place < bytes.count, bytes[place] == Self.quote else { break }
            }
            if bytes[place] == Self.feed { line += 1 }
            value.append(bytes[place])
            place += 1
        }
        skipSpaces()
        guard isAtEnd else {
            throw error(line, "something stands behind a quotation mark; inside quotes it is doubled")
        }
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func skipSpaces() {
        while place < bytes.count, bytes[place] == UInt8(ascii: " ") || bytes[place] == UInt8(ascii: "\t") {
            place += 1
        }
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self[...]
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }
}
