import Parameters

/// Bennett's stand-in for weakness: how many labels of unseen points the last layer could still give.
///
/// Features φ are the outputs of the last hidden ReLU, in float32 as the network computes them. For each probe and each
/// class: is there a linear layer on φ that classifies all training points correctly and gives the probe that class,
/// all strictly? The count of such pairs is the measure. Every answer rests on a verified witness or certificate
/// (`CertificateChecker`); pairs without one are undecided and counted apart.
///
/// The count is a total over probes, a simple random sample of the unseen points, and its standard error is the
/// analytic one of such a total (`SampledTotal`): how far the count of one network would be another with other probes.
/// All networks of a study share their probes, and what these do to all alike moves no rank. The detail
/// `between_halves` lets an analysis take that part out (`halvesDetail`). Measured over sets of 100 probes: on
/// pair-proxy-mnist (six sets) counts of two sets correlate 0.939; 1 - mean se²/variance is 0.908 with the standard
/// error and 0.946 without the shared part; on pair-proxy-fashion-mnist (three sets) 0.929, 0.859 and 0.916. With 25
/// probes (two sets, MNIST) it is 0.818, 0.641 and 0.827, with 400 (four sets) 0.985, 0.974 and 0.986: Spearman and
/// Brown's formula makes 0.79 and 0.984 of 0.939.
public struct PairProxy: Measure {
    public static let about = MeasureDescription(
        id: "pair_proxy", title: "Pair proxy of weakness", family: "weakness",
        formula: "#{(j, c) : some (W, b) classifies every φ(x_i) as y_i and φ(p_j) as c}",
        source: "Bennett, arXiv 2605.05209 (there with linear programs of margin 1e-4)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels, .unseenInputs], predictedSign: .positive,
        effortUnit: "probes",
        limits:
            """
            Depends on the rank of the features more than on anything finer: dead units shrink it. Widths up to 64; \
            memory and time grow with the square and more of width times classes. A margin of 1e-4 in unscaled \
            features, as in the record, can call a pair infeasible that is feasible with huge weights. An estimate \
            over probes: counts of other sets of 100 correlate 0.94 with it on MNIST and 0.93 on Fashion-MNIST, of \
            400 probes 0.985, as Spearman and Brown's formula has it, for three times the time (a network 784-64-8-10 \
            takes 0.41 s instead of 0.12 s). Take 400 where you can.
            """,
        evidence: .init(
            "Every verdict of the pair proxy has a witness or a certificate that was checked against the features",
            openDetail: "undecided", openWords: "pairs are undecided"),
        halvesDetail: betweenHalves)

    /// `SampledTotal.betweenHalves` of the probes' numbers of feasible classes.
    private static let betweenHalves = "between_halves"

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        if let objection = subject.labellingObjection("the pair proxy", probes: 1) { return .undefined(objection) }
        return Self.value(subject.labellingAnswers, unseenCount: subject.unseen.count)
    }

    private static func value(_ answers: LabellingAnswers, unseenCount: Int) -> MeasuredValue {
        let counts = answers.counts
        var details: [String: Double] = [
            "undecided": Double(answers.separable == false ? 0 : answers.undecided),
            "infeasible": Double(answers.infeasible),
            "by_dead_unit": Double(counts.byDeadUnit), "by_harvest": Double(counts.byHarvest),
            "by_own_problem": Double(counts.byOwnProblem),
            "by_pairwise_certificate": Double(counts.byPairwiseCertificate),
            "by_full_certificate": Double(counts.byFullCertificate), "rejected": Double(counts.rejected),
            "restarts": Double(counts.restarts),
            "pivots": Double(answers.pivots),
        ]
        switch answers.separable {
        case nil:
            return MeasuredValue(
                .failed, reason: "could not decide whether the training points are separable",
                effort: answers.probeCount, details: details)
        case false:
            // No pair is feasible, whatever the probes.
            details[betweenHalves] = 0
            return MeasuredValue(
                0, effort: answers.probeCount, note: "the training points are not linearly separable on these features",
                details: details)
        default:
            guard answers.undecided == 0 else {
                return MeasuredValue(
                    .undefined,
                    reason: "\(answers.undecided) pairs are undecided; at least \(answers.feasible) are feasible",
                    effort: answers.probeCount, details: details)
            }
            let counts = (0..<answers.probeCount).map { answers.feasibleClasses($0).count }
            let total = SampledTotal(counts, largest: answers.classCount, outOf: unseenCount)
            details[betweenHalves] = total.betweenHalves
            return MeasuredValue(
                total.value, standardError: total.standardError, effort: answers.probeCount,
                note: total.betweenHalves == nil
                    ? "one probe tells nothing of its standard error, which is the most that it can be" : nil,
                details: details)
        }
    }
}
