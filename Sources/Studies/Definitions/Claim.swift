import Statistics

/// What a paper, or the study's author, says that a number of the models is: a row of `claimed`, without what was
/// measured.
public struct Claim: Sendable, Hashable, Codable {
    /// Who says so.
    public enum Origin: String, Sendable, Codable, CaseIterable {
        case paper
        /// About the paper's instance, as others restated it.
        case restated
        /// By whoever wrote the study file.
        case derived
    }

    /// The number that the claim is about, one of a catalogue.
    public typealias Statistic = SummaryStatistic

    /// One plain sentence.
    public var claim: String
    public var origin: Origin
    public var statistic: Statistic
    /// A measure or a hyperparameter.
    public var measure: String
    /// For `slope` and `spearman`.
    public var over: String?
    public var selection: ModelSelection
    /// The number itself, and the difference up to which a measured one agrees.
    public var expected: Double?
    public var tolerance: Double?
    /// Bounds, in place of the number.
    public var atLeast: Double?
    public var atMost: Double?
    /// What the claim does not say; nil where nobody wrote that down.
    public var limit: String?

    public init(
        claim: String, origin: Origin, statistic: Statistic, measure: String, over: String? = nil,
        selection: ModelSelection = .all, expected: Double? = nil, tolerance: Double? = nil, atLeast: Double? = nil,
        atMost: Double? = nil, limit: String? = nil
    ) {
        self.claim = claim
        self.origin = origin
        self.statistic = statistic
        self.measure = measure
        self.over = over
        self.selection = selection
        self.expected = expected
        self.tolerance = tolerance
        self.atLeast = atLeast
        self.atMost = atMost
        self.limit = limit
    }
}
