/// The rule behind each word of a verdict.
///
/// A measure that reads what it would have to predict is `not a predictor`, whatever its correlation. For the others,
/// with all tests at `level` (5 %):
///
/// 1. The raw Spearman correlation *stands* if its p, corrected over all measures that may predict by Westfall and
///    Young's step-down method, is below the level. Where there are `leastConfigurations` or more configurations that
///    seeds repeat, whole configurations change places: networks of one are no independent witnesses.
/// 2. Each condition is held fixed: the design, that is all configurations as categories (their main effects where
///    too few models repeat them); then each confounder together with the design; then all confounders at once with
///    it. Confounders are curves of their ranks (`HeldColumns.init(_:x:y:_:)`), and what is left of the normal scores
///    of measure and target, in which effects add up that would not in ranks, is held against random orders
///    (`ResidualTest`). The raw correlation *survives* a condition if the one left has the same sign, an uncorrected p
///    below the level, also with confounders held as finely as the models bear (`FinestControls`), and at least half
///    its size, or no less than chance takes (`changeTest`). With less than half left, by more than chance takes, it
///    is *lost* if what is left is not told from nothing, *reversed* if it stands with the other sign, *weakened*
///    otherwise. Where so little of the measure is left that the slope of the raw correlation is not refuted, nothing
///    is lost: the two cannot be told apart. All else leaves it *open*.
/// 3. Given a condition it stands after correction over measures and conditions, and with everything held fixed it has
///    the same sign and a p below the level, both also with the finest controls and with noise in the confounders (see
///    8); and the raw correlation does not stand, or has the other sign: `masked`. Where it does not stand and noise
///    could explain what shows with everything held fixed: `fragile`.
/// 4. It does not stand: `undetectable at this n`.
/// 5. It stands and is lost or reversed under a condition, or measure or target are a function of the design:
///    `confounded`.
/// 6. It stands and a condition weakens it; or its bootstrap interval, drawn over whole configurations where there are
///    many, includes 0; or its correlations within the configurations differ by more than chance (Cochran's Q) and one
///    has the other sign than their mean with a p below the level, or the prediction interval of another one's true
///    correlation includes 0: `unstable`.
/// 7. It stands and a condition leaves it open, or the configurations could not be held fixed: `open`.
/// 8. It survives all, but not if the confounders are taken to have a reliability of `noisyReliability`, or their own
///    where that is known, at half the level: `fragile`.
/// 9. Nothing of that: `supported`.
///
/// What refutes is not corrected for its number: a survival must be earned under every condition. What the measure adds
/// to a baseline is shown and decides nothing, as the partial correlations have asked the same already.
///
/// Limits: a confounder that was not measured is not held fixed (`Verdict.Sensitivity` says how strong it would have to
/// be), and what a measure causes may be held fixed as if it were a confounder. `basin simulate verdicts` measures how
/// often each word is wrong, and in which worlds.
public struct VerdictRule: Sendable, Hashable {
    public var level = 0.05
    /// For the size of rho that a study of this many models would find.
    public var power = 0.8
    /// A correlation of which less is left counts as lost, if it is more than chance.
    public var remainingShare = 0.5
    /// The reliability that confounders of unknown noise may have without harm to what is called supported.
    public var noisyReliability = 0.9
    public var permutation = Permutation(seed: 20_260_509, permutations: 999)
    /// Nil for no bootstrap, as with very many models: the analytic interval speaks then.
    public var bootstrap: Bootstrap? = Bootstrap(seed: 20_260_509, resamples: 2000)
    /// Fewer configurations than this say little by being drawn again: models are drawn instead.
    public var leastConfigurations = 10
    /// Folds and repeats of the gain beyond the baseline.
    public var gain = CrossFitting(seed: 20_260_509)
    /// False to find the words alone: no gain, no sensitivity, no least reliability, no interval of what does not
    /// stand.
    public var showsBackground = true
    var flexibility = Flexibility()

    public init() {}

    /// One verdict a candidate, in their order.
    ///
    /// - Complexity: for each candidate, a bootstrap and 999 random orders of the rows; for each condition as many
    ///   more, and a least-squares fit on the columns that curves and categories take.
    public func judge(_ evidence: Evidence) -> [Verdict] {
        let design = Design(of: evidence, flexibility, leastConfigurations: leastConfigurations)
        // The columns that a condition holds and tries. Those of the candidates come besides: two conditions of 100,000
        // rows and 29 candidates take a gigabyte together.
        let bytes = 3 * 8 * flexibility.mostColumns * evidence.target.values.count
        let raws = eachAtOnce(evidence.candidates, holding: bytes) { raw($0, evidence, design) }
        func family<Value>(_ values: [Value?]) -> [Value?] {
            zip(evidence.candidates, values).map { $0.mayPredict ? $1 : nil }
        }
        let holm = holmAdjusted(family(raws.map(\.correlation.pValue)))
        let corrected = stepDownAdjusted(family(raws.map { $0.test.map { (abs($0.statistic), $0.orders) } }))
        let conditions = evidence.candidates.map { design.conditions(for: $0.name, target: evidence.target.name) }
        let standing = zip(raws, corrected).map { raw, corrected in
            (corrected ?? raw.correlation.pValue ?? 1) < level
        }
        let found = heldFixed(conditions, raws, standing, evidence, design, holding: bytes)
        let flat = stepDownAdjusted(
            zip(evidence.candidates, found).flatMap { candidate, held in
                held.map { held in
                    guard candidate.mayPredict, case .success(let test) = held.curved else { return nil }
                    return (abs(test.statistic), test.orders)
                }
            })
        let tried = evidence.candidates.count(where: \.mayPredict)
        let starts = found.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
        return eachAtOnce(Array(evidence.candidates.indices), holding: bytes) { index in
            let candidate = evidence.candidates[index]
            let (raw, held) = (raws[index], found[index])
            let pValues = Array(flat[starts[index]..<starts[index + 1]])
            let stands = standing[index]
            let correlation = showsBackground || stands ? withInterval(candidate, evidence, design) : raw.correlation
            let trials = zip(held, pValues).map { trial($0, raw: raw, stands: stands, corrected: $1) }
            let strata = strata(candidate, evidence)
            let doubts = stands ? self.doubts(correlation, trials, strata) : []
            func word(_ trials: [Verdict.Trial], _ doubts: [Verdict.Doubt]) -> Verdict.Word? {
                self.word(candidate, raw.correlation, stands: stands, trials, doubts, design)
            }
            let said = word(trials, doubts)
            let before = trials.filter { $0.names == design.names }
            return Verdict(
                measure: candidate.name, word: said,
                wordBeforeTraining: word(
                    before, stands ? self.doubts(correlation, before, strata) : []),
                doubts: said == .unstable ? doubts : [], raw: correlation, holmPValue: holm[index],
                correctedPValue: corrected[index], tried: tried, tested: holm.count { $0 != nil }, trials: trials,
                unmasking: said == .masked || (said == .fragile && !stands) ? unmasking(trials) : nil,
                holdsConfigurations: design.holdsConfigurations,
                leastReliability: leastReliability(held, trials, said),
                sensitivity: showsBackground && (stands || said == .masked || said == .fragile)
                    ? sensitivity(candidate, evidence, design) : nil,
                gain: showsBackground ? gain(candidate, evidence, design) : .failure(.notAsked),
                detectable: detectableCorrelation(
                    count: raw.correlation.count, method: .spearman, level: level, power: power,
                    tests: max(1, holm.count { $0 != nil })),
                reliability: reliability(candidate.column, candidate.standardErrors, beside: evidence.target),
                targetReliability: reliability(evidence.target, evidence.targetErrors, beside: candidate.column),
                targetReliabilityWithin: reliability(
                    evidence.target, evidence.targetErrors, beside: candidate.column, design), strata: strata)
        }
    }

    /// What is left of each candidate under each of its conditions: condition by condition, as candidates share what is
    /// held.
    private func heldFixed(
        _ conditions: [[Design.Condition]], _ raws: [Raw], _ standing: [Bool], _ evidence: Evidence, _ design: Design,
        holding bytes: Int
    ) -> [[Held]] {
        var places: [Design.Condition: [(candidate: Int, place: Int)]] = [:]
        for (candidate, all) in conditions.enumerated() {
            for (place, condition) in all.enumerated() { places[condition, default: []].append((candidate, place)) }
        }
        // Those with most columns first, so that no thread is left with the longest at the end.
        let jobs = places.sorted {
            ($0.key.confounders.count, $0.value[0].candidate, $0.value[0].place)
                > ($1.key.confounders.count, $1.value[0].candidate, $1.value[0].place)
        }
        let results = eachAtOnce(jobs.map { $0 }, holding: bytes) { job in
            Held.each(
                job.key,
                job.value.map {
                    Tried(
                        candidate: evidence.candidates[$0.candidate], raw: raws[$0.candidate],
                        stands: standing[$0.candidate])
                }, evidence, design, self)
        }
        var found = conditions.map { [Held?](repeating: nil, count: $0.count) }
        for (job, held) in zip(jobs, results) {
            for (place, held) in zip(job.value, held) { found[place.candidate][place.place] = held }
        }
        return found.map { $0.compactMap(\.self) }
    }

    /// The raw correlation with its bootstrap interval, drawn over whole configurations where there are many.
    private func withInterval(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Correlation {
        let rows = CompleteRows(of: [candidate.column, evidence.target])
        return correlate(
            rows.variable(candidate.column), rows.variable(evidence.target), bootstrap: bootstrap,
            clusters: design.repeated.map(rows.parts))
    }

    /// The raw correlation, its test against random orders, and the correlation of normal scores, which is their slope,
    /// too.
    func raw(_ candidate: Candidate, _ evidence: Evidence, _ design: Design) -> Raw {
        let rows = CompleteRows(of: [candidate.column, evidence.target])
        let (x, y) = (rows.variable(candidate.column), rows.variable(evidence.target))
        let clusters = design.repeated.map(rows.parts)
        let correlation = correlate(x, y)
        guard correlation.estimate != nil else { return Raw(correlation: correlation, test: nil, whole: nil) }
        let (ranksX, ranksY) = (centred(midranks(x.values)), centred(midranks(y.values)))
        let total = dot(ranksX, ranksX)
        return Raw(
            correlation: correlation,
            test: ResidualTest(
                ranksX, ranksY, total: total, degreesOfFreedom: x.values.count - 2, columns: 0,
                isStudentised: false, clusters.map(Exchange.whole) ?? .rows, permutation),
            whole: productMoment(normalScores(of: x) ?? [], normalScores(of: y) ?? []))
    }

    private func word(
        _ candidate: Candidate, _ raw: Correlation, stands: Bool, _ trials: [Verdict.Trial], _ doubts: [Verdict.Doubt],
        _ design: Design
    ) -> Verdict.Word? {
        guard let rho = raw.estimate else { return nil }
        guard candidate.mayPredict else { return .notAPredictor }
        if design.holdsConfigurations, let all = trials.last, let shown = unmasking(trials)?.value {
            let isRobust = isResolved(all.finest, sign: shown) && survivesNoise(all, sign: shown)
            if isRobust, !stands || shown * rho < 0 { return .masked }
            if !stands { return .fragile }
        }
        if !stands { return .undetectable }
        if trials.contains(where: { $0.outcome == .lost || $0.outcome == .reversed }) { return .confounded }
        if !doubts.isEmpty { return .unstable }
        if trials.contains(where: \.isOpen) || !design.holdsConfigurations { return .open }
        return trials.allSatisfy { survivesNoise($0, sign: rho) } ? .supported : .fragile
    }

    private func survivesNoise(_ trial: Verdict.Trial, sign: Double) -> Bool {
        trial.noisy.map { survives($0, sign: sign) } ?? true
    }

    /// The least reliability of the confounders at which all conditions that the word asks leave the correlation told
    /// from nothing; nil where that is none, or no noise is unknown.
    private func leastReliability(_ held: [Held], _ trials: [Verdict.Trial], _ word: Verdict.Word?) -> Double? {
        guard word == .supported || word == .fragile || word == .masked else { return nil }
        let shown = unmasking(trials)?.names
        let asked = held.filter { held in
            held.hasUnknownNoise
                && (word == .supported || shown == nil || held.condition.names == shown
                    || held.condition.names == trials.last?.names)
        }
        let least = asked.map(\.leastReliability)
        return least.contains(nil) ? nil : least.compactMap(\.self).max()
    }

    /// The least condition that shows a correlation, after correction and with noise in the confounders, where
    /// everything held fixed shows one of the same sign, too.
    private func unmasking(_ trials: [Verdict.Trial]) -> Verdict.Trial? {
        guard let all = trials.last, let whole = all.value, (all.pValue ?? 1) < level else { return nil }
        return trials.first { trial in
            guard let value = trial.value, value * whole > 0 else { return false }
            return (trial.correctedPValue ?? 1) < level && isResolved(trial.finest, sign: value)
                && survivesNoise(trial, sign: value)
        }
    }

    /// What speaks against a raw correlation that stands.
    private func doubts(_ raw: Correlation, _ trials: [Verdict.Trial], _ strata: WithinStrata?) -> [Verdict.Doubt] {
        var doubts: [Verdict.Doubt] = []
        if trials.contains(where: { $0.outcome == .weakened }) { doubts.append(.trial) }
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
