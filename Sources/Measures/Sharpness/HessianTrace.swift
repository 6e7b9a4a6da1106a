import Foundation
import LinearAlgebra
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
        let weights = layers.map { layer in network.parameters[layer.weights].map(Double.init) }
        // outputs[0] are the inputs, outputs[l] what layer l gives.
        var outputs = [inputs]
        for (index, layer) in layers.enumerated() {
            outputs.append(
                affine(
                    outputs[index], weights[index], biases: network.parameters[layer.biases], count: count,
                    rectified: index < layers.count - 1))
        }
        // Jacobians of a few points at a time: 8 MiB however wide the layers are, unless one point takes more.
        let widest = layers.map(\.outputs).max() ?? 1
        let step = max(1, min(256, (1 << 20) / (network.architecture.classCount * widest)))
        return stride(from: 0, to: count, by: step).reduce(0) { sum, start in
            sum + curvatureSum(layers, weights, outputs, points: start..<min(start + step, count))
        }
    }

    /// Σ_i Σ_l tr(S J_l J_lᵀ) (|a_l|² + 1) over a range of points.
    ///
    /// S = Aᵀ A with A = diag(√p) (I - 1 pᵀ), so tr(S J Jᵀ) = |A J|². The rows of A J_l are carried from layer to layer for
    /// all points at once; being differences from the mean, they leave nothing to cancel.
    private static func curvatureSum(
        _ layers: [Architecture.Layer], _ weights: [[Double]], _ outputs: [[Double]], points: Range<Int>
    ) -> Double {
        let classes = layers[layers.count - 1].outputs
        let rows = points.count * classes
        var jacobian = softmaxRoots(of: outputs[layers.count], points: points, classes: classes)
        var sum = 0.0
        for index in layers.indices.reversed() {
            let layer = layers[index]
            let rowSize = classes * layer.outputs
            for (place, point) in points.enumerated() {
                let input = sumOfSquares(outputs[index], point * layer.inputs..<(point + 1) * layer.inputs)
                sum += sumOfSquares(jacobian, place * rowSize..<(place + 1) * rowSize) * (input + 1)
            }
            guard index > 0 else { break }
            var below = [Double](repeating: 0, count: rows * layer.inputs)
            BLAS.multiply(
                jacobian, .no, leadingA: layer.outputs, weights[index], .no, leadingB: layer.inputs, into: &below,
                leadingC: layer.inputs, m: rows, n: layer.inputs, k: layer.outputs)
            drop(unitsOffIn: outputs[index], points: points, width: layer.inputs, classes: classes, from: &below)
            jacobian = below
        }
        return sum
    }

    /// A = diag(√p) (I - 1 pᵀ) of each point, points x classes x classes.
    private static func softmaxRoots(of logits: [Double], points: Range<Int>, classes: Int) -> [Double] {
        var probabilities = [Double](repeating: 0, count: classes)
        var roots: [Double] = []
        roots.reserveCapacity(points.count * classes * classes)
        for point in points {
            softmax(logits, from: point * classes, into: &probabilities)
            for c in 0..<classes {
                let root = probabilities[c].squareRoot()
                for u in 0..<classes { roots.append(root * ((c == u ? 1 : 0) - probabilities[u])) }
            }
        }
        return roots
    }

    /// Sets the columns of units that are off at a point to 0 in its classes x width part of `jacobian`.
    private static func drop(
        unitsOffIn activations: [Double], points: Range<Int>, width: Int, classes: Int, from jacobian: inout [Double]
    ) {
        activations.withUnsafeBufferPointer { activations in
            jacobian.withUnsafeMutableBufferPointer { jacobian in
                for (place, point) in points.enumerated() {
                    let units = UnsafeBufferPointer(rebasing: activations[point * width..<(point + 1) * width])
                    for row in place * classes..<(place + 1) * classes {
                        let values = UnsafeMutableBufferPointer(rebasing: jacobian[row * width..<(row + 1) * width])
                        for u in 0..<width { values[u] = units[u] <= 0 ? 0 : values[u] }
                    }
                }
            }
        }
    }

    private static func sumOfSquares(_ values: [Double], _ range: Range<Int>) -> Double {
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
}
