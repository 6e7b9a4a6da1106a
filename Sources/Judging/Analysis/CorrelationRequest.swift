import Statistics

/// How a population's measures are to be correlated with a target.
public struct CorrelationRequest: Sendable, Hashable {
    /// The study's target unless given.
    public var target: String?
    public var method: CorrelationMethod = .spearman
    /// Columns, regime or hyperparameters held fixed.
    public var given: [String] = []
    /// From which of measure (x) and target (y) what is held fixed is taken out.
    public var removal: CovariateRemoval = .both
    public var interval: IntervalKind = .bootstrap
    /// How many random orders a permutation test draws; nil for none.
    public var permutations: Int?
    /// Regime or hyperparameter: the permutation test stays within its groups, and the mean correlation within them is
    /// shown.
    public var within: String?

    public init() {}

    /// The resampling for the interval; nil for an analytic one.
    var bootstrap: Bootstrap? {
        var bootstrap = MeasureCorrelations.bootstrap
        switch interval {
        case .bootstrap: return bootstrap
        case .bca:
            bootstrap.kind = .bca
            return bootstrap
        case .analytic, .fieller: return nil
        }
    }
}
