import Diagnostics
import Yams

/// A value in a YAML document, and the line on which it begins.
///
/// Quotes make a text of anything: `250` is a number, `"250"` is none, and `""` is not nothing.
public struct YAMLNode {
    let node: Node

    init(_ node: Node) { self.node = node }

    /// From 1.
    public var line: Int { node.mark?.line ?? 1 }

    /// The text of a scalar, without the white space at its end (a block scalar has its last line break there).
    public var text: String? {
        guard var text = node.scalar?.string[...] else { return nil }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    public var integer: Int? { plainText.flatMap { Int($0) } }

    /// Not always finite: `1e999` is infinite, as is `inf`. YAML's `.inf` and `.nan` are none.
    public var number: Double? { plainText.flatMap { Double($0) } }

    /// `true` or `false`; YAML's older words for them, as `yes`, are none.
    public var flag: Bool? { plainText.flatMap { Bool($0) } }

    /// Whether there are keys, or none of them: `{}`.
    public var isMapping: Bool { node.mapping != nil }

    /// The elements of a list.
    public var elements: [YAMLNode]? { node.sequence?.map(YAMLNode.init) }

    /// Whether nothing is stated: no text at all, `~`, or `null`.
    public var isNull: Bool { plainText.map { ["", "~", "null"].contains($0) } ?? false }

    /// What stands there, for messages: "a list", "'many'", "the text \"250\"".
    public var kind: String {
        switch node {
        case .mapping: "keys and values"
        case .sequence: "a list"
        case .alias: "an alias"
        case .scalar(let scalar) where isNull: "nothing (\(scalar.string.isEmpty ? "empty" : scalar.string))"
        case .scalar(let scalar):
            plainText == nil ? "the text \"\(scalar.string.shortened)\"" : "'\(scalar.string.shortened)'"
        }
    }

    /// What stands there in one line, as it was written but for spaces and quotes: "64", "[64, 8]", "{every: 1}".
    public var flow: String {
        if let elements { return "[\(elements.map(\.flow).joined(separator: ", "))]" }
        if let entries { return "{\(entries.map { "\($0.key.flow): \($0.value.flow)" }.joined(separator: ", "))}" }
        return text ?? ""
    }

    /// Keys with their values in the order of the text, nil when it is no mapping.
    var entries: [(key: YAMLNode, value: YAMLNode)]? {
        node.mapping?.map { (YAMLNode($0.key), YAMLNode($0.value)) }
    }

    /// A mapping without keys, at the same place.
    var emptyMapping: YAMLNode { YAMLNode(.mapping(.init([], Tag(.map), .any, node.mark))) }

    /// The text of a scalar that stands without quotes.
    private var plainText: String? {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else { return nil }
        return scalar.string
    }
}
