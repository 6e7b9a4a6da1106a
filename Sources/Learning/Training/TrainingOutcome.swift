/// What training did.
public struct TrainingOutcome: Sendable, Hashable {
    public let epochs: Int
    /// Whether the stopping rule was met.
    public let memorised: Bool
}
