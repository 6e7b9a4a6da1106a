/// A correlation between two variables, with its doubt, or the reason why there is none.
public struct Correlation: Sendable, Hashable {
    public let method: CorrelationMethod
    /// Names of the variables held fixed; empty for a plain correlation.
    public let covariates: [String]
    /// The variables from which the covariates were removed; `both` for a plain correlation.
    public let removal: CovariateRemoval
    /// The number of rows that entered.
    public let count: Int
    public let outcome: Result<Estimate, UndefinedCorrelation>
    /// A sentence on how the value has to be read, such as covariates that repeat each other.
    public let remark: String?
    /// Nil when none was asked for, or the correlation is undefined.
    public let bootstrap: BootstrapInterval?

    /// A coefficient and what follows from its sampling distribution.
    public struct Estimate: Sendable, Hashable {
        /// The coefficient, in -1...1.
        public let value: Double
        /// Two-sided, in 0...1, under the hypothesis of no association.
        public let pValue: Double
        /// The distribution that gave the p value.
        public let pValueKind: PValueKind
        /// Of Student's t; nil for a p value that is exact or normal.
        public let degreesOfFreedom: Int?
        /// The analytic 95 % interval, by Bonett and Wright for Spearman; nil where the formula has no answer (too few
        /// rows, a value of ±1, a semi-partial correlation).
        public let interval: ConfidenceInterval?
        /// The same by Fieller, Hartley and Pearson; nil for other methods than Spearman as well.
        public let fiellerInterval: ConfidenceInterval?
    }

    /// Why the correlation is undefined, or how its value has to be read; nil when there is nothing to say.
    public var reason: String? {
        switch outcome {
        case .success: remark
        case .failure(let undefined): undefined.description
        }
    }

    public var estimate: Double? { (try? outcome.get())?.value }
    public var pValue: Double? { (try? outcome.get())?.pValue }
    public var interval: ConfidenceInterval? { (try? outcome.get())?.interval }
}

/// How a p value was computed.
public enum PValueKind: String, CaseIterable, Sendable, Codable {
    /// Student's t, exact for normal data, near for ranks.
    case studentT
    /// By counting the orders of the rows.
    case exact
    /// Normal, with the variance corrected for ties.
    case normal
}
