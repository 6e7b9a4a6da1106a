import Parameters
import Randomness

/// How many labellings of some probes together the last layer could give, as a logarithm.
///
/// Where the pair proxy asks about one probe at a time, this counts the labellings of a set of probes that some linear
/// layer on the last features gives while it classifies every training point correctly: the full-dimensional cells into
/// which the probes' boundaries cut the version space. Estimated without bias of the count (`LabellingCounter`), for
/// several random subsets of the study's probes, the same for all networks; the value is the mean of the estimates'
/// logarithms, which lies below the count's by about ½ ln 10 · σ² (σ: sd of one pass). The standard error is that of
/// the subsets' choice, with the estimates' own scatter.
public struct LabellingCount: Measure {
    public static let about = JointLabellings.describe(
        id: "labelling_count_log10", title: "Joint labellings of probes (log10)",
        formula: "mean over sets S of log10 #{labellings of S that some (W, b) right on the training points gives}",
        limits:
            """
            Ranks networks as the pair proxy does (Spearman 0.94 on pair-proxy-mnist) and predicts no better, though \
            the labels of 20 probes bind each other: some 5 decades fewer go together than the probes allow one by \
            one. The logarithm's bias is in the value, not in the error.
            """)

    private let joint: JointLabellings

    public init(options: ParameterValues) { joint = JointLabellings(options, counting: .labellings) }

    public func evaluate(_ subject: Subject) -> MeasuredValue { joint.evaluate(subject) }
}

/// The size of the extension of the last layer's policy over sets of probes, as a logarithm: labellings of every
/// subset.
///
/// E(S) = Σ over T ⊆ S of the number of labellings of T, the paper's |Ext(π)| over the programs of S. As
/// `labelling_count_log10` otherwise.
public struct ExtensionCount: Measure {
    public static let about = JointLabellings.describe(
        id: "extension_count_log10", title: "Joint labellings of subsets of probes (log10)",
        formula: "mean over sets S of log10 Σ_{T ⊆ S} #{labellings of T that some (W, b) right on the points gives}",
        limits:
            """
            As labelling_count_log10, whose ranks it has but for the noise of both: the sum is carried by subsets that \
            label most of the probes.
            """)

    private let joint: JointLabellings

    public init(options: ParameterValues) { joint = JointLabellings(options, counting: .extensions) }

    public func evaluate(_ subject: Subject) -> MeasuredValue { joint.evaluate(subject) }
}

/// What both counts share.
struct JointLabellings {
    static func describe(id: String, title: String, formula: String, limits: String) -> MeasureDescription {
        MeasureDescription(
            id: id, title: title, family: "weakness", formula: formula,
            source:
                """
                weakness: Bennett, arXiv 2605.05209, leaves it open; stochastic enumeration: Vaisman and Kroese, arXiv \
                1401.4421
                """,
            invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
            reads: [.trainingInputs, .trainingLabels, .unseenInputs], predictedSign: .positive,
            effortUnit: "programs", limits: limits,
            options: [
                Parameter("probes", integers: 1...40, default: 20, "probes of a set"),
                Parameter("subsets", integers: 2...10_000, default: 6, "sets of probes, the same for all networks"),
                Parameter("budget", integers: 1...100_000, default: 16, "partial labellings kept at a time"), .seed,
            ],
            evidence: .init(
                """
                Every label that a joint count allows has a witness, and every one that it excludes a certificate, \
                checked against the features
                """, openDetail: "undecided", openWords: "questions are undecided"),
            halvesDetail: halves)
    }

    private static let halves = "between_halves"

    private let probes: Int
    private let subsets: Int
    private let budget: Int
    private let seed: UInt64
    private let target: LabellingCounter.Target

    init(_ options: ParameterValues, counting target: LabellingCounter.Target) {
        probes = options.integer("probes")
        subsets = options.integer("subsets")
        budget = options.integer("budget")
        seed = UInt64(options.integer("seed"))
        self.target = target
    }

    func evaluate(_ subject: Subject) -> MeasuredValue {
        if let objection = subject.labellingObjection("a joint count", probes: probes) { return .undefined(objection) }
        let answers = subject.labellingAnswers
        guard answers.separable == true else { return .notSeparable(answers) }
        let problem = subject.labellingProblem
        let bytes = LabellingSimplex.bytes(
            points: problem.pointCount, width: problem.width + 1, classCount: problem.classCount, room: probes)
        guard 2 * budget * bytes <= 1 << 31 else {
            return .undefined(
                "\(budget) partial labellings of \(bytes) bytes are too many to keep; take a smaller budget")
        }
        let shared = NativeStream(seed: seed).child("labelling-subsets")
        let own = subject.stream("labelling-count", seed: seed)
        var (logarithms, programs, undecided, pivots, restarts): ([Double], Int, Int, Int, Int) = ([], 0, 0, 0, 0)
        for subset in 0..<subsets {
            var stream = shared.child(UInt64(subset))
            let chosen = Array(stream.permutation(of: subject.probeCount).prefix(probes))
            let counter = LabellingCounter(
                problem.selected(probes: chosen), rootClasses: chosen.map(answers.feasibleClasses), counting: target,
                budget: budget)
            guard let pass = counter.run(own.child(UInt64(subset))) else {
                return MeasuredValue(.failed, reason: "could not find a classifier of the training points")
            }
            logarithms.append(pass.log10Count)
            programs += pass.programs
            // What the pair proxy leaves open is left out here as well.
            undecided += pass.undecided + chosen.reduce(0) { $0 + answers.undecidedClasses($1) }
            pivots += pass.pivots
            restarts += pass.restarts
        }
        let details: [String: Double] = [
            "undecided": Double(undecided), "pivots": Double(pivots), "restarts": Double(restarts),
        ]
        guard Double(undecided) <= 1e-4 * Double(programs) else {
            return MeasuredValue(
                .undefined, reason: "\(undecided) of \(programs) questions are undecided", effort: programs,
                details: details)
        }
        let (mean, error) = meanAndError(logarithms)
        return MeasuredValue(
            mean, standardError: error, effort: programs,
            details: details.merging([Self.halves: halvesDifference(logarithms)]) { $1 })
    }
}

extension MeasuredValue {
    /// Of what is a logarithm of nothing where no classifier separates the training points.
    static func notSeparable(_ answers: LabellingAnswers) -> MeasuredValue {
        answers.separable == false
            ? .undefined("the training points are not linearly separable on these features: there is nothing to count")
            : MeasuredValue(.failed, reason: "could not decide whether the training points are separable")
    }
}
