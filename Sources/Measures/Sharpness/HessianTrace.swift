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
/// Everything is float64, from the float32 weights on: no rounding of the training's shows in the value.
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
            let part = inputs[start * size..<(start + block) * size].map(Double.init)
            sum += traceSum(of: network, on: part, count: block)
        }
        return sum / Double(count)
    }

    private static func traceSum(of network: Network, on inputs: [Double], count: Int) -> Double {
        let layers = network.architecture.layers
        let classes = network.architecture.classCount
        let weights = layers.map { layer in network.parameters[layer.weights].map(Double.init) }
        // outputs[0] are the inputs, outputs[l] what layer l gives.
        var outputs = [inputs]
        for (index, layer) in layers.enumerated() {
            outputs.append(
                affine(
                    outputs[index], weights[index], biases: network.parameters[layer.biases], count: count,
                    rectified: index < layers.count - 1))
        }
        let widest = layers.map(\.outputs).max() ?? 0
        var jacobian = [Double](repeating: 0, count: classes * widest)
        var below = jacobian
        var probabilities = [Double](repeating: 0, count: classes)
        var sum = 0.0
        for point in 0..<count {
            softmax(outputs[layers.count], from: point * classes, into: &probabilities)
            for c in 0..<classes { for u in 0..<classes { jacobian[c * classes + u] = c == u ? 1 : 0 } }
            for index in layers.indices.reversed() {
                let layer = layers[index]
                let input = outputs[index][point * layer.inputs..<(point + 1) * layer.inputs]
                let squaredInput = input.reduce(0) { $0 + $1 * $1 }
                sum += curvature(jacobian, probabilities, width: layer.outputs) * (squaredInput + 1)
                guard index > 0 else { break }
                pullBack(
                    jacobian, through: weights[index], outputs: layer.outputs, activeUnits: input, classes: classes,
                    into: &below)
                swap(&jacobian, &below)
            }
        }
        return sum
    }

    /// input · weightsᵀ + biases, then a ReLU if `rectified`; count x outputs.
    private static func affine(
        _ input: [Double], _ weights: [Double], biases: ArraySlice<Float>, count: Int, rectified: Bool
    ) -> [Double] {
        let (outputs, inputs) = (biases.count, weights.count / biases.count)
        var result = (0..<count).flatMap { _ in biases.map(Double.init) }
        BLAS.multiply(
            input, .no, leadingA: inputs, weights, .yes, leadingB: inputs, into: &result, leadingC: outputs,
            m: count, n: outputs, k: inputs, beta: 1)
        if rectified { for i in result.indices where result[i] < 0 { result[i] = 0 } }
        return result
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
        _ jacobian: [Double], through weights: [Double], outputs: Int, activeUnits: ArraySlice<Double>, classes: Int,
        into below: inout [Double]
    ) {
        let inputs = activeUnits.count
        for c in 0..<classes {
            for u in 0..<inputs { below[c * inputs + u] = 0 }
            for v in 0..<outputs {
                let slope = jacobian[c * outputs + v]
                if slope == 0 { continue }
                for u in 0..<inputs { below[c * inputs + u] += slope * weights[v * inputs + u] }
            }
            for u in 0..<inputs where activeUnits[activeUnits.startIndex + u] <= 0 { below[c * inputs + u] = 0 }
        }
    }
}
