import LinearAlgebra
import Randomness

extension Factorisation {
    /// f°(r), attained by a search and bounded from above [O].
    ///
    /// With |A|² + |B|² ≤ r², |X Bᵀ + A Yᵀ + A Bᵀ| ≤ σ1(X) |B| + σ1(Y) |A| + |A| |B|, whose maximum over |A|, |B| is a
    /// trust region's: the hyperbola's with x = σ1(X), y = σ1(Y). At a minimum the bound is attained, and f° exact, if
    /// the first right singular vectors of X and Y agree, as at balanced points; else the gap is of third order in r.
    /// Where E ≠ 0, (|E| + ·)² - |E|² bounds f°.
    package func variation(radius: Double) -> Bracket {
        let attained = attainedVariation(radius: radius)
        return Bracket(attained: attained, bound: max(attained, variationBound(radius: radius)))
    }

    /// The bound alone, which needs no search; NaN where an entry is not finite.
    package func variationBound(radius: Double) -> Double {
        guard let largestX = left.singularValueDecomposition()?.values.first,
            let largestY = right.singularValueDecomposition()?.values.first
        else { return .nan }
        let size = residual.norm
        let root = 0.5.squareRoot()
        let rise = TrustRegion(
            linear: [(largestX + largestY) * root, (largestX - largestY) * root], curvatures: [1, -1], radius: radius
        ).value.bound
        return rise * (2 * size + rise)
    }

    /// What the search attains; NaN where an entry is not finite.
    package func attainedVariation(radius: Double) -> Double {
        guard let x = left.singularValueDecomposition(), let y = right.singularValueDecomposition() else { return .nan }
        let first = Matrix(rows: left.rows, columns: right.rows) { x.left[$0, 0] * y.left[$1, 0] }
        return starts(first, residual).map { ascent(from: $0, radius: radius) }.max() ?? 0
    }

    /// The direction of steepest rise at a minimum, the residual's own, and some random ones.
    private func starts(_ first: Matrix, _ residual: Matrix) -> [Matrix] {
        var stream = NativeStream(seed: 0).child("variation")
        let random = (0..<3).map { _ in Matrix(rows: left.rows, columns: right.rows) { _, _ in stream.normal() } }
        return ([first, -1 * first, residual] + random).filter { $0.norm > 0 }.map { (1 / $0.norm) * $0 }
    }

    /// A local maximum of f(this + (A, B)) - f(this).
    ///
    /// |E'| = max over |U| = 1 of <U, E'>: for a fixed U the best (A, B) is a trust region's, for a fixed (A, B) the
    /// best U is E' / |E'|. Taking turns never lowers |E'|.
    private func ascent(from start: Matrix, radius: Double) -> Double {
        let loss = loss
        var (direction, best) = (start, 0.0)
        for _ in 0..<500 {
            guard let (a, b) = step(along: direction, radius: radius) else { break }
            // E' - E has no cancellation at a minimum; f' - f = <E' - E, E' + E>.
            let change = left * b.transposed + a * right.transposed + a * b.transposed
            let residual = residual + change
            let rise = loss == 0 ? change.squaredNorm : dot(change.elements, (2 * self.residual + change).elements)
            let isDone = rise <= best * (1 + 1e-14)
            best = max(best, rise)
            let size = residual.norm
            guard !isDone, size > 0 else { break }
            direction = (1 / size) * residual
        }
        return best
    }

    /// The (A, B) within the radius that maximises <U, X Bᵀ + A Yᵀ + A Bᵀ>.
    ///
    /// In the singular vectors of U = Σ s_i l_i w_iᵀ the form <U, A Bᵀ> pairs (lᵀA)_ic with (wᵀB)_ic; their sum and
    /// difference over √2 have curvatures s_i and -s_i.
    private func step(along direction: Matrix, radius: Double) -> (a: Matrix, b: Matrix)? {
        guard let parts = direction.singularValueDecomposition() else { return nil }
        let (k, count) = (left.columns, parts.values.count)
        let (fromX, fromY) = (parts.left.transposed * left, parts.right.transposed * right)
        var (linear, curvatures): ([Double], [Double]) = ([], [])
        let root = 0.5.squareRoot()
        for i in 0..<count {
            let s = parts.values[i]
            for c in 0..<k {
                linear.append(root * s * (fromY[i, c] + fromX[i, c]))
                curvatures.append(s)
                linear.append(root * s * (fromY[i, c] - fromX[i, c]))
                curvatures.append(-s)
            }
        }
        let point = TrustRegion(linear: linear, curvatures: curvatures, radius: radius).point
        func pair(_ i: Int, _ c: Int, _ sign: Double) -> Double {
            root * (point[2 * (i * k + c)] + sign * point[2 * (i * k + c) + 1])
        }
        return (
            parts.left * Matrix(rows: count, columns: k) { pair($0, $1, 1) },
            parts.right * Matrix(rows: count, columns: k) { pair($0, $1, -1) }
        )
    }
}
