/// A number that someone else published, to be held against this study's own: a row of `published`.
public struct PublishedValue: Sendable, Hashable, Codable {
    /// What the number is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Spearman's rho of the measure with `target`, and its two-sided p.
        case correlation
        case pValue = "p_value"
        /// The measure of one model, that of `seed` (and `regime`).
        case model
        /// Over the models (of `regime`).
        case mean, minimum, maximum
    }

    public var kind: Kind
    public var measure: String
    /// For `correlation` and `pValue`: what the measure is correlated with.
    public var target: String?
    public var regime: String?
    /// For `model`.
    public var seed: UInt64?
    /// For `model`: which variant of the network of `seed`; nil for that network itself.
    public var variant: String?
    public var value: Double
    /// The difference up to which the two agree; nil where nothing is claimed.
    public var tolerance: Double?
    /// Where it was published: "Table 1".
    public var source: String

    public init(
        kind: Kind, measure: String, target: String? = nil, regime: String? = nil, seed: UInt64? = nil,
        variant: String? = nil, value: Double, tolerance: Double? = nil, source: String = ""
    ) {
        self.kind = kind
        self.measure = measure
        self.target = target
        self.regime = regime
        self.seed = seed
        self.variant = variant
        self.value = value
        self.tolerance = tolerance
        self.source = source
    }
}
