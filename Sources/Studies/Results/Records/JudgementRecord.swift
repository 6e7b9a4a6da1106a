import Digests
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

extension JudgementRecord {
    /// The columns of the table `judgement` and of the view `verdict`, in the view's order. A number that is added
    /// here, to the properties and to the tables by a migration is written, read, shown and described.
    static let columns: [JudgementColumn] = [
        JudgementColumn("measure", "name of the measure") { $0.measure },
        JudgementColumn("target", "what it is to predict") { $0.target },
        JudgementColumn(
            "verdict",
            "supported, confounded, unstable, undetectable at this n or not a predictor; NULL without a correlation"
        ) { $0.verdict },
        JudgementColumn("n", "networks that entered") { $0.count },
        .number(
            "estimate", \.estimate, "Spearman's rho over all networks",
            shown: ("rho", "Spearman's, over all networks")),
        JudgementColumn("interval_low", "lower end of its 95 % interval") { row, record in
            if let low = try row.read("interval_low") as Double?, let high = try row.read("interval_high") as Double?,
                low <= high
            {
                record.interval = low...high
            }
        } written: {
            $0.interval?.lowerBound
        },
        JudgementColumn("interval_high", "upper end") { $0.interval?.upperBound },
        .number("p_value", \.pValue, "two-sided", shown: ("p_value", "of rho, two-sided")),
        .number(
            "p_corrected", \.correctedPValue,
            "after Holm's correction over the measures tried; NULL for one that is no predictor",
            shown: (
                "p_corrected",
                "p after Holm's correction over the measures tried; NULL for one that is no predictor"
            )),
        JudgementColumn("tried", "how many measures were tried as predictors of the target") { $0.tried },
        .number("detectable", \.detectable, "the size of rho that four of five such studies would find"),
        JudgementColumn("given", "JSON array: columns held fixed in the condition that the measure survives least") {
            row, record in
            record.given = try (try row.read("given") as String?).map { try CanonicalJSON.value([String].self, of: $0) }
        } written: {
            try $0.given.map { try CanonicalJSON.text(of: $0) }
        },
        .number(
            "given_estimate", \.givenEstimate, "partial correlation given these",
            shown: ("given_rho", "partial correlation given these")),
        .number(
            "given_p_value", \.givenPValue, "two-sided", shown: ("given_p_value", "of given_rho, two-sided")),
        .number(
            "change_p_value", \.changePValue,
            "chance of so large a change from estimate to given_estimate if the columns had nothing to do with the two",
            shown: (
                "change_p_value",
                "chance of so large a change from rho to given_rho if the columns had nothing to do with the two"
            )),
        .number(
            "gain", \.gain, "share of the target's rank variance that the measure predicts beyond the baseline"),
        .number("gain_error", \.gainError, "standard error of gain"),
        .number(
            "reliability", \.reliability,
            "share of the measure's variance that is not its own sampling error; NULL for an exact measure"),
        .number(
            "noise_free", \.noiseFree, "estimate to be expected without that error",
            shown: ("noise_free_rho", "rho to be expected without that error")),
        JudgementColumn("reads", "what the measure looks at besides the weights") { row, record in
            record.reads = try row.read("reads")
        } written: {
            $0.reads
        },
        JudgementColumn("sentence", "all of it in words") { $0.sentence },
        JudgementColumn("reason", "why there is no verdict") { $0.reason },
    ]
}
