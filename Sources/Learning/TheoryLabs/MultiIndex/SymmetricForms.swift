import LinearAlgebra

/// Symmetric matrices M as vectors of their d (d + 1) / 2 free elements, off-diagonal ones times √2, so that lengths
/// agree with the Frobenius norm, and the sample as linear conditions on them: x_iᵀ M x_i = y_i.
struct SymmetricForms {
    let dimension: Int
    /// samples x d (d + 1) / 2: xxᵀ of each point.
    let conditions: Matrix
    /// pinv(conditions · conditionsᵀ).
    let inverseGram: Matrix
    let labels: [Double]

    /// Nil when a decomposition fails.
    init?(_ problem: MultiIndexProblem) {
        dimension = problem.dimension
        labels = problem.labels
        let size = dimension
        conditions = Matrix(
            rows: problem.samples, columns: size * (size + 1) / 2,
            elements: (0..<problem.samples).flatMap { i in
                let x = Array(problem.inputs.row(i))
                return Self.vector(size) { x[$0] * x[$1] }
            })
        guard let inverse = (conditions * conditions.transposed).pseudoinverse() else { return nil }
        inverseGram = inverse
    }

    static func vector(_ size: Int, _ element: (Int, Int) -> Double) -> [Double] {
        (0..<size).flatMap { i in (0...i).map { j in i == j ? element(i, i) : 2.0.squareRoot() * element(i, j) } }
    }

    func vector(_ matrix: Matrix) -> [Double] { Self.vector(dimension) { matrix[$0, $1] } }

    func matrix(_ vector: [Double]) -> Matrix {
        Matrix(rows: dimension, columns: dimension) { row, column in
            let (i, j) = (max(row, column), min(row, column))
            let value = vector[i * (i + 1) / 2 + j]
            return i == j ? value : value / 2.0.squareRoot()
        }
    }

    /// y_i - x_iᵀ M x_i.
    func residuals(_ vector: [Double]) -> [Double] { zip(labels, conditions * vector).map { $0 - $1 } }

    /// The smallest change of a matrix that removes these residuals.
    func correction(_ residuals: [Double]) -> [Double] { transposedProduct(inverseGram * residuals) }

    /// Σ_i ν_i x_i x_iᵀ.
    func transposedProduct(_ multipliers: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: conditions.columns)
        for (i, factor) in multipliers.enumerated() {
            let start = i * conditions.columns
            for k in sum.indices { sum[k] += factor * conditions.elements[start + k] }
        }
        return sum
    }

    /// The network of M's eigenvectors, without eigenvalues below 1e-10 of the largest; nil when LAPACK fails.
    func network(_ matrix: Matrix) -> HomogeneousNetwork? {
        guard let parts = matrix.symmetricEigendecomposition() else { return nil }
        let smallest = 1e-10 * parts.values.reduce(0) { max($0, abs($1)) }
        let kept = parts.values.indices.filter { abs(parts.values[$0]) > smallest }
        return HomogeneousNetwork(
            .quadratic, outer: kept.map { parts.values[$0] },
            inner: Matrix(rows: kept.count, columns: dimension) { parts.vectors[$1, kept[$0]] })
    }
}
