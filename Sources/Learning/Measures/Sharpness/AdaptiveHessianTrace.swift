import Parameters

/// Σ θ² H_ii: what noise in proportion to each parameter adds to the loss, to second order.
public struct AdaptiveHessianTrace: Measure {
    public static let about = MeasureDescription(
        id: "adaptive_hessian_trace", title: "Hessian trace, adaptive", family: "sharpness",
        formula: "Σ_i θ_i² H_ii, H the training loss's Hessian: twice the ρ² coefficient of E L(θ + ρ θ∘ε) - L(θ)",
        source: "average adaptive sharpness for small radii: Andriushchenko et al., arXiv 2302.07011",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Of second order: larger noise leaves the region in which it holds.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            return MeasuredValue(
                zip(view.network.parameters, view.hessianDiagonal.values).reduce(0) { $0 + $1.0 * $1.0 * $1.1 },
                effort: view.count)
        }
    }
}
