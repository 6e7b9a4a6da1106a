/// Values that stand in place of those in a document, by path: "training.batch_size".
public final class Overrides {
    private let values: [String: YAMLNode]
    private var pathsRead: Set<String> = []
    /// What a message adds where a list or keys would have to stand and a value does: how that key is varied instead.
    let remark: String

    public init(_ values: [String: YAMLNode], remark: String = "") {
        self.values = values
        self.remark = remark
    }

    /// Also notes that somebody asked for the path.
    func value(_ path: String) -> YAMLNode? {
        pathsRead.insert(path)
        return values[path]
    }

    /// A mapping without keys for a path under which values stand, as "training.stop" for "training.stop.accuracy"; nil
    /// where none do.
    func section(_ path: String) -> YAMLNode? {
        values.keys.filter { $0.hasPrefix(path + ".") }.min().flatMap { values[$0]?.emptyMapping }
    }

    /// Paths that nobody asked for, sorted.
    public var unread: [String] { values.keys.filter { !pathsRead.contains($0) }.sorted() }

    /// All paths that were asked for, with and without a value here; sorted.
    public var asked: [String] { pathsRead.sorted() }
}
