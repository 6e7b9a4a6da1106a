import Foundation
import Parameters

/// The Euclidean norm of all weights and biases.
public struct WeightNormL2: Measure {
    public static let about = MeasureDescription(
        id: "weight_norm_l2", title: "L2 norm of the parameters", family: "simplicity",
        formula: "sqrt(Σ θ²) over all weights and biases",
        source: "Bennett, arXiv 2605.05209 (simplicity baselines)",
        invariances: [.permutation], reads: [], predictedSign: .negative,
        limits: "Changes under every rescaling that keeps the network's function.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.network.parameters.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
    }
}

/// The sum of the absolute values of all weights and biases.
public struct WeightNormL1: Measure {
    public static let about = MeasureDescription(
        id: "weight_norm_l1", title: "L1 norm of the parameters", family: "simplicity",
        formula: "Σ |θ| over all weights and biases",
        source: "Bennett, arXiv 2605.05209 (simplicity baselines)",
        invariances: [.permutation], reads: [], predictedSign: .negative,
        limits: "Changes under every rescaling that keeps the network's function; mostly the untrained weights' sum.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(subject.network.parameters.reduce(0.0) { $0 + abs(Double($1)) })
    }
}
