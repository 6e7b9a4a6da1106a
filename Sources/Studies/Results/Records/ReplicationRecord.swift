import Definitions

/// A published number beside this study's own: a row of the view `replication`.
public struct ReplicationRecord: Sendable, Equatable {
    public let published: PublishedValue
    /// nil where this study has no such number (yet).
    public let measured: Double?
    /// Measured minus published.
    public let difference: Double?
    /// Whether the difference is within the tolerance; nil where either is missing.
    public let agrees: Bool?
}
