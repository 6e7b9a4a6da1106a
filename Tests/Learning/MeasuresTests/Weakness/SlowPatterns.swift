import Networks

/// Patterns once more: point by point, one Bool a unit, from weights in float64 and plain loops.
struct SlowPatterns {
    /// One a point.
    let patterns: [[Bool]]

    /// - Parameter layer: counted from 1.
    init(_ network: Network, _ points: LabelledPoints, layer: Int) {
        patterns = (0..<points.count).map { point in
            var values = points.part(point..<(point + 1)).inputs.map(Double.init)
            var pattern: [Bool] = []
            for shape in network.architecture.layers.prefix(layer) {
                let sums = (0..<shape.outputs).map { j in
                    values.indices.reduce(Double(network.parameters[shape.biasOffset + j])) {
                        $0 + Double(network.parameters[shape.weightOffset + j * shape.inputs + $1]) * values[$1]
                    }
                }
                pattern = sums.map { $0 > 0 }
                values = sums.map { max(0, $0) }
            }
            return pattern
        }
    }

    var distinct: Set<[Bool]> { Set(patterns) }

    var occurrences: [[Bool]: Int] { patterns.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
