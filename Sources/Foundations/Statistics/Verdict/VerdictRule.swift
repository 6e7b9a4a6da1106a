/// The rule behind each word of a verdict.
///
/// A measure that reads what it would have to predict is `not a predictor`, whatever its correlation. For the others,
/// with all tests at `level` (5 %):
///
/// 1. The raw Spearman correlation *stands* if its p, after Holm's correction over all measures that may predict, is
///    below the level.
/// 2. Each condition is held fixed (partial rank correlation): the design, that is regime and grid; then each
///    confounder together with the design; then all confounders at once with it. The raw correlation *survives* a
///    condition if the partial one has the same sign, an uncorrected p below the level, and at least half its size, or
///    no less than chance takes (`disagreementTest`). With less than half left, by more than chance takes, it is *lost*
///    if what is left is not told from nothing, *weakened* if it is. Otherwise the condition leaves it *open*: the
///    study is too small to tell, or the condition could not be held fixed. What would be lost given a confounder that
///    is nearly the measure itself (`sameness`) is left open too: two names of one quantity cannot refute each other.
/// 3. It stands and is lost under a condition, or measure or target are a function of it: `confounded`.
/// 4. It stands and a condition weakens it or leaves it open; or its bootstrap interval, drawn over whole
///    configurations where there are many, includes 0; or its correlations within the configurations differ by more
///    than chance (Cochran's Q) and one has the other sign than their mean with a p below the level, or the prediction
///    interval of another one's true correlation includes 0: `unstable`. So is one that does not stand, but does given
///    the design after Holm's correction, if the change is more than chance takes: what the design adds to the target
///    hides it, or works against it.
/// 5. It stands and nothing of that: `supported`.
/// 6. It does not stand: `undetectable at this n`.
///
/// What refutes is not corrected for its number: a survival must be earned under every condition. What the measure adds
/// to a baseline is shown and decides nothing, as the partial correlations have asked the same already.
///
/// Limits: a confounder that was not measured, or measured with noise, is not held fixed, and what a measure causes may
/// be held fixed as if it were a confounder. `basin simulate verdicts` measures how often each word is wrong.
public struct VerdictRule: Sendable, Hashable {
    public var level = 0.05
    /// For the size of rho that a study of this many models would find.
    public var power = 0.8
    /// A correlation of which less is left counts as lost, if it is more than chance.
    public var remainingShare = 0.5
    /// A confounder whose rank correlation with a measure is at least this in size may be the measure under another
    /// name.
    public var sameness = 0.95
    public var permutation = Permutation(seed: 20_260_509, permutations: 999)
    /// Nil for no bootstrap, as with very many models: the analytic interval speaks then.
    public var bootstrap: Bootstrap? = Bootstrap(seed: 20_260_509, resamples: 2000)
    /// Fewer configurations than this say little by being drawn again: models are drawn instead.
    public var leastConfigurations = 10
    /// Folds and repeats of the gain beyond the baseline.
    public var gain = CrossFitting(seed: 20_260_509)

    public init() {}

    /// One verdict a candidate, in their order.
    ///
    /// - Complexity: for each candidate, a bootstrap and one partial correlation a condition; a permutation test only
    ///   where a partial correlation does not survive.
    public func judge(_ evidence: Evidence) -> [Verdict] {
        let clusters = evidence.configurations.flatMap { resampledConfigurations($0, least: leastConfigurations) }
        let raws = evidence.candidates.map { raw($0, evidence.target, clusters) }
        let corrected = holmAdjusted(zip(evidence.candidates, raws).map { $0.mayPredict ? $1.pValue : nil })
        let givenDesign = evidence.design.map { design in
            evidence.candidates.map { partial($0.column, evidence.target, design.columns).correlation }
        }
        let givenDesignCorrected = givenDesign.map { partials in
            holmAdjusted(zip(evidence.candidates, partials).map { $0.mayPredict ? $1.pValue : nil })
        }
        let tried = evidence.candidates.count(where: \.mayPredict)
        let tested = corrected.count { $0 != nil }
        return evidence.candidates.indices.map { index in
            verdict(
                evidence.candidates[index], evidence, raw: raws[index], corrected: corrected[index],
                hiddenP: givenDesignCorrected?[index], tried: tried, tested: tested)
        }
    }

    private func raw(_ candidate: Candidate, _ target: Column, _ clusters: [String?]?) -> Correlation {
        let rows = CompleteRows(of: [candidate.column, target])
        return correlate(
            rows.variable(candidate.column), rows.variable(target), bootstrap: bootstrap,
            clusters: clusters.map(rows.parts))
    }

    private func verdict(
        _ candidate: Candidate, _ evidence: Evidence, raw: Correlation, corrected: Double?, hiddenP: Double?,
        tried: Int,
        tested: Int
    ) -> Verdict {
        let stands = (corrected ?? raw.pValue ?? 1) < level
        let trials = trials(of: candidate, evidence, raw: raw, stands: stands, hiddenP: hiddenP)
        let strata = strata(candidate, evidence)
        let doubts =
            stands ? self.doubts(raw, trials, strata) : trials.contains { $0.outcome == .hidden } ? [.trial] : []
        let word = word(candidate, raw, stands: stands, trials, doubts)
        return Verdict(
            measure: candidate.name, word: word, doubts: word == .unstable ? doubts : [], raw: raw,
            correctedPValue: corrected, tried: tried, tested: tested, trials: trials, gain: gain(candidate, evidence),
            detectable: detectableCorrelation(
                count: raw.count, method: .spearman, level: level, power: power, tests: max(1, tested)),
            reliability: reliability(candidate, evidence.target), strata: strata)
    }

    private func word(
        _ candidate: Candidate, _ raw: Correlation, stands: Bool, _ trials: [Verdict.Trial], _ doubts: [Verdict.Doubt]
    ) -> Verdict.Word? {
        guard raw.estimate != nil else { return nil }
        guard candidate.mayPredict else { return .notAPredictor }
        if trials.contains(where: { $0.outcome == .lost }) { return .confounded }
        if !doubts.isEmpty { return .unstable }
        return stands ? .supported : .undetectable
    }

    /// What speaks against a raw correlation that stands.
    private func doubts(_ raw: Correlation, _ trials: [Verdict.Trial], _ strata: WithinStrata?) -> [Verdict.Doubt] {
        var doubts: [Verdict.Doubt] = []
        if trials.contains(where: \.isOpen) { doubts.append(.trial) }
        if let bounds = raw.bootstrap?.bounds ?? raw.interval, bounds.lower <= 0, bounds.upper >= 0 {
            doubts.append(.interval)
        }
        if let p = contradiction(in: strata) { doubts.append(.strata(heterogeneityP: p)) }
        return doubts
    }

    /// Correlations within the configurations of the design.
    private func strata(_ candidate: Candidate, _ evidence: Evidence) -> WithinStrata? {
        guard let labels = evidence.configurations else { return nil }
        let rows = CompleteRows(of: [candidate.column, evidence.target])
        return withinStrata(
            rows.variable(candidate.column), rows.variable(evidence.target), strata: rows.labels(labels))
    }

    /// The p of strata that differ by more than chance where one has the other sign than their mean, with a p below the
    /// level, or another one's true correlation may lie on either side of 0; nil otherwise.
    private func contradiction(in strata: WithinStrata?) -> Double? {
        guard let strata, case .success(let pooled) = strata.pooled, let heterogeneity = pooled.heterogeneity,
            heterogeneity.pValue < level
        else { return nil }
        let isOpposed = strata.strata.contains { stratum in
            guard stratum.weight != nil, let rho = stratum.correlation.estimate, let p = stratum.correlation.pValue
            else { return false }
            return rho * pooled.value < 0 && p < level
        }
        let next = randomEffects(
            strata.strata.filter { $0.weight != nil }.compactMap { stratum in
                stratum.correlation.estimate.map {
                    StudyCorrelation(stratum.label, value: $0, count: stratum.correlation.count)
                }
            })
        let prediction = (try? next.get())?.pauleMandel.predictionInterval
        let mayTurn = prediction.map { $0.lower <= 0 && $0.upper >= 0 } ?? false
        return isOpposed || mayTurn ? heterogeneity.pValue : nil
    }
}

extension VerdictRule {
    private func gain(_ candidate: Candidate, _ evidence: Evidence) -> Result<CrossFittedGain, UndefinedGain> {
        let baseline = evidence.baseline.filter { $0.name != candidate.name && $0.name != evidence.target.name }
        let rows = CompleteRows(of: [candidate.column, evidence.target] + baseline)
        return crossFittedGain(
            of: rows.variable(candidate.column), beyond: baseline.map(rows.variable),
            target: rows.variable(evidence.target),
            crossFitting: gain)
    }

    /// Over the models that entered the raw correlation.
    private func reliability(_ candidate: Candidate, _ target: Column) -> Result<Reliability, UndefinedReliability>? {
        guard let errors = candidate.standardErrors else { return nil }
        let errorColumn = Column("standard error", errors)
        let rows = CompleteRows(of: [candidate.column, target, errorColumn])
        return Statistics.reliability(
            of: rows.variable(candidate.column), standardErrors: rows.variable(errorColumn).values)
    }
}
