import Networks
import Parameters

/// √ of the sum over all paths from an input or a bias to an output of the product of squared parameters.
public struct PathNormL2: Measure {
    public static let about = MeasureDescription(
        id: "path_norm_l2", title: "Path norm", family: "norm",
        formula: "sqrt(1ᵀ f_{θ²}(1)): the network of squared parameters at the all-ones input, without ReLU",
        source: "Neyshabur, Tomioka and Srebro, arXiv 1503.00036; paths that start at a bias count",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [], predictedSign: .negative,
        limits: "Reads no data: units that are never on count as the others do.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .root, points: subject.training.count, MeasuredValue(subject.realNetwork.pathSum { $0 * $0 }.squareRoot()))
    }
}

extension Float64Network {
    /// The outputs' sum of the linear network whose parameters are `change` of these, at the all-ones input.
    func pathSum(_ change: (Double) -> Double) -> Double {
        var values = [Double](repeating: 1, count: architecture.inputSize)
        for layer in architecture.layers {
            values = (0..<layer.outputs).map { output in
                zip(layer.row(output), values).reduce(change(parameters[layer.biasOffset + output])) {
                    $0 + change(parameters[$1.0]) * $1.1
                }
            }
        }
        return values.reduce(0, +)
    }
}

/// The path norm over the margin.
public struct PathNormL2OverMargin: Measure {
    public static let about = MeasureDescription(
        id: "path_norm_l2_over_margin", title: "Path norm over the margin", family: "norm",
        formula: "path_norm_l2/γ, γ the 10th percentile of the training margins",
        source: "Jiang et al., arXiv 1912.02178, equation 45 (its root)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        limits: "Units that are never on count as the others do.",
        options: [Scaling.option])

    private let scaling: Scaling

    public init(options: ParameterValues) { scaling = Scaling(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        scaling(
            .root, points: subject.training.count,
            subject.measured { view in
                guard let margin = view.positiveMargin else { return .undefined(PointView.noMargin) }
                return MeasuredValue(view.network.pathSum { $0 * $0 }.squareRoot() / margin)
            })
    }
}

/// The sum over all paths from an input or a bias to an output of the product of the parameters' sizes.
public struct PathNormL1: Measure {
    public static let about = MeasureDescription(
        id: "path_norm_l1", title: "Path norm, L1", family: "norm",
        formula: "1ᵀ f_{|θ|}(1): the network of the parameters' sizes at the all-ones input, without ReLU",
        source: "Neyshabur, Tomioka and Srebro, arXiv 1503.00036; paths that start at a bias count",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [], predictedSign: .negative,
        limits: "Reads no data: units that are never on count as the others do.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.realNetwork.pathSum(abs))
    }
}

/// The least L2 norm of all parameters among the networks that differ by positive rescalings of single neurons.
public struct WeightNormOrbitMinimum: Measure {
    public static let about = MeasureDescription(
        id: "weight_norm_orbit_minimum", title: "L2 norm, least over neuron rescalings", family: "norm",
        formula: "min over α > 0 of |θ(α)|₂, weights and biases",
        source: "derived here; balancing of Osborne, J. ACM 7 (1960)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [], predictedSign: .negative,
        effortUnit: "sweeps", limits: "A neuron with outgoing weights only, or incoming ones only, counts as nothing.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let network = subject.realNetwork
        var balancing = NeuronBalancing(network.architecture, terms: network.parameters.map { $0 * $0 })
        balancing.balance()
        return MeasuredValue(balancing.sum.squareRoot(), effort: balancing.sweeps)
    }
}
