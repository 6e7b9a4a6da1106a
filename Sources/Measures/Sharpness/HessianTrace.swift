import Foundation
import Networks

/// The trace of the training loss's Hessian, exactly.
///
/// Inside a linear region of a ReLU network every logit is affine in each single weight, so the Hessian's diagonal is
/// that of the generalised Gauss–Newton matrix. With p = softmax(z), S = diag(p) - p pᵀ, a_l the input of layer l and
/// J_l = dz / d(pre-activation of layer l),
///
///     tr H = (1/n) Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1).
///
/// Activations are float32, as the network computes them; everything after is float64.
///
/// - Complexity: O(n · classes · Σ_l width_l · width_{l+1}) over the hidden widths, plus one forward pass.
public struct HessianTrace: Measure {
    public static let about = MeasureDescription(
        id: "hessian_trace", title: "Hessian trace (exact)", family: "sharpness",
        formula: "(1/n) Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1)",
        source: "closed form of the trace that Bennett, arXiv 2605.05209, estimates; diagonal of the generalised Gauss–Newton matrix",
        invariances: [.permutation], reads: [.trainingInputs], predictedSign: .negative,
        effortUnit: "points",
        limits: "Not invariant to rescaling: the same function can have any trace (Dinh et al., arXiv 1703.04933). Where a pre-activation is exactly 0 the loss has a kink, and the trace is that of the region in which the unit is off.")

    public init(options: MeasureOptions) {}

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
        let size = network.architecture.inputSize
        var sum = 0.0
        for start in stride(from: 0, to: count, by: 1024) {
            let block = min(1024, count - start)
            let part = Array(inputs[start * size..<(start + block) * size])
            sum += traceSum(of: network, on: part, count: block)
        }
        return sum / Double(count)
    }

    private static func traceSum(of network: Network, on inputs: [Float], count: Int) -> Double {
        let layers = network.architecture.layers
        let classes = network.architecture.classCount
        let activations = network.activations(of: inputs, count: count)
        let weights = layers.map { layer in network.parameters[layer.weights].map(Double.init) }
        let widest = layers.map(\.outputs).max() ?? 0
        var jacobian = [Double](repeating: 0, count: classes * widest)
        var below = jacobian
        var probabilities = [Double](repeating: 0, count: classes)
        var sum = 0.0
        for point in 0..<count {
            softmax(activations.logits, from: point * classes, into: &probabilities)
            for c in 0..<classes { for u in 0..<classes { jacobian[c * classes + u] = c == u ? 1 : 0 } }
            for index in layers.indices.reversed() {
                let layer = layers[index]
                let input = index == 0 ? inputs : activations.layers[index - 1]
                let squaredInput = squaredNorm(input, from: point * layer.inputs, count: layer.inputs)
                sum += curvature(jacobian, probabilities, width: layer.outputs) * (squaredInput + 1)
                guard index > 0 else { break }
                pullBack(
                    jacobian, through: weights[index], outputs: layer.outputs, inputs: layer.inputs,
                    activeUnits: input, from: point * layer.inputs, classes: classes, into: &below)
                swap(&jacobian, &below)
            }
        }
        return sum
    }

    private static func squaredNorm(_ values: [Float], from start: Int, count: Int) -> Double {
        var sum = 0.0
        for i in start..<(start + count) { sum += Double(values[i]) * Double(values[i]) }
        return sum
    }

    /// tr(S J Jᵀ) for a classes x width Jacobian: Σ_u (Σ_c p_c J_cu² - (Σ_c p_c J_cu)²), shifted by the mean so that
    /// nothing cancels.
    private static func curvature(_ jacobian: [Double], _ probabilities: [Double], width: Int) -> Double {
        var sum = 0.0
        for u in 0..<width {
            var mean = 0.0
            for c in probabilities.indices { mean += probabilities[c] * jacobian[c * width + u] }
            for c in probabilities.indices {
                let deviation = jacobian[c * width + u] - mean
                sum += probabilities[c] * deviation * deviation
            }
        }
        return sum
    }

    /// J_l = J_{l+1} W_{l+1} diag(unit is on), classes x inputs.
    private static func pullBack(
        _ jacobian: [Double], through weights: [Double], outputs: Int, inputs: Int, activeUnits: [Float], from start: Int,
        classes: Int, into below: inout [Double]
    ) {
        for c in 0..<classes {
            for u in 0..<inputs { below[c * inputs + u] = 0 }
            for v in 0..<outputs {
                let slope = jacobian[c * outputs + v]
                if slope == 0 { continue }
                for u in 0..<inputs { below[c * inputs + u] += slope * weights[v * inputs + u] }
            }
            for u in 0..<inputs where activeUnits[start + u] <= 0 { below[c * inputs + u] = 0 }
        }
    }
}
