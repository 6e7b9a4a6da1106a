import Networks

/// The gradient of the mean loss, and the mean squared length of the points' gradients, of which none is formed: that
/// of point i has the parts (δ_l a_{l-1}ᵀ, δ_l), so that its squared length is Σ_l |δ_l|² (|a_{l-1}|² + 1).
enum GradientMoments {
    /// ∇L, laid out as `Architecture` says.
    ///
    /// - Complexity: O(points · parameters), some three forward passes.
    static func mean(of view: PointView) -> [Double] {
        var sums = [Double](repeating: 0, count: view.network.parameters.count)
        view.forEachPass { $0.addGradient(view.labels(of: $0), to: &sums) }
        let count = Double(max(view.count, 1))
        return sums.map { $0 / count }
    }

    /// (1/n) Σ_i |g_i|².
    ///
    /// - Complexity: O(points · parameters): a forward pass, and errors pulled back through all layers but the first.
    static func meanSquare(of view: PointView) -> Double {
        var squares = 0.0
        view.forEachPass { pass in
            pass.forEachError(view.labels(of: pass)) { index, rows in
                let layer = pass.layers[index]
                for point in 0..<pass.count {
                    squares +=
                        sumOfSquares(rows, point * layer.outputs..<(point + 1) * layer.outputs)
                        * (sumOfSquares(pass.outputs[index], point * layer.inputs..<(point + 1) * layer.inputs) + 1)
                }
            }
        }
        return squares / Double(max(view.count, 1))
    }
}

/// Σ v² over a range.
func sumOfSquares(_ values: [Double], _ range: Range<Int>) -> Double {
    values.withUnsafeBufferPointer { values in
        // Four sums, so that an addition need not wait for the one before.
        var sums = SIMD4<Double>()
        var index = range.lowerBound
        while index + 4 <= range.upperBound {
            let part = SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3])
            sums += part * part
            index += 4
        }
        return (index..<range.upperBound).reduce(sums.sum()) { $0 + values[$1] * values[$1] }
    }
}
