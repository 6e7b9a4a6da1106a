import Foundation
import LinearAlgebra
import Randomness

/// Full-batch gradient descent with momentum 0.9 whose step length is set by layer: the gradient's mean over its root
/// mean square (rate 0.999) over the whole layer, as Adam (Kingma and Ba, 2015) has it for each weight.
///
/// One length a layer keeps descent independent of the axes, as plain gradient descent is, and needs a tenth of its
/// steps [O]. Minimises mean (f - y)² + λ Σ_j (A_j + B_j), half the trace of `NeuronTraces`, whose minimum over
/// scalings is S / 2; the number of points at which a neuron fires counts as constant in it.
package struct LayerwiseDescent: Sendable {
    package var steps: Int
    /// Falls linearly to 0 over the last `coolingShare` of the steps.
    package var learningRate: Double
    package var coolingShare = 1.0
    /// λ at the start; it falls geometrically by `flatnessDecay` over all steps. 0: the risk alone.
    package var flatnessWeight = 0.0
    package var flatnessDecay = 1e-5
    /// Without λ, descent stops at this risk.
    package var sufficientRisk = 1e-12

    package init(steps: Int, learningRate: Double) {
        self.steps = steps
        self.learningRate = learningRate
    }

    /// - Returns: the trained network and the steps taken; nil when the risk is no longer finite.
    /// - Precondition: a network of rectifiers.
    /// - Complexity: O(steps · points · width · dimension).
    package func trained(
        _ network: HomogeneousNetwork, on inputs: Matrix, labels: [Double]
    ) -> (network: HomogeneousNetwork, steps: Int)? {
        precondition(network.activation == .relu && inputs.columns == network.dimension && labels.count == inputs.rows)
        var pass = RectifierPass(network, inputs: inputs, labels: labels)
        var outer = LayerState(pass.outerLayer, count: network.width)
        var inner = LayerState(pass.innerLayer, count: network.width * network.dimension)
        var taken = 0
        for step in 0..<steps where !Task.isCancelled {
            let done = Double(step) / Double(steps)
            let risk = pass.differentiate(flatnessWeight: flatnessWeight * pow(flatnessDecay, done))
            guard risk.isFinite else { return nil }
            if flatnessWeight == 0, risk < sufficientRisk { break }
            let rate = learningRate * min(1, (1 - done) / coolingShare)
            outer.update(&pass.weights, gradient: pass.gradient, rate: rate)
            inner.update(&pass.weights, gradient: pass.gradient, rate: rate)
            taken += 1
        }
        return (pass.network, taken)
    }
}

/// Momentum and mean square of one layer.
private struct LayerState {
    private let layer: Range<Int>
    private let count: Double
    private var momentum: [SIMD8<Double>]
    private var meanSquare = 0.0
    private var step = 0

    /// - Parameters:
    ///   - layer: where the layer's weights are among all.
    ///   - count: weights of the layer, idle lanes not counted.
    init(_ layer: Range<Int>, count: Int) {
        self.layer = layer
        self.count = Double(count)
        momentum = Array(repeating: .zero, count: layer.count)
    }

    mutating func update(_ weights: inout [SIMD8<Double>], gradient: [SIMD8<Double>], rate: Double) {
        step += 1
        var squares = SIMD8<Double>.zero
        for (k, place) in layer.enumerated() {
            squares += gradient[place] * gradient[place]
            momentum[k] = 0.9 * momentum[k] + 0.1 * gradient[place]
        }
        meanSquare = 0.999 * meanSquare + 0.001 * squares.sum() / count
        let length = (meanSquare / (1 - pow(0.999, Double(step)))).squareRoot() + 1e-12
        let factor = rate / ((1 - pow(0.9, Double(step))) * length)
        for (k, place) in layer.enumerated() { weights[place] -= factor * momentum[k] }
    }
}
