import Diagnostics

/// Reads the keys of one YAML mapping and, at the end, complains about those that nobody asked for.
///
/// Each accessor gives nil for a key that is absent or wrong; what is wrong has been noted by then, so that callers put
/// in any value and read on.
public struct MappingReader {
    /// What to call the mapping in messages: "the study", "training", "published.models[2]".
    public let name: String
    public let node: YAMLNode
    public let problems: Problems
    private let isRoot: Bool
    let overrides: Overrides?
    private let entries: Entries
    private let keysAsked = KeysAsked()

    /// The keys of the mapping, found at once however many there are.
    private final class Entries {
        let all: [(key: String, keyNode: YAMLNode, value: YAMLNode)]
        private lazy var places = Dictionary(
            all.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        /// Those of the mappings below, which a grid reads again for each of its points.
        private var sections: [String: Entries] = [:]

        init(_ all: [(key: String, keyNode: YAMLNode, value: YAMLNode)]) { self.all = all }

        subscript(key: String) -> (key: String, keyNode: YAMLNode, value: YAMLNode)? {
            // A few are compared sooner than a table of them is made.
            all.count <= 16 ? all.first { $0.key == key } : places[key].map { all[$0] }
        }

        func section(_ key: String, _ read: () -> Entries?) -> Entries? {
            if let known = sections[key] { return known }
            let found = read()
            sections[key] = found
            return found
        }
    }

    private final class KeysAsked {
        private(set) var keys: [String] = []
        private var known: Set<String> = []

        func add(_ key: String) { if !known.contains(key), known.insert(key).inserted { keys.append(key) } }
        func contains(_ key: String) -> Bool { known.contains(key) }
    }

    /// Notes a node that is no mapping, and is nil then.
    public init?(_ node: YAMLNode, name: String, problems: Problems) {
        self.init(node, name: name, isRoot: false, overrides: nil, problems: problems)
    }

    init?(_ node: YAMLNode, name: String, overrides: Overrides?, problems: Problems) {
        self.init(node, name: name, isRoot: false, overrides: overrides, problems: problems)
    }

    /// The whole of a document: its keys go by their own names in messages.
    init?(root: YAMLNode, name: String, problems: Problems) {
        self.init(root, name: name, isRoot: true, overrides: nil, problems: problems)
    }

    private init?(_ node: YAMLNode, name: String, isRoot: Bool, overrides: Overrides?, problems: Problems) {
        guard let entries = node.entries else {
            problems.add("\(name) needs keys and values, not \(node.kind)", at: node)
            return nil
        }
        self.name = name
        self.node = node
        self.problems = problems
        self.isRoot = isRoot
        self.overrides = overrides
        self.entries = Entries(
            entries.compactMap { key, value in
                guard let text = key.text else {
                    problems.add("a key of \(name) is \(key.kind), not a word", at: key)
                    return nil
                }
                return (text, key, value)
            })
    }

    private init(_ reader: MappingReader, overrides: Overrides) {
        (name, node, problems, isRoot) = (reader.name, reader.node, reader.problems, reader.isRoot)
        entries = reader.entries
        self.overrides = overrides
    }

    private init(_ node: YAMLNode, name: String, below reader: MappingReader, entries: Entries) {
        (self.name, self.node, self.entries) = (name, node, entries)
        (problems, isRoot, overrides) = (reader.problems, false, reader.overrides)
    }

    /// The mapping that is the value of a key. One of the document's own is taken apart once, however often a study is
    /// read with other overrides.
    func section(_ key: String, _ value: YAMLNode, isOwn: Bool) -> MappingReader? {
        func read() -> MappingReader? {
            MappingReader(value, name: path(key), overrides: overrides, problems: problems)
        }
        guard isOwn, entries[key] != nil else { return read() }
        return entries.section(key) { read()?.entries }.map {
            MappingReader(value, name: path(key), below: self, entries: $0)
        }
    }

    /// The same mapping, and those below it, with other values for some keys.
    public func overridden(by overrides: Overrides) -> MappingReader { MappingReader(self, overrides: overrides) }

    /// The value of a key, nil when it is absent or empty.
    public func value(_ key: String) -> YAMLNode? {
        keysAsked.add(key)
        if let other = overrides?.value(path(key)) { return other.isNull ? nil : other }
        guard let value = entries[key]?.value, !value.isNull else { return nil }
        return value
    }

    /// Keys in the order of the file, for mappings whose keys are names of something.
    public var keys: [String] { entries.all.map(\.key) }

    /// Notes something wrong with a key's value, at the key's line.
    public func complain(_ key: String, _ message: @autoclosure () -> String) {
        problems.add(
            "\(path(key)) \(message())", at: overrides?.value(path(key)) ?? entries[key]?.keyNode ?? node)
    }

    /// Notes something wrong with one of a key's values, at that value's line.
    public func complain(_ key: String, _ message: @autoclosure () -> String, at element: YAMLNode) {
        problems.add("\(path(key)): \(message())", at: element)
    }

    /// Notes something wrong with the mapping as a whole.
    public func problemHere(_ message: String) {
        problems.add("\(name) \(message)", at: node)
    }

    /// Notes that a key is absent.
    public func require(_ key: String, _ what: String) {
        if value(key) == nil { problemHere("lacks '\(key)': \(what)") }
    }

    /// Notes that a key's list is there but has no elements.
    public func requireElements(_ key: String) {
        if value(key)?.elements?.isEmpty == true { complain(key, "is empty") }
    }

    /// What messages call a key: "title" at the root, "training.epochs" below it.
    public func path(_ key: String) -> String { isRoot ? key : "\(name).\(key)" }

    /// Call last: notes each key that was never asked for, with the nearest of those that were.
    public func finish() {
        for entry in entries.all where !keysAsked.contains(entry.key) {
            let place = isRoot ? "" : " in \(name)"
            problems.add(
                "unknown key '\(entry.key.shortened)'\(place). \(suggestion(for: entry.key, among: keysAsked.keys))",
                at: entry.keyNode)
        }
    }
}
