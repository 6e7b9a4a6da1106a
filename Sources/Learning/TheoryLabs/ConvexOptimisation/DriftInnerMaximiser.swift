import LinearAlgebra
import Randomness

/// Which of equally bad perturbations SA-GD takes.
package enum TieRule: String, CaseIterable, Sendable {
    /// The first unused entry of the spurious row: the theorem's adversary.
    case first
    /// A random one of them.
    case random
    /// All of them at once, evenly, while some are 0; then the first.
    case spread
}

extension DriftProblem {
    /// A maximiser of F_S(W + V) over |V| <= r when row I = `row` sees every sample above 0, has no positive entry, and
    /// all other rows are 0: r along an entry of row I that is largest. [O]
    ///
    /// With an entry at 0 the value is h_ρ(r), and no V gives more, as |relu(z (W + V))| <= |V| for every sample.
    /// Without one it is h_ρ(r + max W_I), the greatest that row I has to offer.
    ///
    /// - Precondition: the row is as said.
    package func spuriousPerturbation(
        _ weights: Matrix, row: Int, radius: Double, tie: TieRule, stream: inout NativeStream
    ) -> Matrix {
        let entries = Array(weights.row(row))
        let largest = entries.max() ?? 0
        precondition(largest <= 0)
        let tied = entries.indices.filter { entries[$0] == largest }
        let chosen: ArraySlice<Int>
        switch tie {
        case .first: chosen = tied.prefix(1)
        case .random: chosen = [tied[Int(stream.below(UInt64(tied.count)))]]
        case .spread: chosen = largest == 0 ? tied[...] : tied.prefix(1)
        }
        var perturbation = Matrix(rows: weights.rows, columns: weights.columns)
        for column in chosen { perturbation[row, column] = radius / Double(chosen.count).squareRoot() }
        return perturbation
    }

    /// The largest F_S(W + V) over |V| <= r that ascent finds, from the best entries of the rows, the gradient and two
    /// random directions.
    ///
    /// - Parameter axes: how many rows' entries to start from, best first; each row has its largest entry upwards and
    ///   its smallest one downwards.
    /// - Complexity: O(D · (T + n)) for the choice, then as `ascendWithin`.
    package func ascendedPerturbation(
        _ weights: Matrix, radius: Double, axes: Int, stream: NativeStream
    ) -> (perturbation: Matrix, value: Double) {
        func matrix(_ v: [Double]) -> Matrix { Matrix(rows: weights.rows, columns: weights.columns, elements: v) }
        var starts = bestAxes(weights, radius: radius).prefix(axes).map { axis in
            var v = [Double](repeating: 0, count: weights.elements.count)
            v[axis.index] = axis.step
            return v
        }
        let slope = riskAndGradient(weights).gradient.elements
        let length = norm(slope)
        if length > 0 { starts.append(slope.map { radius * ($0 / length) }) }
        for index in 0..<2 {
            var source = stream.child(UInt64(index))
            let direction = weights.elements.map { _ in source.normal() }
            let length = norm(direction)
            starts.append(direction.map { radius * ($0 / length) })
        }
        let found = ascendWithin(radius: radius, starts: starts) { v in
            let (value, gradient) = riskAndGradient(weights + matrix(v))
            return (value, gradient.elements)
        }
        return (matrix(found.perturbation), found.value)
    }

    /// Single entries moved by ±r, those with the greatest F_S first.
    private func bestAxes(_ weights: Matrix, radius: Double) -> [(index: Int, step: Double, value: Double)] {
        let rows = rows(weights)
        let squared = squaredDistances(rows)
        func axis(_ row: Int, _ column: Int, _ step: Double) -> (index: Int, step: Double, value: Double) {
            let (old, new) = (weights[row, column], weights[row, column] + step)
            let value = (0..<sample.samples).reduce(0.0) { sum, k in
                let sign = sample[k, row] ? 1.0 : -1.0
                let (before, after) = (max(sign * old, 0), max(sign * new, 0))
                return sum + hinge.value(max(squared[k] - before * before + after * after, 0).squareRoot())
            }
            return (row * columns + column, step, value)
        }
        return (0..<weights.rows).flatMap { row -> [(index: Int, step: Double, value: Double)] in
            let entries = Array(weights.row(row))
            var (largest, smallest) = (0, 0)
            for column in entries.indices {
                if entries[column] > entries[largest] { largest = column }
                if entries[column] < entries[smallest] { smallest = column }
            }
            return [axis(row, largest, radius), axis(row, smallest, -radius)]
        }
        .enumerated()
        .sorted { ($0.element.value, -$0.offset) > ($1.element.value, -$1.offset) }
        .map(\.element)
    }
}
