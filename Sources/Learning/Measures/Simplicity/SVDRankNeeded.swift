import LinearAlgebra
import Networks
import Parameters

/// How many singular values the layers need, least first dropped, until a right answer on the training points is lost.
///
/// - Complexity: a forward pass, and a rank-one change of a layer, for each that is dropped.
public struct SVDRankNeeded: Measure {
    public static let about = MeasureDescription(
        id: "svd_rank_needed", title: "Singular values that keep the training accuracy", family: "simplicity",
        formula: "how many are left when singular values are dropped in rising σ_i/σ_1 until right answers are lost",
        source: "derived here; low-rank compression: Arora et al., arXiv 1802.05296",
        invariances: [.layerRescaling, .permutation, .outputScaling], reads: [.trainingInputs, .trainingLabels],
        predictedSign: .negative, effortUnit: "points",
        limits: "It stops at the first loss of a right answer. Rescaling single neurons changes it (option gauge).",
        options: [.points(2048), .seed, .gauge])

    private let choice: ViewChoice

    public init(options: ParameterValues) { choice = ViewChoice(options) }

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured(choice) { view in
            var parts: [SingularValueDecomposition] = []
            for layer in view.layers {
                let weights = Matrix(
                    rows: layer.outputs, columns: layer.inputs, elements: Array(view.network.parameters[layer.weights]))
                guard let found = weights.singularValueDecomposition() else { return .noDecomposition }
                parts.append(found)
            }
            // The last to go first.
            let order = parts.enumerated().flatMap { layer, part in
                part.values.indices.map {
                    (share: part.values[0] > 0 ? part.values[$0] / part.values[0] : 0, layer: layer, index: $0)
                }
            }.sorted { ($1.share, $0.layer, $0.index) < ($0.share, $1.layer, $1.index) }
            var parameters = view.network.parameters
            var left = order.count
            while left > 0 {
                let (_, layer, index) = order[left - 1]
                parts[layer].subtract(index, from: &parameters, view.layers[layer])
                guard view.lossSurface.correct(at: parameters) >= view.correct else { break }
                left -= 1
            }
            return MeasuredValue(Double(left), effort: view.count)
        }
    }
}

extension SingularValueDecomposition {
    /// Takes σ_i u_i v_iᵀ from a layer's weights.
    fileprivate func subtract(_ index: Int, from parameters: inout [Double], _ layer: Architecture.Layer) {
        for row in 0..<layer.outputs {
            let factor = values[index] * left[row, index]
            for (column, place) in layer.row(row).enumerated() { parameters[place] -= factor * right[column, index] }
        }
    }
}
