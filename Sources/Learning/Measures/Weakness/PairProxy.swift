import Parameters

/// Bennett's stand-in for weakness: how many labels of unseen points the last layer could still give.
///
/// Features φ are the outputs of the last hidden ReLU, in float32 as the network computes them. For each probe and each
/// class: is there a linear layer on φ that classifies all training points correctly and gives the probe that class,
/// all strictly? The count of such pairs is the measure. Every answer rests on a verified witness or certificate
/// (`CertificateChecker`); pairs without one are undecided and counted apart.
public struct PairProxy: Measure {
    public static let about = MeasureDescription(
        id: "pair_proxy", title: "Pair proxy of weakness", family: "weakness",
        formula: "#{(j, c) : some (W, b) classifies every φ(x_i) as y_i and φ(p_j) as c}",
        source: "Bennett, arXiv 2605.05209 (there with linear programs of margin 1e-4)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels, .unseenInputs], predictedSign: .positive,
        effortUnit: "simplex pivots",
        limits:
            """
            Depends on the rank of the features more than on anything finer: dead units shrink it. Widths up to 64; \
            memory and time grow with the square and more of width times classes. A margin of 1e-4 in unscaled \
            features, as in the record, can call a pair infeasible that is feasible with huge weights.
            """,
        evidence: .init(
            "Every verdict of the pair proxy has a witness or a certificate that was checked against the features",
            openDetail: "undecided", openWords: "pairs are undecided"))

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        guard subject.probeCount > 0 else {
            return MeasuredValue(.undefined, reason: "the study names no probes (data: probes)")
        }
        let width = subject.architecture.featureWidth
        guard width <= 64 else {
            return MeasuredValue(
                .undefined, reason: "the last hidden layer has \(width) units; the pair proxy takes at most 64")
        }
        let features = subject.trainingPass.features
        guard features.allSatisfy(\.isFinite), subject.probeFeatures.allSatisfy(\.isFinite) else {
            return MeasuredValue(.undefined, reason: "some features are not finite")
        }
        let answers = LabellingSolver.solve(
            LabellingProblem(
                classCount: subject.architecture.classCount, width: width, features: features,
                labels: subject.training.labels, probes: subject.probeFeatures))
        return Self.value(answers)
    }

    static func value(_ answers: LabellingAnswers) -> MeasuredValue {
        let counts = answers.counts
        let details: [String: Double] = [
            "undecided": Double(answers.separable == false ? 0 : answers.undecided),
            "infeasible": Double(answers.infeasible),
            "by_dead_unit": Double(counts.byDeadUnit), "by_harvest": Double(counts.byHarvest),
            "by_own_problem": Double(counts.byOwnProblem),
            "by_pairwise_certificate": Double(counts.byPairwiseCertificate),
            "by_full_certificate": Double(counts.byFullCertificate), "rejected": Double(counts.rejected),
            "restarts": Double(counts.restarts),
        ]
        switch answers.separable {
        case nil:
            return MeasuredValue(
                .failed, reason: "could not decide whether the training points are separable", effort: answers.pivots,
                details: details)
        case false:
            return MeasuredValue(
                0, effort: answers.pivots, note: "the training points are not linearly separable on these features",
                details: details)
        default:
            guard answers.undecided == 0 else {
                return MeasuredValue(
                    .undefined,
                    reason: "\(answers.undecided) pairs are undecided; at least \(answers.feasible) are feasible",
                    effort: answers.pivots, details: details)
            }
            return MeasuredValue(Double(answers.feasible), effort: answers.pivots, details: details)
        }
    }
}
