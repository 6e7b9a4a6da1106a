import LinearAlgebra

extension Factorisation {
    /// After a time of the flow Ẋ = -X C, Ẏ = Y C, which keeps X Yᵀ and flattens: d(|X|² + |Y|²)/dt = -2 |C|² [P].
    package func flowed(time: Double) throws(ModelFailed) -> Factorisation {
        let state = try Flow.state(from: left.elements + right.elements, after: time) { state in
            let point = moved(to: state)
            let imbalance = point.imbalance
            return (-1 * (point.left * imbalance)).elements + (point.right * imbalance).elements
        }
        return moved(to: state)
    }

    /// How fast |C| falls along the flow, -d log |C| / dt = 2 tr(C S C) / |C|² with S = XᵀX + YᵀY [O]: as balance comes
    /// near, 4 σ_k for the slowest direction.
    ///
    /// Nil where C = 0.
    package var imbalanceDecayRate: Double? {
        let imbalance = imbalance
        let size = imbalance.squaredNorm
        guard size > 0 else { return nil }
        let sum = left.transposed * left + right.transposed * right
        return 2 * (imbalance * sum * imbalance).trace / size
    }

    /// After some steps of gradient descent on f, and Σ_t η² (G_XᵀG_X - G_YᵀG_Y), by which C must have changed, exactly
    /// [O].
    package func descended(
        steps: Int, stepSize: Double
    ) throws(ModelFailed) -> (point: Factorisation, imbalanceChange: Matrix) {
        var point = self
        var change = Matrix(rows: left.columns, columns: left.columns)
        for step in 0..<steps where !Task.isCancelled {
            let (x, y) = point.gradient
            change = change + stepSize * stepSize * (x.transposed * x - y.transposed * y)
            point.left = point.left - stepSize * x
            point.right = point.right - stepSize * y
            guard point.loss.isFinite else { throw ModelFailed("the factors are not finite after step \(step + 1)") }
        }
        return (point, change)
    }

    private func moved(to state: [Double]) -> Factorisation {
        var result = self
        result.left.elements = Array(state.prefix(left.elements.count))
        result.right.elements = Array(state.dropFirst(left.elements.count))
        return result
    }
}
