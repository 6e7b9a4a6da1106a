/// Collects what is wrong with a document while it is read to its end.
public final class Problems {
    /// In the order in which they were noted.
    public private(set) var found: [DocumentError.Problem] = []

    init() {}

    public func add(_ message: String, at node: YAMLNode) {
        found.append(.init(line: node.line, message: message))
    }
}
