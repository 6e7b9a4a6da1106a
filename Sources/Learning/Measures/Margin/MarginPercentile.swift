import Parameters

/// γ, the 10th percentile of the training margins z_y - max_{c ≠ y} z_c: the max(1, ⌊n/10⌋)-th smallest.
public struct MarginPercentile: Measure {
    public static let about = MeasureDescription(
        id: "margin_percentile", title: "10th percentile of the margins", family: "margin",
        formula: "the max(1, ⌊n/10⌋)-th smallest of z_y(x_i) - max_{c ≠ y} z_c(x_i)",
        source: "Jiang et al., arXiv 1912.02178 (the margin of its spectral measures)",
        invariances: [.layerRescaling, .neuronRescaling, .permutation], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .positive, effortUnit: "points",
        limits: "Grows with the logits, which training enlarges for ever.")

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            guard let margin = view.margins.tenthPercentile else { return .undefined("there is no margin") }
            return MeasuredValue(margin, effort: view.count)
        }
    }
}

extension PointView {
    /// γ; nil where it is not positive.
    var positiveMargin: Double? { margins.tenthPercentile.flatMap { $0 > 0 ? $0 : nil } }

    static let noMargin = "the 10th percentile of the training margins is not positive"
}
