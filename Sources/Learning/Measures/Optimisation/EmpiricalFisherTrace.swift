import Parameters

/// The mean squared length of the training points' gradients: the trace of the empirical Fisher matrix.
///
/// - Complexity: little more than a forward pass; no gradient of a point is formed (`GradientMoments`).
public struct EmpiricalFisherTrace: Measure {
    public static let about = MeasureDescription(
        id: "empirical_fisher_trace", title: "Mean squared gradient", family: "optimisation",
        formula: "(1/n) Σ_i |∇ℓ_i|² = (1/n) Σ_i Σ_l |δ_{l,i}|² (|a_{l-1,i}|² + 1)",
        source: "trace of the empirical Fisher matrix: Kunstner, Balles and Hennig, arXiv 1905.12558",
        invariances: [.permutation], reads: [.trainingInputs, .trainingLabels], predictedSign: .negative,
        effortUnit: "points",
        limits: "Near 0 for every network that memorised its points. Not invariant to rescaling (option gauge).",
        options: [.gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            MeasuredValue(view.meanSquaredGradient, effort: view.count)
        }
    }
}
