import Networks
import Parameters

/// The trace of the training loss's Hessian, exactly.
///
/// Inside a linear region of a ReLU network every logit is affine in each single weight, so the Hessian's diagonal is
/// that of the generalised Gauss–Newton matrix. With p = softmax(z), S = diag(p) - p pᵀ, a_l the input of layer l and
/// J_l = dz / d(pre-activation of layer l),
///
///     tr H = (1/n) Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1).
///
/// Everything is float64, from the float32 weights on: no rounding of the training's shows in the value.
///
/// - Complexity: O(n · classes · Σ_l width_l · width_{l+1}) over the hidden widths, plus one forward pass.
public struct HessianTrace: Measure {
    public static let about = MeasureDescription(
        id: "hessian_trace", title: "Hessian trace (exact)", family: "sharpness",
        formula: "(1/n) Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1)",
        source:
            """
            closed form of the trace that Bennett, arXiv 2605.05209, estimates; diagonal of the generalised \
            Gauss–Newton matrix
            """,
        invariances: [.permutation], reads: [.trainingInputs], predictedSign: .negative,
        effortUnit: "points",
        limits:
            """
            Not invariant to rescaling: the same function can have any trace (Dinh et al., arXiv 1703.04933). Where \
            a pre-activation is exactly 0 the loss has a kink, and the trace is that of the region in which the \
            unit is off.
            """,
        roles: [.followedOverStudies])

    public init(options: ParameterValues) {}

    public func evaluate(_ subject: Subject) -> MeasuredValue {
        MeasuredValue(
            Self.trace(of: subject.network, on: subject.training.inputs, count: subject.training.count),
            effort: subject.training.count)
    }

    /// The trace of the Hessian of the mean cross-entropy over `count` points; it does not depend on their labels.
    ///
    /// - Parameter inputs: count x inputSize, row-major.
    public static func trace(of network: Network, on inputs: [Float], count: Int) -> Double {
        guard count > 0 else { return .nan }
        let real = Float64Network(network)
        let size = network.architecture.inputSize
        var sum = 0.0
        for start in stride(from: 0, to: count, by: Network.blockSize) {
            let block = min(Network.blockSize, count - start)
            let part = inputs[start * size..<(start + block) * size].map(Double.init)
            let roots = LayerRows(real, loss: .crossEntropy, inputs: part, count: block)
            sum += roots.parts.reduce(0) { $0 + curvatureSum(roots, points: $1) }
        }
        return sum / Double(count)
    }

    /// Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1) over a range of points: with S = Aᵀ A, tr(S J Jᵀ) = |A J|².
    private static func curvatureSum(_ roots: LayerRows, points: Range<Int>) -> Double {
        var sum = 0.0
        roots.forEachLayer(of: points) { layer, rows in
            let inputs = roots.outputs[layer].count / roots.count
            let rowSize = rows.count / points.count
            for (place, point) in points.enumerated() {
                let input = sumOfSquares(roots.outputs[layer], point * inputs..<(point + 1) * inputs)
                sum += sumOfSquares(rows, place * rowSize..<(place + 1) * rowSize) * (input + 1)
            }
        }
        return sum
    }
}
