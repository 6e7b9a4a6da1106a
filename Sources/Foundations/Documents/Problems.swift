/// Collects what is wrong with a document while it is read to its end.
public final class Problems {
    /// In the order in which they were noted; at most `most`.
    public private(set) var found: [DocumentError.Problem] = []
    /// Whether there were more than `most`: whoever reads on may stop.
    public private(set) var isFull = false

    private var noted: Set<DocumentError.Problem> = []

    /// More than anybody mends at once.
    public static let most = 100
    private static let longestMessage = 4000

    init() {}

    /// Notes something once, however often it is met: a section may be read again with other values for some keys.
    public func add(_ message: @autoclosure () -> String, at node: YAMLNode) {
        if isFull { return }
        let problem = DocumentError.Problem(line: node.line, message: Self.readable(message()))
        guard noted.insert(problem).inserted else { return }
        if found.count < Self.most { found.append(problem) } else { isFull = true }
    }

    /// A message that quotes something endless loses its middle.
    private static func readable(_ message: String) -> String {
        guard message.utf8.count > longestMessage else { return message }
        return message.prefix(longestMessage / 4) + "…" + message.suffix(longestMessage / 4)
    }
}
