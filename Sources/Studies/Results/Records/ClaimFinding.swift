import Definitions

/// A claim held against the models: a whole row of `claimed`.
public struct ClaimFinding: Sendable, Hashable {
    public var claim: Claim
    /// nil where it cannot be computed, or was not yet.
    public var measured: Double?
    /// Of a slope.
    public var standardError: Double?
    /// How many models entered; nil before the first evaluation.
    public var count: Int?
    /// nil where nothing was measured.
    public var agrees: Bool?
    /// Why nothing was measured, or how the number has to be read.
    public var reason: String?

    /// A claim that nobody has looked at yet.
    public init(_ claim: Claim) { self.claim = claim }
}
