import Networks
import Parameters
import Randomness

extension Subject {
    /// The network on the training points that a measure takes, with the passes that other measures of the same choice
    /// have made.
    func view(_ choice: ViewChoice = ViewChoice()) -> PointView {
        var choice = choice
        if let limit = choice.points, limit >= training.count { choice.points = nil }
        // Which points they would be matters only where they are a subset.
        if choice.points == nil { choice.seed = 0 }
        if let known = views[choice] { return known }
        let network = choice.isBalanced ? balancedNetwork : realNetwork
        let made = PointView(network, choice.points.map { sharedPoints($0, seed: choice.seed) } ?? training)
        views[choice] = made
        return made
    }

    /// The first of the permutation dealt by child "points": the same for all networks of a study.
    private func sharedPoints(_ count: Int, seed: UInt64) -> LabelledPoints {
        var stream = NativeStream(seed: seed).child("points")
        return training.selected(stream.permutation(of: training.count).prefix(count))
    }

    /// A stream of the network's own: equal for networks of one seed, whatever else is measured.
    func stream(_ measure: String, seed: UInt64) -> NativeStream {
        NativeStream(seed: seed).child(measure).child(self.seed)
    }

    /// What a formula makes of the network on the training points that a measure takes; a value of a subset says so.
    func measured(_ choice: ViewChoice = ViewChoice(), _ formula: (PointView) -> MeasuredValue) -> MeasuredValue {
        let view = view(choice)
        if let objection = view.objection { return .undefined(objection) }
        return formula(view).adding(
            note: view.count < training.count ? "of \(view.count) of \(training.count) training points" : nil)
    }

    /// The same on unseen points.
    func measuredOnUnseen(_ points: UnseenPoints, _ formula: (PointView) -> MeasuredValue) -> MeasuredValue {
        let view = unseenView(points)
        return view.objection.map { .undefined($0) } ?? formula(view)
    }
}

/// Unseen inputs, without their labels, on which functions are looked at.
struct UnseenPoints: Hashable {
    /// At most so many.
    var count = 2000
    /// Of the stream that draws them, the same for all networks.
    var seed: UInt64 = 0
}

extension Subject {
    /// The first of the permutation dealt by child "unseen".
    func unseenView(_ choice: UnseenPoints = UnseenPoints()) -> PointView {
        if let known = unseenViews[choice] { return known }
        let size = training.inputSize
        let inputs: [Float]
        if let unseenInputs {
            inputs = Array(unseenInputs.prefix(choice.count * size))
        } else {
            var stream = NativeStream(seed: choice.seed).child("unseen")
            let places = stream.permutation(of: unseen.count).prefix(choice.count)
            inputs = unseen.inputs(at: places)
        }
        // No label of an unseen point is read: all are 0.
        let made = PointView(
            realNetwork,
            LabelledPoints(
                inputs: inputs, labels: [UInt8](repeating: 0, count: inputs.count / size), inputSize: size),
            .unseen)
        unseenViews[choice] = made
        return made
    }
}

extension Float64Network {
    /// The member of the neuron-rescaling orbit with the least Σ θ²; a neuron at a limit keeps its factor.
    var normBalanced: Float64Network {
        var balancing = NeuronBalancing(architecture, terms: parameters.map { $0 * $0 })
        balancing.balance()
        // Terms of squared weights are multiplied by α² where the Hessian's are divided by it.
        balancing.invert()
        return rescaled(by: balancing.factors)
    }
}

// MARK: Options that measures share

extension Parameter {
    static let seed = Parameter("seed", integers: 0...Int.max, default: 0, "of the stream")

    /// - Parameters:
    ///   - standard: nil for all points.
    ///   - most: for what takes memory by the square of the points.
    static func points(_ standard: Int? = nil, most: Int = 1_000_000_000) -> Parameter {
        Parameter(
            "points", .integer(in: 1...most),
            default: standard.map { .value(.integer($0)) } ?? .absent(meaning: "all"),
            "training points that stand for all, a random subset that all networks share when there are more")
    }

    static let gauge = Parameter(
        "gauge", default: Gauge.none,
        "whether the member of the neuron-rescaling orbit with the least L2 norm stands for the network")

    static func adaptive(default isOn: Bool) -> Parameter {
        Parameter("adaptive", default: isOn, "whether directions are in proportion to the parameters")
    }

    static let unseenPoints = Parameter(
        "unseen", integers: 1...1_000_000_000, default: 2000, "unseen inputs, a random subset that all networks share")
}

/// Which member of its orbit under rescalings of single neurons stands for a network.
enum Gauge: String, CaseIterable {
    case none
    case normBalanced = "norm-balanced"
}

extension ViewChoice {
    /// As the options that there are say.
    init(_ options: ParameterValues) {
        isBalanced = options.declares("gauge") && options.choice("gauge") == Gauge.normBalanced
        guard options.declares("points") else { return }
        points = options["points"]?.integer
        seed = UInt64(options.integer("seed"))
    }
}
