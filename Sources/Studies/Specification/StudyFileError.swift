import Diagnostics

/// All that is wrong with a study file, each thing with its line.
public struct StudyFileError: RequestError, Equatable {
    public struct Problem: Sendable, Equatable {
        /// From 1.
        public let line: Int
        public let message: String
    }

    public let path: String
    /// By line.
    public let problems: [Problem]

    public var description: String {
        problems.map { "\(path):\($0.line): \($0.message)" }.joined(separator: "\n")
    }
}

/// A study file that cannot be read at all.
public struct UnreadableStudyFile: RequestError, Equatable {
    public let path: String
    public let reason: String

    public var description: String { "The study file '\(path)' cannot be read: \(reason)." }
}
