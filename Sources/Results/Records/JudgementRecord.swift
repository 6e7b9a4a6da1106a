import Foundation

/// What was judged of a measure as a predictor of a target over a study's models: a row of `judgement`, of the view `verdict`.
///
/// A verdict, or the reason why there is none.
public struct JudgementRecord: Sendable, Equatable {
    public var measure: String
    public var target: String
    /// "supported", "confounded", …; nil where the measure has no correlation.
    public var verdict: String?
    /// Models that entered.
    public var count: Int
    /// Spearman's rho over all models, its 95 % interval and p.
    public var estimate: Double?
    public var interval: ClosedRange<Double>?
    public var pValue: Double?
    /// p after Holm's correction over the measures tried; nil for one that is no predictor.
    public var correctedPValue: Double?
    /// The measures that were tried as predictors of this target.
    public var tried: Int
    /// The size of rho that four of five such studies would find.
    public var detectable: Double?
    /// The columns held fixed in the condition that the measure survives least, and the partial correlation given them.
    public var given: [String]?
    public var givenEstimate: Double?
    public var givenPValue: Double?
    /// The chance of so large a change from raw to partial correlation if the columns had nothing to do with the two.
    public var changePValue: Double?
    /// What the measure adds to the share of the target's rank variance that the baseline predicts, with its standard error.
    public var gain: Double?
    public var gainError: Double?
    /// The share of the measure's variance that is not its own sampling error, and rho without that error.
    public var reliability: Double?
    public var noiseFree: Double?
    /// What the measure looks at besides the weights; nil where that is unknown.
    public var reads: String?
    /// All of it in words.
    public var sentence: String
    /// Why there is no verdict.
    public var reason: String?
    public var computedAt: Date

    public init(
        measure: String, target: String, verdict: String?, count: Int, tried: Int, sentence: String, reason: String? = nil,
        computedAt: Date = Date()
    ) {
        precondition((verdict == nil) == (reason != nil), "a judgement has a verdict or a reason")
        self.measure = measure
        self.target = target
        self.verdict = verdict
        self.count = count
        self.tried = tried
        self.sentence = sentence
        self.reason = reason
        self.computedAt = computedAt
    }
}
