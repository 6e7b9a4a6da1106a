/// Collects what is wrong with a document while it is read to its end.
public final class Problems {
    /// In the order in which they were noted.
    public private(set) var found: [DocumentError.Problem] = []

    init() {}

    /// Notes something once, however often it is met: a section may be read again with other values for some keys.
    public func add(_ message: String, at node: YAMLNode) {
        let problem = DocumentError.Problem(line: node.line, message: message)
        if !found.contains(problem) { found.append(problem) }
    }
}
