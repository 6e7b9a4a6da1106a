import Diagnostics
import Yams

/// A YAML file that is not what it should be: broken syntax, an unknown or missing key, a value of another kind.
package struct YAMLError: RequestError, Equatable {
    package let file: String
    /// Counted from 1; 0 where the whole file is meant.
    package let line: Int
    package let problem: String

    package var description: String { line > 0 ? "\(file), line \(line): \(problem)" : "\(file): \(problem)" }
}

/// A mapping of a YAML file whose keys are known beforehand; every error names file, line and key.
package struct YAMLMapping {
    package let file: String
    /// The key it stands under, empty for the whole file.
    package let title: String
    private let line: Int
    private let values: [String: Node]

    /// Reads the text of a file.
    ///
    /// - Throws: `YAMLError` for broken syntax, a key that is not in `keys`, or a file that is no mapping.
    package init(_ text: String, file: String, keys: [String]) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw YAMLError(error, file: file)
        }
        guard let root else { throw YAMLError(file: file, line: 0, problem: "the file is empty.") }
        try self.init(root, file: file, title: "", keys: keys)
    }

    private init(_ node: Node, file: String, title: String, keys: [String]) throws {
        let line = node.mark?.line ?? 0
        guard let mapping = node.mapping else {
            let subject = title.isEmpty ? "the file" : "'\(title)'"
            throw YAMLError(file: file, line: line, problem: "\(subject) should hold keys with values.")
        }
        var values: [String: Node] = [:]
        for (keyNode, value) in mapping {
            let key = keyNode.string ?? "?"
            guard keys.contains(key) else {
                let place = title.isEmpty ? "" : " in '\(title)'"
                throw YAMLError(
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

    package func string(_ key: String) throws -> String {
        let node = try value(key)
        guard let string = node.scalar?.string, !string.isEmpty else { throw wrong(key, node, "a text") }
        return string.trimmed
    }

    package func positiveInteger(_ key: String) throws -> Int {
        let node = try value(key)
        guard let integer = node.int, integer > 0 else { throw wrong(key, node, "a whole number above 0") }
        return integer
    }

    package func strings(_ key: String) throws -> [String] {
        let node = try value(key)
        guard let items = node.sequence?.map(\.scalar?.string), !items.isEmpty, !items.contains(nil) else {
            throw wrong(key, node, "a list of texts")
        }
        return items.compactMap { $0 }
    }

    package func positiveIntegers(_ key: String) throws -> [Int] {
        let node = try value(key)
        guard let items = node.sequence?.compactMap(\.int), !items.isEmpty, items.count == node.sequence?.count,
            items.allSatisfy({ $0 > 0 })
        else { throw wrong(key, node, "a list of whole numbers above 0") }
        return items
    }

    package func mapping(_ key: String, keys: [String]) throws -> YAMLMapping {
        try YAMLMapping(value(key), file: file, title: title.isEmpty ? key : "\(title).\(key)", keys: keys)
    }

    /// An error about the value of a key, for what only the reader of the file can check.
    package func error(_ key: String, _ problem: String) -> YAMLError {
        YAMLError(file: file, line: values[key]?.mark?.line ?? line, problem: "'\(key)' \(problem)")
    }

    private func value(_ key: String) throws -> Node {
        if let value = values[key] { return value }
        let place = title.isEmpty ? "" : " in '\(title)'"
        throw YAMLError(file: file, line: line, problem: "the key '\(key)' is missing\(place).")
    }

    private func wrong(_ key: String, _ node: Node, _ expected: String) -> YAMLError {
        let found = node.scalar.map { ", found '\($0.string)'" } ?? ""
        return error(key, "should be \(expected)\(found).")
    }
}

extension YAMLError {
    init(_ error: YamlError, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, problem: "no valid YAML: \(problem).")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            self.init(file: file, line: context.mark.line, problem: "a key stands twice: \(names).")
        default:
            self.init(file: file, line: 0, problem: "no valid YAML: \(error)")
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
