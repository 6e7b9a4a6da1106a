import Definitions
import Diagnostics

/// A study file that cannot be read at all.
public struct UnreadableStudyFile: RequestError, Equatable {
    public let path: String
    public let reason: String

    public var description: String { "The study file '\(path)' cannot be read: \(reason)." }
}
