import Parameters

/// √(θᵀ G θ), G the Gauss–Newton matrix: the parameters' length in the metric of the model's own predictions.
///
/// With t = J θ, a tangent pass, it is √mean(Σ_c p_c (t_c - t̄)²): the mean is taken out before squaring.
public struct FisherRaoNorm: Measure {
    public static let about = MeasureDescription(
        id: "fisher_rao_norm", title: "Fisher–Rao norm", family: "sharpness",
        formula: "sqrt((1/n) Σ_i tᵀ S t), t = J θ, S = diag(p) - p pᵀ",
        source: "Liang et al., arXiv 1711.01530 (biases included)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs],
        predictedSign: .negative, effortUnit: "points",
        limits: "Without biases L √mean(zᵀ S z): mostly how far the probabilities are from 0 and 1.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            var sum = 0.0
            view.forEachPass { pass in
                let tangents = pass.tangent(along: view.network.parameters)
                let change = tangents[tangents.count - 1]
                let probabilities = pass.probabilities
                for point in 0..<pass.count {
                    let range = point * pass.classes..<(point + 1) * pass.classes
                    let mean = range.reduce(0.0) { $0 + probabilities[$1] * change[$1] }
                    sum += range.reduce(0.0) {
                        $0 + probabilities[$1] * (change[$1] - mean) * (change[$1] - mean)
                    }
                }
            }
            return MeasuredValue((sum / Double(view.count)).squareRoot(), effort: view.count)
        }
    }
}
