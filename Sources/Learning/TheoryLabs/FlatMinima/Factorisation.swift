import LinearAlgebra

/// A point (X, Y) under f = |X Yᵀ - M|_F², X being m x k and Y n x k.
///
/// Minima with X Yᵀ = M come in orbits (X G, Y G^-ᵀ), G invertible. Source: [P, arXiv 2509.11386] for the definitions
/// and what is conserved; formulas [O].
package struct Factorisation: Sendable, Equatable {
    package var left: Matrix
    package var right: Matrix
    package let target: Matrix

    /// - Precondition: the shapes fit.
    package init(left: Matrix, right: Matrix, target: Matrix) {
        precondition(left.columns == right.columns && left.rows == target.rows && right.rows == target.columns)
        self.left = left
        self.right = right
        self.target = target
    }

    /// E = X Yᵀ - M.
    package var residual: Matrix { left * right.transposed - target }

    package var loss: Double { residual.squaredNorm }

    package var squaredNorm: Double { left.squaredNorm + right.squaredNorm }

    /// 2 E Y and 2 Eᵀ X.
    package var gradient: (left: Matrix, right: Matrix) {
        let residual = residual
        return (2 * (residual * right), 2 * (residual.transposed * left))
    }

    /// C = XᵀX - YᵀY, which gradient flow on f conserves [P]; 0 where the factorisation is balanced.
    package var imbalance: Matrix { left.transposed * left - right.transposed * right }

    /// The Hessian's trace, 2 (m |Y|² + n |X|²), at every point.
    package var trace: Double {
        2 * (Double(left.rows) * right.squaredNorm + Double(right.rows) * left.squaredNorm)
    }

    /// The least trace over the minima with this target, 4 √(mn) |M|_*: where n XᵀX = m YᵀY.
    package var leastTrace: Double? {
        guard let values = target.singularValueDecomposition()?.values else { return nil }
        return 4 * Double(left.rows * right.rows).squareRoot() * values.reduce(0, +)
    }

    /// The second derivative of f: 2 |X Bᵀ + A Yᵀ|² + 4 <E, A Bᵀ> along (A, B), X's entries first, row-major.
    ///
    /// - Complexity: O(((m + n) k)²) entries.
    package var hessian: Matrix {
        let (m, n, k) = (left.rows, right.rows, left.columns)
        let (rights, lefts, residual) = (right.transposed * right, left.transposed * left, residual)
        return Matrix(rows: (m + n) * k, columns: (m + n) * k) { row, column in
            let (i, a) = (row / k, row % k)
            let (j, b) = (column / k, column % k)
            switch (i < m, j < m) {
            case (true, true): return i == j ? 2 * rights[a, b] : 0
            case (false, false): return i == j ? 2 * lefts[a, b] : 0
            case (true, false):
                return 2 * (left[i, b] * right[j - m, a] + (a == b ? residual[i, j - m] : 0))
            case (false, true):
                return 2 * (left[j, a] * right[i - m, b] + (a == b ? residual[j, i - m] : 0))
            }
        }
    }

    /// The Hessian's largest eigenvalue; at a minimum 2 (σ1(X)² + σ1(Y)²).
    ///
    /// Nil when an entry is not finite.
    package var largestCurvature: Double? { hessian.symmetricEigendecomposition()?.values.last }
}
