import Foundation

/// What was judged of a measure as a predictor of a target over a study's models: a row of `judgement`, of the view
/// `verdict`.
///
/// It has a verdict, or the reason why there is none; the numbers behind it are nil where the study does not have them.
public struct JudgementRecord: Sendable, Equatable {
    public var measure: String
    public var target: String
    /// "supported", "confounded", …; nil where the measure has no correlation.
    public var verdict: String?
    /// Models that entered.
    public var count: Int
    /// Spearman's rho over all models, in -1...1.
    public var estimate: Double?
    /// The 95 % interval of rho.
    public var interval: ClosedRange<Double>?
    /// Of rho, two-sided.
    public var pValue: Double?
    /// p after Holm's correction over the measures tried; nil for one that is no predictor.
    public var correctedPValue: Double?
    /// How many measures were tried as predictors of this target, those without a correlation included.
    public var tried: Int
    /// The size of rho that four of five such studies would find.
    public var detectable: Double?
    /// The columns held fixed in the condition that the measure survives least; nil where none was.
    public var given: [String]?
    /// The partial correlation given these, and its p.
    public var givenEstimate: Double?
    public var givenPValue: Double?
    /// The chance of so large a change from raw to partial correlation if the columns had nothing to do with the two.
    public var changePValue: Double?
    /// What the measure adds to the share of the target's rank variance that the baseline predicts, and its standard
    /// error.
    public var gain: Double?
    public var gainError: Double?
    /// The share of the measure's variance that is not its own sampling error; nil for an exact measure.
    public var reliability: Double?
    /// The rho to be expected without that error.
    public var noiseFree: Double?
    /// What the measure looks at besides the weights; nil where that is unknown.
    public var reads: String?
    /// All of it in words.
    public var sentence: String
    /// Why there is no verdict.
    public var reason: String?
    public var computedAt: Date

    /// A judgement without its numbers.
    ///
    /// - Precondition: there is either a verdict or a reason.
    public init(
        measure: String, target: String, verdict: String?, count: Int, tried: Int, sentence: String,
        reason: String? = nil,
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
