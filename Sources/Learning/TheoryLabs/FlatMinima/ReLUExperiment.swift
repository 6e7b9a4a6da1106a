import Foundation
import Measures
import Networks
import Parameters
import Randomness

/// Small ReLU networks somewhere on the orbit of their neurons' rescalings.
public struct ReLUExperiment: Experiment {
    enum Loss: String, CaseIterable {
        case crossEntropy = "cross-entropy", squaredError = "squared-error"
    }

    enum Targets: String, CaseIterable {
        case labels
        /// The network's own: its answers are then a minimum.
        case answers
    }

    enum Presence: String, CaseIterable {
        case with, without
    }

    /// Which member of the orbit lies at position 1.
    enum Towards: String, CaseIterable {
        case leastTrace = "least-trace", leastNorm = "least-norm"
    }

    public static let about = ExperimentDescription(
        id: "geometry-relu", title: "ReLU networks along their orbit of neuron rescalings", source: "arXiv 2509.11386",
        model: "a small ReLU network made by formulas, its neurons rescaled, and what gradient descent makes of it",
        settings: [
            Parameter("network", default: GoldenShape.oneHidden, "widths"),
            Parameter("biases", default: Presence.with, "whether there are any"),
            Parameter("loss", default: Loss.crossEntropy, "whose minimum and curvature are looked at"),
            Parameter(
                "targets", default: Targets.labels, "labels, or the network's own answers, which make it a minimum"),
            Parameter(
                "scramble", numbers: 0.0...5.0, default: 0.0,
                "standard deviation of the log of random factors, one a neuron"),
            Parameter("towards", default: Towards.leastTrace, "member of the orbit at orbit position 1"),
            Parameter(
                "orbit_position", numbers: -3.0...4.0, default: 0.0,
                "power of the factors that lead there; 0 is the network as it is"),
            Parameter("steps", integers: 0...10_000, default: 0, "of gradient descent, from there"),
            Parameter("step_size", numbers: 0.0...1.0, default: 0.01, "η"),
            Parameter("radius", numbers: 0.0...10.0, default: 0.001, "r of the maximal variation"),
            Parameter("level", numbers: 1e-12...100.0, default: 1e-6, "ε of the level set {f - f(x) = ε}"),
        ],
        limits:
            """
            Untrained networks of a hundred parameters on twenty points; the same function along the whole orbit, \
            so that no flatness can tell how well it generalises.
            """
    )

    private let shape: GoldenShape
    private let hasBiases: Bool
    private let loss: OutputLoss
    private let targets: Targets
    private let scramble: Double
    private let towards: Towards
    private let position: Double
    private let steps: Int
    private let stepSize: Double
    private let radius: Double
    private let level: Double

    public init(_ settings: ParameterValues) throws(SettingsDisagree) {
        shape = settings.choice("network")
        hasBiases = settings.choice("biases", as: Presence.self) == .with
        loss = settings.choice("loss", as: Loss.self) == .crossEntropy ? .crossEntropy : .squaredError
        targets = settings.choice("targets")
        scramble = settings.number("scramble")
        towards = settings.choice("towards")
        position = settings.number("orbit_position")
        steps = settings.integer("steps")
        stepSize = settings.number("step_size")
        radius = settings.number("radius")
        level = settings.number("level")
    }

    /// The seed draws the random factors.
    public func model(seed: UInt64) throws(ModelFailed) -> Model {
        let original = shape.network(hasBiases: hasBiases)
        var network = original
        if scramble > 0 {
            var stream = NativeStream(seed: seed).child("scramble")
            network = network.rescaled(
                by: shape.architecture.widths.dropFirst().dropLast().map { width in
                    (0..<width).map { _ in exp(scramble * stream.normal()) }
                })
        }
        if position != 0 {
            let orbit = orbit(network)
            let balancing = towards == .leastTrace ? orbit.traceBalancing : orbit.normBalancing
            network = network.rescaled(by: balancing.factors.map { $0.map { pow($0, position) } })
        }
        guard network.parameters.allSatisfy(\.isFinite) else {
            throw ModelFailed("the rescaled weights are not finite")
        }
        let loss = networkLoss(answers: original)
        let (descended, residual) = try descend(network, loss)
        return Model(
            original: original, rescaled: network, loss: loss, orbit: orbit(descended), hasBiases: hasBiases,
            identityResidual: residual, radius: radius, level: level)
    }

    private func orbit(_ network: Float64Network) -> NetworkOrbit {
        NetworkOrbit(
            network, HessianDiagonal(of: network, loss: loss, on: shape.inputs, count: GoldenShape.count),
            hasBiases: hasBiases)
    }

    private func networkLoss(answers original: Float64Network) -> NetworkLoss {
        let labelled = NetworkLoss(
            architecture: shape.architecture, loss: loss, inputs: shape.inputs, targets: shape.labels)
        guard targets == .answers else { return labelled }
        let logits = labelled.outputs(original.parameters)[shape.architecture.widths.count - 1]
        var answers = logits
        if case .crossEntropy = loss { answers = labelled.probabilities(logits) }
        return NetworkLoss(architecture: shape.architecture, loss: loss, inputs: shape.inputs, targets: answers)
    }

    /// Gradient descent, and by how much each neuron's imbalance then misses η² Σ_t (|g_in|² - |g_out|²), exactly 0
    /// [O].
    private func descend(
        _ start: Float64Network, _ loss: NetworkLoss
    ) throws(ModelFailed) -> (network: Float64Network, residual: Double) {
        var network = start
        let before = NetworkOrbit.imbalances(of: start)
        var changes = before.map { _ in 0.0 }
        for step in 0..<steps where !Task.isCancelled {
            var gradient = loss.gradient(network.parameters)
            if !hasBiases {
                for layer in network.architecture.layers { for index in layer.biases { gradient[index] = 0 } }
            }
            let squares = NetworkOrbit.signedSums(network.architecture, gradient.map { $0 * $0 })
            for neuron in changes.indices { changes[neuron] += stepSize * stepSize * squares[neuron] }
            for index in gradient.indices { network.parameters[index] -= stepSize * gradient[index] }
            guard network.parameters.allSatisfy(\.isFinite) else {
                throw ModelFailed("the weights are not finite after step \(step + 1)")
            }
        }
        let after = NetworkOrbit.imbalances(of: network)
        let residual = after.indices.reduce(0) { max($0, abs(after[$1] - before[$1] - changes[$1])) }
        return (network, residual)
    }
}
