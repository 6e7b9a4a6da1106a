import Parameters

/// √(θᵀ F θ), F the empirical Fisher matrix: the parameters' length in the metric of the training labels.
public struct FisherRaoNormEmpirical: Measure {
    public static let about = MeasureDescription(
        id: "fisher_rao_norm_empirical", title: "Fisher–Rao norm, empirical", family: "sharpness",
        formula: "sqrt((1/n) Σ_i (Σ_c p_c t_c - t_y)²), t = J θ",
        source: "Liang et al., arXiv 1711.01530; with the labels and all biases",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points", limits: "Near 0 for every network that memorised its points.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            var sum = 0.0
            view.forEachPass { pass in
                let tangents = pass.tangent(along: view.network.parameters)
                let change = tangents[tangents.count - 1]
                for (row, error) in zip(0..., pass.errors(view.labels(of: pass)).parts(of: pass.classes)) {
                    let own = zip(error, change[row * pass.classes..<(row + 1) * pass.classes])
                        .reduce(0.0) { $0 + $1.0 * $1.1 }
                    sum += own * own
                }
            }
            return MeasuredValue((sum / Double(view.count)).squareRoot(), effort: view.count)
        }
    }
}

extension [Double] {
    /// Consecutive parts of equal size.
    func parts(of size: Int) -> [ArraySlice<Double>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
