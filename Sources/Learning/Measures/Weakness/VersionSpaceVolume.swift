import Foundation
import Parameters

/// How much of the space of last layers is right on every training point, as a logarithm.
///
/// P is the probability that W with rows N(0, G⁻¹) classifies every training point correctly, G = (1/n) Σ h hᵀ over the
/// training points' last features h with a 1 appended: random functions in the whitened span of the features. -ln P is
/// the divergence of Theorem 7 for the last layer. Estimated by splitting (`VersionSpaceWalk`); the value is the mean
/// of the runs' logarithms. The detail `label_entropy_bits` is Σ_j H(label of probe j) for W from that law given that
/// it is right on the training points.
///
/// - Complexity: O(runs · particles · sweeps · K · f · n · |ln P|) for f features and n points; particles · n · K
///   numbers.
public struct VersionSpaceVolume: Measure {
    public static let about = VersionSpaceMeasures.describe(
        id: "version_space_log10", title: "Volume of the version space (log10)",
        formula: "mean over runs of log10 P, P = P(W right on every training point), W's rows ~ N(0, G⁻¹)",
        limits:
            """
            A volume under a law that the training points choose, by whitening; under a fixed law on raw weights it \
            would not be invariant. A logarithm's mean lies below the mean's logarithm: that is not in the error.
            """)

    private let choice: VersionSpaceRun.Choice

    public init(options: ParameterValues) { choice = VersionSpaceRun.Choice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        VersionSpaceMeasures.runs(subject, choice) { runs, features, _ in
            let (mean, error) = meanAndError(runs.map { $0.logVolume / log(10) })
            let entropy = runs.reduce(0) { $0 + $1.labelEntropy } / Double(runs.count)
            return MeasuredValue(
                mean, standardError: error, effort: runs.count,
                details: subject.probeCount > 0 && features.spansProbes ? ["label_entropy_bits": entropy] : [:])
        }
    }
}

/// How much of the version space agrees with the network on the probes, as a logarithm.
///
/// Q is the share of last layers right on the training points, under the law of `version_space_log10`, that label every
/// probe as the network does. The runs of the volume go on, adding the probes with the network's labels in a random
/// order.
public struct FunctionVolume: Measure {
    public static let about = VersionSpaceMeasures.describe(
        id: "function_volume_log10", title: "Volume of the network's own function (log10)",
        formula: "mean over runs of log10 P(W labels all probes as the network does | W right on the training points)",
        limits:
            """
            Of the network's function on the probes, with hidden layers frozen; falls with the number of probes.
            """)

    private let choice: VersionSpaceRun.Choice

    public init(options: ParameterValues) { choice = VersionSpaceRun.Choice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        if let objection = subject.labellingObjection("a volume", probes: 1) { return .undefined(objection) }
        let classes = subject.architecture.classCount
        let logits = subject.probePass.logits.map(Double.init)
        guard logits.allSatisfy(\.isFinite) else { return .undefined("the network's outputs are not finite") }
        let labels = (0..<subject.probeCount).map { largest(logits, from: $0 * classes, classes) }
        return VersionSpaceMeasures.runs(subject, choice, Self.objection(subject, labels)) { runs, features, problem in
            guard features.spansProbes else {
                return .undefined("some probes lie outside the span of the training points' features")
            }
            let stream = subject.stream("function-volume", seed: choice.seed)
            let shares = runs.enumerated().compactMap { index, run in
                (0..<3).lazy.compactMap {
                    run.logShare(
                        labels: labels, choice, features, problem, stream.child(UInt64(index)).child(UInt64($0)))
                }.first
            }
            guard shares.count == runs.count else { return VersionSpaceMeasures.extinct }
            let (mean, error) = meanAndError(shares.map { $0 / log(10) })
            return MeasuredValue(mean, standardError: error, effort: runs.count)
        }
    }

    /// Why no last layer need give the probes the network's labels: its own does, unless it is wrong on a training
    /// point or a probe's label rests on units that no training point activates, which the volume does not see.
    private static func objection(_ subject: Subject, _ labels: [Int]) -> String? {
        guard subject.trainingClassification.accuracy == 1 else {
            return "the network is wrong on some training points: its labels need not go with theirs"
        }
        let problem = subject.labellingProblem
        let scaled = ScaledFeatures(problem)
        guard (0..<problem.probeCount).contains(where: { scaled.deadUnit(activatedBy: $0) != nil }) else { return nil }
        let live = scaled.liveUnits
        let features = problem.liveFeatures(live) + [Double](repeating: 1, count: live.isEmpty ? problem.pointCount : 0)
        let probes = problem.liveProbes(live) + [Double](repeating: 1, count: live.isEmpty ? problem.probeCount : 0)
        let both = LabellingProblem(
            classCount: problem.classCount, width: max(1, live.count), features: features + probes,
            labels: problem.labels + labels)
        return LabellingSolver.solve(both).separable == true
            ? nil : "units that no training point activates decide labels of probes, and a volume does not see them"
    }
}

/// What both volumes share.
enum VersionSpaceMeasures {
    static func describe(
        id: String, title: String, formula: String, limits: String
    ) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "weakness", formula: formula,
            source:
                """
                Theorem 7 of Bennett, arXiv 2605.05209, for the last layer; splitting: Cérou et al., Statistics and \
                Computing 22, 2012
                """,
            invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
            reads: [.trainingInputs, .trainingLabels, .unseenInputs], predictedSign: .positive, effortUnit: "runs",
            limits: limits, options: VersionSpaceRun.Choice.options)
    }

    static let extinct = MeasuredValue(.failed, reason: "all particles of a run died in three tries; take more")
    /// Scores kept for all particles: 1 GiB.
    private static let mostScores = 1 << 27

    /// What a formula makes of the runs, which both measures of a network share.
    ///
    /// - Parameter objection: asked once the training points are known to be separable, before anything that costs.
    static func runs(
        _ subject: Subject, _ choice: VersionSpaceRun.Choice, _ objection: @autoclosure () -> String? = nil,
        _ formula: (_ runs: [VersionSpaceRun], WhitenedFeatures, LabellingProblem) -> MeasuredValue
    ) -> MeasuredValue {
        if let objection = subject.labellingObjection("a volume", probes: 0) { return .undefined(objection) }
        let scores =
            choice.particles * (subject.training.count + subject.probeCount) * subject.architecture.classCount
        guard scores <= mostScores else {
            return .undefined("\(scores) scores of particles at points are too many to keep; take fewer particles")
        }
        let answers = subject.labellingAnswers
        guard answers.separable == true else { return .notSeparable(answers) }
        if let objection = objection() { return .undefined(objection) }
        let problem = subject.labellingProblem
        let features = WhitenedFeatures(problem)
        let stream = subject.stream("version-space", seed: choice.seed)
        guard
            let runs = subject.versionSpaceRuns[choice]
                ?? VersionSpaceRun.all(choice, features, problem, stream)
        else { return extinct }
        subject.versionSpaceRuns[choice] = runs
        return formula(runs, features, problem)
    }
}
