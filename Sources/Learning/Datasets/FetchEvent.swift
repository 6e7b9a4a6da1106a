/// What happens during a fetch, for showing progress.
public enum FetchEvent: Sendable, Equatable {
    /// The file is there already, and intact; nothing is asked of a mirror.
    case present(path: String)
    /// A file is there, but damaged; it will be replaced.
    case damaged(path: String, reason: String)
    /// A transfer begins, at this many bytes kept from an earlier one.
    case started(file: DatasetFile, url: String, offset: Int)
    /// So many bytes of the packed file are here, of so many in all if the mirror told.
    case received(file: DatasetFile, bytes: Int, total: Int?)
    case mirrorFailed(file: DatasetFile, url: String, reason: String)
    /// The file is complete, intact and in its place.
    case stored(path: String)
}

/// No mirror delivered a file.
public struct FetchFailure: Error, CustomStringConvertible, Equatable {
    public struct Attempt: Sendable, Equatable {
        public let url: String
        public let reason: String
    }

    public let file: DatasetFile
    /// One for each mirror, in the order in which they were tried.
    public let attempts: [Attempt]

    public var description: String {
        let lines = attempts.map { "\n  \($0.url): \($0.reason)" }
        return "No mirror delivered \(file.packedName):\(lines.joined())\n"
            + "What arrived is kept, and the next fetch goes on from there."
    }
}
