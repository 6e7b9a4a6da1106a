/// Features whose second moments over the training points are the identity.
///
/// Units that some training point activates, scaled by their largest value, with a 1 appended; then L⁻¹h for Cholesky's
/// G = (1/n) Σ h hᵀ = L Lᵀ. A direction that the ones before it leave less than 1e-12 of is dropped. A classifier with
/// independent standard normal weights on them is one with rows N(0, G⁻¹) on the features.
struct WhitenedFeatures {
    /// points x width and probes x width.
    let points: [[Double]]
    let probes: [[Double]]
    let width: Int
    /// Whether every probe lies in the span of the training points: along a direction that was dropped all weights
    /// are right on the training points, and none is likelier than another.
    let spansProbes: Bool

    init(_ problem: LabellingProblem) {
        let scaled = ScaledFeatures(problem)
        let rows = (0..<problem.pointCount).map(scaled.point)
        let size = scaled.width
        var moments = [Double](repeating: 0, count: size * size)
        for row in rows {
            for i in 0..<size { for j in 0...i { moments[i * size + j] += row[i] * row[j] } }
        }
        let count = Double(max(1, rows.count))
        // Rows of L, each only as far as its diagonal.
        var kept: [(unit: Int, row: [Double])] = []
        /// How a dropped one follows from those kept before it.
        var dropped: [(unit: Int, row: [Double])] = []
        for i in 0..<size {
            var row: [Double] = []
            for (unit, other) in kept {
                let inner = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
                row.append((moments[i * size + unit] / count - inner) / other[other.count - 1])
            }
            let diagonal = moments[i * size + i] / count
            let pivot = diagonal - row.reduce(0) { $0 + $1 * $1 }
            guard pivot > 1e-12 * diagonal else {
                dropped.append((i, row))
                continue
            }
            kept.append((i, row + [pivot.squareRoot()]))
        }
        func whitened(_ values: [Double]) -> [Double] {
            var result: [Double] = []
            for (unit, row) in kept {
                let inner = zip(row, result).reduce(0) { $0 + $1.0 * $1.1 }
                result.append((values[unit] - inner) / row[row.count - 1])
            }
            return result
        }
        points = rows.map(whitened)
        let rawProbes = (0..<problem.probeCount).map(scaled.probe)
        probes = rawProbes.map(whitened)
        width = kept.count
        spansProbes = zip(rawProbes, probes).allSatisfy { raw, white in
            dropped.allSatisfy { unit, row in
                let implied = zip(row, white).reduce(0) { $0 + $1.0 * $1.1 }
                // A pivot of 1e-12 is a length of 1e-6.
                return abs(raw[unit] - implied) <= 1e-5 * (1 + abs(raw[unit]))
            }
        }
    }
}
