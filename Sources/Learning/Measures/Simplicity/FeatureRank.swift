import LinearAlgebra
import Parameters

/// The numerical rank of the last hidden layer's outputs on the training points.
public struct FeatureRank: Measure {
    public static let about = MeasureDescription(
        id: "feature_rank", title: "Rank of the last hidden layer's features", family: "simplicity",
        formula: "#{singular values of Φ above max(n, d) · 2^-23 · σ_max}, Φ the n x d features",
        source: "the usual numerical rank (NumPy's matrix_rank for float32)",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs],
        predictedSign: .none,
        limits: "A whole number: many ties. The threshold is that of float32, in which the features are computed.",
        roles: [.networkConfounder])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        let (rows, columns) = (subject.training.count, subject.architecture.featureWidth)
        let features = subject.trainingPass.features.map(Double.init)
        guard let values = BLAS.singularValues(features, rows: rows, columns: columns) else {
            return MeasuredValue(.failed, reason: "the singular values of the features could not be computed")
        }
        let threshold = Double(max(rows, columns)) * Double(Float.ulpOfOne) * (values.first ?? 0)
        return MeasuredValue(Double(values.count { $0 > threshold }))
    }
}
