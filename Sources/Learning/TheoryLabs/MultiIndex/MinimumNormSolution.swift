import LinearAlgebra

extension Matrix {
    /// The x of least norm with A x = b, for a wide A of full row rank: Aᵀ (A Aᵀ)⁻¹ b, by Cholesky's factorisation and
    /// two refinements of the residual.
    ///
    /// Nil when a pivot falls below 1e-13 of the largest diagonal element: A Aᵀ counts as singular then.
    ///
    /// - Precondition: as many elements of b as rows.
    /// - Complexity: O(rows² · columns + rows³ / 3).
    package func minimumNormSolution(of right: [Double]) -> [Double]? {
        precondition(right.count == rows)
        let transpose = transposed
        guard let factor = (self * transpose).choleskyFactor() else { return nil }
        var solution = [Double](repeating: 0, count: columns)
        for _ in 0..<3 {
            let residual = zip(right, self * solution).map { $0 - $1 }
            let step = transpose * factor.solvedByCholesky(residual)
            solution = zip(solution, step).map { $0 + $1 }
        }
        return solution
    }

    /// Lower triangular L with L Lᵀ = A for a positive definite A; nil when it is not, to 1e-13 of its largest diagonal
    /// element.
    ///
    /// - Complexity: O(rows³ / 3).
    package func choleskyFactor() -> Matrix? {
        precondition(rows == columns)
        let size = rows
        let smallest = 1e-13 * (0..<size).reduce(0) { max($0, self[$1, $1]) }
        var factor = self
        let complete = factor.elements.withUnsafeMutableBufferPointer { l in
            for column in 0..<size {
                for row in 0..<column { l[row * size + column] = 0 }
                for row in column..<size {
                    var (even, odd, k) = (0.0, 0.0, 0)
                    while k + 1 < column {
                        even += l[row * size + k] * l[column * size + k]
                        odd += l[row * size + k + 1] * l[column * size + k + 1]
                        k += 2
                    }
                    if k < column { even += l[row * size + k] * l[column * size + k] }
                    let rest = l[row * size + column] - even - odd
                    if row == column {
                        guard rest > smallest else { return false }
                        l[row * size + column] = rest.squareRoot()
                    } else {
                        l[row * size + column] = rest / l[column * size + column]
                    }
                }
            }
            return true
        }
        return complete ? factor : nil
    }

    /// x with L Lᵀ x = b, L this lower triangle.
    package func solvedByCholesky(_ right: [Double]) -> [Double] {
        var x = right
        for i in 0..<rows {
            for k in 0..<i { x[i] -= self[i, k] * x[k] }
            x[i] /= self[i, i]
        }
        for i in (0..<rows).reversed() {
            for k in (i + 1)..<rows { x[i] -= self[k, i] * x[k] }
            x[i] /= self[i, i]
        }
        return x
    }
}
