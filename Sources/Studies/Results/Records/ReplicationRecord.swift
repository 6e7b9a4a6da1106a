import Definitions

/// A published figure beside this study's own: a row of `published` with that of `replicated`.
public struct ReplicationRecord: Sendable, Hashable {
    public let published: PublishedValue
    /// nil where this study has no such number, or nobody has looked yet.
    public let measured: Double?
    /// Models that entered; nil where that was not written down.
    public let count: Int?
    /// Whether the difference is within the tolerance; nil where either is missing.
    public let agrees: Bool?
    /// Why nothing was measured, or how the number has to be read.
    public let reason: String?

    /// Measured minus published.
    public var difference: Double? { measured.map { $0 - published.value } }

    /// A figure, and what was found of it; without more, one that nobody has looked at yet.
    public init(
        _ published: PublishedValue, measured: Double? = nil, count: Int? = nil, agrees: Bool? = nil,
        reason: String? = nil
    ) {
        self.published = published
        self.measured = measured
        self.count = count
        self.agrees = agrees
        self.reason = reason
    }
}
