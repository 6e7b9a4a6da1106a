import Diagnostics
import Yams

/// A mapping of a YAML file whose keys are known beforehand; every error names file, line and key.
struct YAMLMapping {
    let file: String
    /// The key it stands under, empty for the whole file.
    let title: String
    private let line: Int
    private let values: [String: Node]

    /// Reads the text of a file.
    ///
    /// - Throws: `CatalogueError` for broken syntax, a key that is not in `keys`, or a file that is no mapping.
    init(_ text: String, file: String, keys: [String]) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw CatalogueError(error, file: file)
        }
        guard let root else { throw CatalogueError(file: file, line: 0, problem: "the file is empty.") }
        try self.init(root, file: file, title: "", keys: keys)
    }

    private init(_ node: Node, file: String, title: String, keys: [String]) throws {
        let line = node.mark?.line ?? 0
        guard let mapping = node.mapping else {
            let subject = title.isEmpty ? "the file" : "'\(title)'"
            throw CatalogueError(file: file, line: line, problem: "\(subject) should hold keys with values.")
        }
        var values: [String: Node] = [:]
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? "?"
            guard keys.contains(key) else {
                let place = title.isEmpty ? "" : " in '\(title)'"
                throw CatalogueError(
                    file: file, line: keyNode.mark?.line ?? line,
                    problem: "unknown key '\(key)'\(place). \(suggestion(for: key, among: keys))")
            }
            values[key] = value
        }
        self.file = file
        self.title = title
        self.line = line
        self.values = values
    }

    func string(_ key: String) throws -> String {
        let node = try value(key)
        guard let string = node.scalar?.string, !string.isEmpty else { throw wrong(key, node, "a text") }
        return string.trimmed
    }

    func positiveInteger(_ key: String) throws -> Int {
        let node = try value(key)
        guard let integer = node.int, integer > 0 else { throw wrong(key, node, "a whole number above 0") }
        return integer
    }

    func strings(_ key: String) throws -> [String] {
        let node = try value(key)
        guard let items = node.sequence?.map(\.scalar?.string), !items.isEmpty, !items.contains(nil) else {
            throw wrong(key, node, "a list of texts")
        }
        return items.compactMap { $0 }
    }

    func positiveIntegers(_ key: String) throws -> [Int] {
        let node = try value(key)
        guard let items = node.sequence?.compactMap(\.int), !items.isEmpty, items.count == node.sequence?.count,
            items.allSatisfy({ $0 > 0 })
        else { throw wrong(key, node, "a list of whole numbers above 0") }
        return items
    }

    func mapping(_ key: String, keys: [String]) throws -> YAMLMapping {
        try YAMLMapping(value(key), file: file, title: title.isEmpty ? key : "\(title).\(key)", keys: keys)
    }

    /// An error about the value of a key, for what only the reader of the file can check.
    func error(_ key: String, _ problem: String) -> CatalogueError {
        CatalogueError(file: file, line: values[key]?.mark?.line ?? line, problem: "'\(key)' \(problem)")
    }

    private func value(_ key: String) throws -> Node {
        if let value = values[key] { return value }
        let place = title.isEmpty ? "" : " in '\(title)'"
        throw CatalogueError(file: file, line: line, problem: "the key '\(key)' is missing\(place).")
    }

    private func wrong(_ key: String, _ node: Node, _ expected: String) -> CatalogueError {
        let found = node.scalar.map { ", found '\($0.string)'" } ?? ""
        return error(key, "should be \(expected)\(found).")
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
