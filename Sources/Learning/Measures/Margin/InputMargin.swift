import Networks
import Parameters

/// How far a training point lies from the class boundary, if the network were linear there: its margin over the
/// gradient's length, the median over the points.
///
/// - Complexity: a forward pass, and O(points · Σ_l width_l · width_{l+1}) over the hidden widths with width_1² a
///   point.
public struct InputMargin: Measure {
    public static let about = MeasureDescription(
        id: "input_margin", title: "Linearised distance to the class boundary", family: "margin",
        formula: "median of (z_y - z_j)/|∇_x (z_y - z_j)|, j the largest other class",
        source: "Jiang et al., arXiv 1810.00113, at layer 0",
        invariances: [.layerRescaling, .neuronRescaling, .permutation, .outputScaling],
        reads: [.trainingInputs, .trainingLabels], predictedSign: .positive, effortUnit: "points",
        limits:
            """
            Linear: beyond the region in which a point lies it says nothing. Where the gradient is 0 the distance is \
            infinite, with the margin's sign.
            """)

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        subject.measured { view in
            let distances = view.boundaryDistances(at: 0)
            let quantiles = [("q10", 0.1), ("q25", 0.25), ("q75", 0.75)].map { ($0, orderStatistic(distances, $1)) }
            let median = orderStatistic(distances, 0.5)
            guard median.isFinite else { return .undefined("the margin's gradient is 0 at half of the points") }
            return MeasuredValue(
                median, effort: view.count,
                details: Dictionary(uniqueKeysWithValues: quantiles.filter { $0.1.isFinite }))
        }
    }
}

extension PointView {
    /// (z_y - z_j)/|∇ (z_y - z_j)|, the gradient in the inputs of a layer, numbered from 0, and j the largest other
    /// class; infinite with the margin's sign where the gradient is 0.
    func boundaryDistances(at layer: Int) -> [Double] {
        let below = layers[layer]
        let gram = below.gram(of: network.parameters)
        var distances: [Double] = []
        forEachPass { pass in
            var rows = [Double](repeating: 0, count: pass.count * classes)
            for point in 0..<pass.count {
                rows[point * classes + Int(labels[pass.first + point])] += 1
                rows[point * classes + margins.rivals[pass.first + point]] -= 1
            }
            let pulled = pass.rows(rows, rowsPerPoint: 1).rows(of: 0..<pass.count, at: layer)
            for (point, square) in quadraticForms(pulled, width: below.outputs, gram).enumerated() {
                let margin = margins.values[pass.first + point]
                distances.append(
                    square > 0 ? margin / square.squareRoot() : margin < 0 ? -.infinity : .infinity)
            }
        }
        return distances
    }
}
