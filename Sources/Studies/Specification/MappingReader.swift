import Diagnostics
import Yams

/// Collects what is wrong with a file while it is read to its end.
final class Problems {
    private(set) var found: [StudyFileError.Problem] = []

    func add(_ message: String, at node: Node?) {
        add(message, line: node?.mark?.line ?? 1)
    }

    func add(_ message: String, line: Int) {
        found.append(.init(line: line, message: message))
    }
}

/// Reads the keys of one YAML mapping and, at the end, complains about those that nobody asked for.
///
/// Each accessor gives nil for a key that is absent or wrong; what is wrong has been noted by then, so that callers put in any
/// value and read on.
struct MappingReader {
    /// What to call the mapping in messages: "training", "published.models[2]".
    let name: String
    let problems: Problems
    private let node: Node
    private let entries: [(key: String, keyNode: Node, value: Node)]
    private let keysAsked = KeysAsked()

    private final class KeysAsked { var keys: [String] = [] }

    /// nil when the node is no mapping.
    init?(_ node: Node, name: String, problems: Problems) {
        guard case .mapping(let mapping) = node else {
            problems.add("\(name) needs keys and values, not \(Self.kind(node))", at: node)
            return nil
        }
        self.name = name
        self.node = node
        self.problems = problems
        entries = mapping.compactMap { key, value in
            guard let text = key.scalar?.string else {
                problems.add("a key of \(name) is \(Self.kind(key)), not a word", at: key)
                return nil
            }
            return (text, key, value)
        }
    }

    /// The value of a key, nil when it is absent or empty.
    func value(_ key: String) -> Node? {
        if !keysAsked.keys.contains(key) { keysAsked.keys.append(key) }
        guard let value = entries.first(where: { $0.key == key })?.value, !Self.isNull(value) else { return nil }
        return value
    }

    /// Keys in the order of the file, for mappings whose keys are names of something.
    var keys: [String] { entries.map(\.key) }

    /// Notes something wrong with a key's value, at its line.
    func complain(_ key: String, _ message: String) {
        let entry = entries.first { $0.key == key }
        problems.add("\(path(key)) \(message)", at: entry?.keyNode ?? node)
    }

    /// Notes something wrong with the mapping as a whole.
    func problemHere(_ message: String) {
        problems.add("\(name) \(message)", at: node)
    }

    /// Notes that a key is absent.
    func require(_ key: String, _ what: String) {
        if value(key) == nil { problemHere("lacks '\(key)': \(what)") }
    }

    func path(_ key: String) -> String { name == "the study" ? key : "\(name).\(key)" }

    /// Call last: notes each key that was never asked for, with the nearest of those that were.
    func finish() {
        for entry in entries where !keysAsked.keys.contains(entry.key) {
            let place = name == "the study" ? "" : " in \(name)"
            problems.add(
                "unknown key '\(entry.key)'\(place). \(suggestion(for: entry.key, among: keysAsked.keys))",
                at: entry.keyNode)
        }
    }

    // MARK: Values

    func text(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.scalar?.string else {
            complain(key, "must be text, not \(Self.kind(value))")
            return nil
        }
        return text
    }

    /// A whole number within `range`.
    func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = Self.integer(value) else {
            complain(key, "must be a whole number, not \(Self.kind(value))")
            return nil
        }
        guard range.contains(number) else {
            let limit = range.upperBound == .max ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
            complain(key, "must be \(limit), not \(number)")
            return nil
        }
        return number
    }

    /// A seed: a whole number from 0 to 2^63 - 1, the largest that SQLite can hold.
    func seed(_ key: String) -> UInt64? {
        integer(key, in: 0...Int.max).map { UInt64($0) }
    }

    /// A finite number that `isAllowed`.
    func number(_ key: String, _ requirement: String = "a number", where isAllowed: (Double) -> Bool = { _ in true }) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = Self.number(value), number.isFinite, isAllowed(number) else {
            complain(key, "must be \(requirement), not \(Self.kind(value))")
            return nil
        }
        return number
    }

    /// One of an enumeration's words.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of type: Choice.Type = Choice.self, among allowed: [Choice]? = nil
    ) -> Choice? where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        let words = (allowed ?? Array(Choice.allCases)).map(\.rawValue)
        guard words.contains(text), let choice = Choice(rawValue: text) else {
            complain(key, "cannot be '\(text)'. \(suggestion(for: text, among: words))")
            return nil
        }
        return choice
    }

    func mapping(_ key: String) -> MappingReader? {
        value(key).flatMap { MappingReader($0, name: path(key), problems: problems) }
    }

    func list(_ key: String) -> [Node]? {
        guard let value = value(key) else { return nil }
        guard case .sequence(let sequence) = value else {
            complain(key, "must be a list, not \(Self.kind(value))")
            return nil
        }
        return Array(sequence)
    }

    /// A list of mappings.
    func mappings(_ key: String) -> [MappingReader] {
        (list(key) ?? []).enumerated().compactMap { index, node in
            MappingReader(node, name: "\(path(key))[\(index + 1)]", problems: problems)
        }
    }

    // MARK: Scalars

    /// Quotes make a text of a number.
    static func integer(_ node: Node) -> Int? {
        guard let scalar = node.scalar, isPlain(scalar) else { return nil }
        return Int(scalar.string)
    }

    static func number(_ node: Node) -> Double? {
        guard let scalar = node.scalar, isPlain(scalar) else { return nil }
        return Double(scalar.string)
    }

    static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, isPlain(scalar) else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    private static func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }

    /// What a node is, for messages.
    static func kind(_ node: Node) -> String {
        switch node {
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar(let scalar) where isNull(node): "nothing (\(scalar.string.isEmpty ? "empty" : scalar.string))"
        case .scalar(let scalar): isPlain(scalar) ? "'\(scalar.string)'" : "the text \"\(scalar.string)\""
        }
    }
}
