import LinearAlgebra
import Measures
import Networks

/// How far a network's loss can be from its second-order expansion within a radius: a bound by norms [O].
///
/// A perturbation changes the outputs of a point by J Δ + Q + R: first and second order in Δ with the units on and off
/// as they are, and the rest. With ρ_j the length of layer j's part of Δ, n_j = |(a, 1)| of its input, and the norms of
/// the linear maps du_l / du_j and du_l / da_j between layers (`NetworkChains`), the parts of layer l's pre-activation
/// are at most
///
///     F_l = Σ_j ‖du_l / du_j‖ ρ_j n_j,   S_l = Σ_j ‖du_l / du_j‖ ρ_j F_{j-1},
///     R_l = Σ_j ‖du_l / du_j‖ ρ_j (S_{j-1} + R_{j-1}) + Σ_j ‖du_l / da_j‖ |κ_j|.
///
/// κ is what units err that switch: (β - |u|)₊ with β = r |du / dθ| + S + R the most that a unit's pre-activation
/// changes; and
/// |κ| ≤ (r ‖du_l / dθ‖ + S + R - min |u|)₊ for a layer, as its units share Δ.
/// With g and S the loss's slope and curvature in z, the loss's remainder is at most
///
///     |g| R' + Σ |gᵀ dz/da| κ + ‖S‖ (‖J‖ r (Q + R) + ½ (Q + R)²) + c (‖J‖ r + Q + R)³ / 6,
///
/// R' being R without κ's direct way to the outputs; c = 0 for the squared error, and for the cross-entropy the third
/// central moment of a variable on an interval of length √2: (√2)³ / (6 √3) at most.
package struct NetworkRemainder: Sendable {
    private let points: [NetworkRemainderPoint]

    /// - Parameter hasBiases: whether biases move too.
    package init(of loss: NetworkLoss, at parameters: [Double], hasBiases: Bool) {
        let outputs = loss.outputs(parameters)
        let logits = outputs[outputs.count - 1]
        let slopes = loss.outputSlopes(logits).map { Double(loss.count) * $0 }
        let probabilities = loss.probabilities(logits)
        let classes = loss.architecture.classCount
        points = (0..<loss.count).map { point in
            let own = point * classes..<(point + 1) * classes
            return NetworkRemainderPoint(
                NetworkChains(loss.architecture, parameters, outputs, point: point, hasBiases: hasBiases),
                loss.loss, slope: Array(slopes[own]), probabilities: Array(probabilities[own]))
        }
    }

    /// At least the largest error of the second-order expansion over |Δ| ≤ r.
    ///
    /// - Complexity: O(points · layers² · 2^layers).
    package func bound(radius: Double) -> Double {
        points.reduce(0) { $0 + $1.bound(radius: radius) } / Double(points.count)
    }

    /// A radius within which no unit switches at any point.
    package var smoothRadius: Double {
        // What may switch grows with the radius: bisect.
        var (low, high) = (0.0, 1.0)
        for _ in 0..<40 {
            let middle = 0.5 * (low + high)
            if points.allSatisfy({ !$0.maySwitch(radius: middle) }) { low = middle } else { high = middle }
        }
        return low
    }
}

/// The part of one point.
struct NetworkRemainderPoint: Sendable {
    /// What the bound needs of a layer: norms of maps by the layer that they come from, and its units.
    private struct Layer {
        let fromPreactivations: (before: [Double], after: [Double])
        let fromOutputs: (before: [Double], after: [Double])
        let jacobianNorm: Double
        let inputLength: Double
        /// |u| and |du / dθ| of each unit.
        let margins: [Double]
        let slopes: [Double]
        /// |gᵀ dz/da| of each unit; empty for the last layer.
        let sensitivities: [Double]
    }

    /// What the units of a hidden layer err by switching, and a bound of their length.
    private struct Switching {
        let errors: [Double]
        let length: Double
    }

    private let layers: [Layer]
    private let slope: Double
    private let curvature: Double
    private let thirdDerivative: Double

    init(_ chains: NetworkChains, _ loss: OutputLoss, slope: [Double], probabilities: [Double]) {
        let count = chains.preactivations.count
        layers = (0..<count).map { index in
            Layer(
                fromPreactivations: chains.norms(chains.fromPreactivations[index], layer: index),
                fromOutputs: chains.norms(chains.fromOutputs[index], layer: index),
                jacobianNorm: chains.jacobianNorm(index), inputLength: chains.inputLengths[index],
                margins: chains.preactivations[index].map { abs($0) }, slopes: chains.slopes(index),
                sensitivities: index < count - 1
                    ? (chains.fromOutputs[count - 1][index].transposed * slope).map { abs($0) } : [])
        }
        self.slope = norm(slope)
        switch loss {
        case .crossEntropy:
            curvature =
                Matrix(rows: slope.count, columns: slope.count) {
                    ($0 == $1 ? probabilities[$0] : 0) - probabilities[$0] * probabilities[$1]
                }.symmetricEigendecomposition()?.values.last ?? 0.5
            thirdDerivative = 8.0.squareRoot() / (6 * 3.0.squareRoot())
        case .squaredError:
            curvature = 2
            thirdDerivative = 0
        }
    }

    func maySwitch(radius: Double) -> Bool { expansion(radius).switching.contains { $0.length > 0 } }

    func bound(radius: Double) -> Double {
        let (second, smoothRest, switching) = expansion(radius)
        let last = layers[layers.count - 1]
        var (rest, direct) = (smoothRest, 0.0)
        for (index, layer) in switching.enumerated() {
            rest += last.fromOutputs.before[index] * layer.length
            direct += dot(layers[index].sensitivities, layer.errors)
        }
        let first = last.jacobianNorm * radius
        let higher = second + rest
        let whole = first + higher
        return slope * smoothRest + direct + curvature * higher * (first + 0.5 * higher)
            + thirdDerivative * whole * whole * whole / 6
    }

    /// Bounds of |Q| and |R'| of the outputs, and κ of each hidden unit.
    private func expansion(_ radius: Double) -> (second: Double, rest: Double, switching: [Switching]) {
        let zero = LayerPolynomial(layers: layers.count)
        // After the ReLU, by layer; the inputs do not change.
        var (firsts, higher) = ([zero], [zero])
        var switching: [Switching] = []
        for (index, layer) in layers.enumerated() {
            func sum(_ norms: [Double], _ source: (Int) -> LayerPolynomial) -> LayerPolynomial {
                norms.indices.reduce(zero) { $0 + norms[$1] * source($1).times(layer: $1) }
            }
            func second(_ norms: [Double]) -> LayerPolynomial { sum(norms) { firsts[$0] } }
            func rest(_ norms: [Double]) -> LayerPolynomial { sum(norms) { higher[$0] } }
            func switched(_ norms: [Double]) -> Double { zip(norms, switching).reduce(0) { $0 + $1.0 * $1.1.length } }
            let (before, after) = layer.fromPreactivations
            if index == layers.count - 1 {
                return (second(before).bound(radius: radius), rest(before).bound(radius: radius), switching)
            }
            let change = (second(before) + rest(before)).bound(radius: radius) + switched(layer.fromOutputs.before)
            let errors = zip(layer.slopes, layer.margins).map { max(0, radius * $0 + change - $1) }
            let together = max(0, radius * layer.jacobianNorm + change - (layer.margins.min() ?? 0))
            let own = Switching(errors: errors, length: min(together, norm(errors)))
            firsts.append(sum(after) { LayerPolynomial(layers: layers.count, constant: layers[$0].inputLength) })
            higher.append(
                second(after) + rest(after)
                    + LayerPolynomial(layers: layers.count, constant: switched(layer.fromOutputs.after) + own.length))
            switching.append(own)
        }
        return (0, 0, switching)
    }
}
