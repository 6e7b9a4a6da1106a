import LinearAlgebra

extension HomogeneousNetwork {
    /// E f(x)² over x ~ N(0, I), in closed form [O].
    ///
    /// Σ_ij a_i a_j (|w_i| |w_j|)^p k(cos ∠(w_i, w_j)), with k of `HomogeneousActivation.gaussianProduct`. The
    /// quadratic function is xᵀΔx with Δ = Σ a_j w_j w_jᵀ, and E f² = 2 |Δ|_F² + (tr Δ)²: no cancellation, so that
    /// risks below 1e-18 are seen.
    ///
    /// - Complexity: O(width² · dimension); quadratic: O(width · dimension²).
    package var gaussianSquaredNorm: Double {
        guard activation != .quadratic else {
            let form = quadraticForm
            return 2 * form.squaredNorm + form.trace * form.trace
        }
        let neurons = (0..<width).compactMap { j -> (index: Int, length: Double, weight: Double)? in
            let length = inner.row(j).reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0, outer[j] != 0 else { return nil }
            return (j, length, outer[j] * (activation == .relu ? length : length * length))
        }
        let directions = Matrix(rows: neurons.count, columns: dimension) {
            inner[neurons[$0].index, $1] / neurons[$0].length
        }
        let cosines = directions * directions.transposed
        let own = activation.gaussianProduct(cosine: 1)
        var sum = 0.0
        for i in neurons.indices {
            var row = 0.0
            for j in 0..<i { row += neurons[j].weight * activation.gaussianProduct(cosine: cosines[i, j]) }
            sum += neurons[i].weight * (2 * row + own * neurons[i].weight)
        }
        return sum
    }

    /// Δ with f(x) = xᵀΔx, dimension x dimension.
    ///
    /// - Precondition: the activation is quadratic.
    package var quadraticForm: Matrix {
        precondition(activation == .quadratic)
        let scaled = Matrix(rows: dimension, columns: width) { inner[$1, $0] * outer[$1] }
        return scaled * inner
    }

    /// E (f(x) - g(x))² over x ~ N(0, I).
    package func gaussianRisk(against other: HomogeneousNetwork) -> Double {
        max(0, (self + (-1 * other)).gaussianSquaredNorm)
    }
}
