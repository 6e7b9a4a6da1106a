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
    /// The verdict if only what was decided before training is held fixed.
    public var verdictBeforeTraining: String?
    /// Models that entered.
    public var count: Int
    /// Spearman's rho over all models, in -1...1.
    public var estimate: Double?
    /// The 95 % interval of rho.
    public var interval: ClosedRange<Double>?
    /// Of rho, two-sided.
    public var pValue: Double?
    /// p after Westfall and Young's correction over the measures tried, by which rho stands; nil for one that is no
    /// predictor.
    public var correctedPValue: Double?
    /// p after Holm's.
    public var holmPValue: Double?
    /// The least and the greatest rho of the same networks trained with other rounding errors; nil where that was not
    /// tried.
    public var rounding: ClosedRange<Double>?
    /// How many measures were tried as predictors of this target, those without a correlation included.
    public var tried: Int
    /// The size of rho that four of five such studies would find.
    public var detectable: Double?
    /// The columns held fixed in the condition that the measure survives least; nil where none was.
    public var given: [String]?
    /// The partial correlation given these, as lines of ranks, and its p.
    public var givenEstimate: Double?
    public var givenPValue: Double?
    /// The same given curves of ranks, its p, and that corrected over measures and conditions.
    public var givenCurvedEstimate: Double?
    public var givenCurvedPValue: Double?
    public var givenCorrectedPValue: Double?
    /// p of what is left if the confounders held fixed had a reliability of 0.9.
    public var noisyPValue: Double?
    /// The least reliability of the confounders at which the correlation survives every condition.
    public var leastReliability: Double?
    /// The share of residual variance that an unmeasured confounder would have to explain of measure and target.
    public var robustnessValue: Double?
    /// How many times as strong as the strongest measured confounder it would have to be, and which that is.
    public var unmeasuredStrength: Double?
    public var benchmark: String?
    /// The chance of so large a change from raw to partial correlation if the columns had nothing to do with the two.
    public var changePValue: Double?
    /// What the measure adds to the share of the target's rank variance that the baseline predicts, and its standard
    /// error.
    public var gain: Double?
    public var gainError: Double?
    /// The share of the measure's variance that is not its own sampling error; nil for an exact measure.
    public var reliability: Double?
    /// The same of the target, over all networks and of what the design leaves of it; nil for an exact one.
    public var targetReliability: Double?
    public var targetReliabilityWithin: Double?
    /// The rho to be expected without the errors of measure and target.
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
    /// Names that columns of the view had, and what they are called now: the view has both for a version.
    static let formerNames = [
        ("interval_low", "low"), ("interval_high", "high"), ("p_corrected", "p_holm"), ("gain_error", "gain_se"),
    ]

    static let columns: [JudgementColumn] = [
        JudgementColumn("measure", "name of the measure") { $0.measure },
        JudgementColumn("target", "what it is to predict") { $0.target },
        JudgementColumn(
            "verdict",
            "supported, fragile, masked, open, unstable, confounded, undetectable at this n or not a predictor; NULL "
                + "without a correlation"
        ) { $0.verdict },
        .text(
            "verdict_before_training", \.verdictBeforeTraining,
            "the verdict if only what was decided before training is held fixed, the design"),
        JudgementColumn("n", "networks that entered") { $0.count },
        .number(
            "estimate", \.estimate, "Spearman's rho over all networks",
            shown: ("rho", "Spearman's, over all networks")),
        .range("interval_low", "interval_high", \.interval, "lower end of its 95 % interval", shown: "low"),
        .end("interval_high", \.interval, "upper end of its 95 % interval", shown: "high"),
        .range(
            "rounding_low", "rounding_high", \.rounding,
            "least rho of the study under other rounding errors; NULL where that was not tried"),
        .end("rounding_high", \.rounding, "greatest rho of the study under other rounding errors"),
        .number("p_value", \.pValue, "two-sided", shown: ("p_value", "of rho, two-sided")),
        .number(
            "p_westfall_young", \.correctedPValue,
            "p after Westfall and Young's correction over the measures tried, by which it stands; NULL for one that "
                + "is no predictor"),
        .number(
            "p_corrected", \.holmPValue,
            "after Holm's correction over the measures tried; NULL for one that is no predictor",
            shown: (
                "p_holm",
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
            "given_estimate", \.givenEstimate, "partial correlation given these, as lines of ranks",
            shown: ("given_rho", "partial correlation given these, as lines of ranks")),
        .number(
            "given_p_value", \.givenPValue, "two-sided", shown: ("given_p_value", "of given_rho, two-sided")),
        .number(
            "given_curved_estimate", \.givenCurvedEstimate, "correlation given curves of these",
            shown: ("given_curved_rho", "correlation given curves of these, which the verdict is from")),
        .number("given_curved_p_value", \.givenCurvedPValue, "of given curves, two-sided"),
        .number(
            "given_corrected_p_value", \.givenCorrectedPValue,
            "the same corrected over measures and conditions (Westfall and Young)"),
        .number(
            "noisy_p_value", \.noisyPValue,
            "the same if the columns held fixed that came about in training had a reliability of 0.9"),
        .number(
            "least_reliability", \.leastReliability,
            "least reliability of these columns at which the correlation survives every condition"),
        .number(
            "robustness_value", \.robustnessValue,
            "share of residual variance that an unmeasured confounder would have to explain of measure and target"),
        .number(
            "unmeasured_strength", \.unmeasuredStrength,
            "how many times as strong as the strongest measured confounder it would have to be"),
        .text("benchmark", \.benchmark, "the strongest measured confounder"),
        .number(
            "change_p_value", \.changePValue,
            "chance of so large a change given curves if the columns had nothing to do with measure and target",
            shown: (
                "change_p_value",
                "chance of so large a change given curves if the columns had nothing to do with measure and target"
            )),
        .number(
            "gain", \.gain, "share of the target's rank variance that the measure predicts beyond the baseline"),
        .number(
            "gain_error", \.gainError, "standard error of gain", shown: ("gain_se", "standard error of gain")),
        .number(
            "reliability", \.reliability,
            "share of the measure's variance that is not its own sampling error; NULL for an exact measure"),
        .number(
            "target_reliability", \.targetReliability,
            "the same of the target; NULL for an exact one"),
        .number(
            "target_reliability_within", \.targetReliabilityWithin, "the same of what the design leaves of the target"),
        .number(
            "noise_free", \.noiseFree, "estimate to be expected without these errors",
            shown: ("noise_free_rho", "rho to be expected without these errors")),
        .text("reads", \.reads, "what the measure looks at besides the weights"),
        JudgementColumn("sentence", "all of it in words") { $0.sentence },
        JudgementColumn("reason", "why there is no verdict") { $0.reason },
    ]
}
