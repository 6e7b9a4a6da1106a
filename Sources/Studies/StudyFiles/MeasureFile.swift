import Definitions
import Diagnostics
import Digests
import Documents
import Measures

/// Measures of a study's models that another program computed: a table of comma-separated values, a row a model.
///
///     position,my_measure,my_measure_standard_error
///     0,0.25,0.01
///     1,,
///
/// One column says which model a row is of: `position`, `label` or `digest` (of the model or of its weights). Each
/// other one is a measure; an empty cell is no value. `NAME_standard_error` has the standard errors of NAME.
public struct MeasureFile: Sendable {
    /// By which a row names its model.
    public enum Key: String, Sendable, CaseIterable {
        case position, label, digest
    }

    public struct Column: Sendable {
        public let name: String
        /// One a row.
        public let values: [Double?]
        /// Nil where the file has none of this measure.
        public let errors: [Double?]?
    }

    /// Without its folder.
    public let name: String
    /// SHA-256 of the bytes, in hexadecimal.
    public let digest: String
    public let key: Key
    /// What each row calls its model, and the line where it stands.
    public let rows: [(line: Int, model: String)]
    public let columns: [Column]
    private let path: String

    /// Larger files are refused: a million models with twenty measures take less.
    public static let mostBytes = 1 << 30
    private static let errorEnding = "_standard_error"

    /// - Throws: `UnreadableDocument` as a `RequestError` with the path; `DocumentError` with every wrong cell's line,
    ///   up to a hundred.
    public init(path: String) throws {
        let text: String
        do {
            text = try DocumentFile.text(at: path, mostBytes: Self.mostBytes)
        } catch {
            throw UnreadableMeasures(path: path, reason: "\(error.reason)")
        }
        try self.init(text, path: path)
    }

    init(_ text: String, path: String) throws {
        let table = try CSVTable(text, path: path)
        self.path = path
        name = path.split(separator: "/").last.map(String.init) ?? path
        digest = SHA256.hexadecimal(of: [UInt8](text.utf8))
        func error(_ line: Int, _ message: String) -> DocumentError {
            DocumentError(path: path, problems: [.init(line: line, message: message)])
        }
        let keys = Key.allCases.filter { table.columns.contains($0.rawValue) }
        guard let key = keys.first, keys.count == 1, let place = table.columns.firstIndex(of: key.rawValue) else {
            let words = Key.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            let found = keys.isEmpty ? "is none" : "are several"
            throw error(1, "one column of \(words) says which model a row is of; there \(found)")
        }
        self.key = key
        rows = table.rows.map { ($0.line, $0.values[place]) }
        var problems: [DocumentError.Problem] = []
        func numbers(_ index: Int, _ isRight: (Double) -> Bool, _ what: String) -> [Double?] {
            table.rows.map { row in
                let text = row.values[index]
                if text.isEmpty { return nil }
                if let number = Double(text), isRight(number) { return number }
                let said =
                    "'\(text.shortened)' in column '\(table.columns[index])' is \(what); "
                    + "leave a cell empty where there is none"
                problems.append(.init(line: row.line, message: said))
                return nil
            }
        }
        var columns: [Column] = []
        for (index, name) in table.columns.enumerated() where index != place {
            if name.hasSuffix(Self.errorEnding) {
                let measure = String(name.dropLast(Self.errorEnding.count))
                if !table.columns.contains(measure) {
                    problems.append(.init(line: 1, message: "'\(name)' has errors of '\(measure)', which is no column"))
                }
                continue
            }
            if let objection = NameRule.column.problem(with: name) {
                problems.append(.init(line: 1, message: "'\(name.shortened)' \(objection)"))
                continue
            }
            let errors = table.columns.firstIndex(of: name + Self.errorEnding).map {
                numbers($0, { $0.isFinite && $0 >= 0 }, "no number from 0 on")
            }
            columns.append(Column(name: name, values: numbers(index, \.isFinite, "no finite number"), errors: errors))
        }
        if columns.isEmpty, problems.isEmpty { problems.append(.init(line: 1, message: "no column is a measure")) }
        guard problems.isEmpty else {
            throw DocumentError(
                path: path, problems: Array(problems.prefix(Problems.most)), isCut: problems.count > Problems.most)
        }
        self.columns = columns
    }

    /// What a model may be called.
    public struct Model: Sendable {
        public let position: Int
        public let label: String
        /// Its own, and that of its weights where there are some.
        public let digests: Set<String>

        public init(position: Int, label: String, digests: Set<String>) {
            (self.position, self.label, self.digests) = (position, label, digests)
        }
    }

    /// The model of each row, as its place among those that a row may name.
    ///
    /// - Throws: `DocumentError` where a row names none or several of them, or two rows the same one.
    public func models(among models: [Model]) throws(DocumentError) -> [Int] {
        var known: [String: [Int]] = [:]
        for (place, model) in models.enumerated() {
            let names: Set<String> =
                switch key {
                case .position: ["\(model.position)"]
                case .label: [model.label]
                case .digest: model.digests
                }
            for name in names { known[name, default: []].append(place) }
        }
        var (found, problems, taken) = ([Int](), [DocumentError.Problem](), [Int: Int]())
        for (line, name) in rows {
            let matching = known[name] ?? []
            guard let place = matching.first, matching.count == 1 else {
                let why =
                    matching.isEmpty
                    ? "names no model of the study. 'basin export models' lists them"
                    : "names \(matching.count) models of the study: name them by position"
                problems.append(.init(line: line, message: "\(key.rawValue) '\(name.shortened)' \(why)"))
                continue
            }
            if let before = taken.updateValue(line, forKey: place) {
                problems.append(.init(line: line, message: "names the same model as line \(before)"))
            }
            found.append(place)
        }
        guard problems.isEmpty else {
            throw DocumentError(
                path: path, problems: Array(problems.prefix(Problems.most)), isCut: problems.count > Problems.most)
        }
        return found
    }
}

/// What authors state of measures that they computed: a mapping a column.
///
///     my_measure: {title: Mine, reads: [training-inputs, training-labels], sign: "-"}
public struct MeasureStatements: Sendable {
    public struct Statement: Sendable, Hashable {
        public var title: String?
        /// Nil where nothing is said.
        public var reads: Set<MeasureDescription.Reading>?
        public var sign: MeasureDescription.Sign?

        public init(
            title: String? = nil, reads: Set<MeasureDescription.Reading>? = nil, sign: MeasureDescription.Sign? = nil
        ) {
            (self.title, self.reads, self.sign) = (title, reads, sign)
        }
    }

    /// By column.
    public let byColumn: [String: Statement]

    /// What a measure may read, as people write it: "training-inputs"; "weights" is nothing besides.
    public static let readings: [(word: String, reading: MeasureDescription.Reading?)] =
        [("weights", nil)]
        + MeasureDescription.Reading.allCases.filter { $0 != .construction }.map {
            ($0.rawValue.replacing(" ", with: "-"), $0)
        }

    /// - Parameter columns: those that may be spoken of.
    /// - Throws: `DocumentError` for a wrong key or word, with the nearest right one.
    public init(path: String, columns: [String]) throws {
        let text: String
        do {
            text = try DocumentFile.text(at: path)
        } catch {
            throw UnreadableMeasures(path: path, reason: "\(error.reason)")
        }
        let document = try YAMLDocument(text: text, path: path)
        byColumn = try document.read(as: "the header") { root in
            defer { root.finish() }
            var found: [String: Statement] = [:]
            for column in columns {
                guard let mapping = root.mapping(column) else { continue }
                defer { mapping.finish() }
                var statement = Statement(title: mapping.text("title"))
                if let list = mapping.list("reads") {
                    var reads: Set<MeasureDescription.Reading> = []
                    for element in list {
                        guard let text = element.text, let known = Self.readings.first(where: { $0.word == text })
                        else {
                            mapping.complain(
                                "reads", "is a list of \(Self.readings.map(\.word).joined(separator: ", "))",
                                at: element)
                            continue
                        }
                        if let reading = known.reading { reads.insert(reading) }
                    }
                    statement.reads = reads
                }
                statement.sign = mapping.choice("sign", among: ["+", "-", "none"]).flatMap(
                    MeasureDescription.Sign.init)
                found[column] = statement
            }
            return found
        }
    }
}

/// A file of measures that cannot be read.
public struct UnreadableMeasures: RequestError {
    public let path: String
    public let reason: String

    public var description: String { "'\(path)' cannot be read: \(reason)." }
}
