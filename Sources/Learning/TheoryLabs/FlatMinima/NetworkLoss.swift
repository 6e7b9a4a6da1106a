import Foundation
import LinearAlgebra
import Measures
import Networks

/// A ReLU network's mean loss over some points, as a function of its parameters; all float64.
package struct NetworkLoss: Sendable {
    package let architecture: Architecture
    package let loss: OutputLoss
    /// count x inputs, row-major.
    package let inputs: [Double]
    /// count x classes, row-major: unit vectors of labels, or any distributions.
    package let targets: [Double]

    package var count: Int { targets.count / architecture.classCount }

    package init(architecture: Architecture, loss: OutputLoss, inputs: [Double], targets: [Double]) {
        self.architecture = architecture
        self.loss = loss
        self.inputs = inputs
        self.targets = targets
    }

    /// The mean over the points of -Σ y log softmax(z), or of |z - y|².
    package func value(_ parameters: [Double]) -> Double {
        let outputs = outputs(parameters)
        let (logits, classes) = (outputs[outputs.count - 1], architecture.classCount)
        var sum = 0.0
        for point in 0..<count {
            let range = point * classes..<(point + 1) * classes
            switch loss {
            case .crossEntropy:
                let largest = logits[range].max() ?? 0
                let logarithm = largest + log(logits[range].reduce(0) { $0 + exp($1 - largest) })
                for index in range { sum += targets[index] * (logarithm - logits[index]) }
            case .squaredError:
                for index in range { sum += (logits[index] - targets[index]) * (logits[index] - targets[index]) }
            }
        }
        return sum / Double(count)
    }

    /// The gradient, laid out as the parameters.
    package func gradient(_ parameters: [Double]) -> [Double] {
        let outputs = outputs(parameters)
        return backward(parameters, outputs, outputSlopes(outputs[outputs.count - 1])).gradient
    }

    /// The inputs, then what each layer gives.
    package func outputs(_ parameters: [Double]) -> [[Double]] {
        Float64Network(architecture: architecture, parameters: parameters).outputs(of: inputs, count: count)
    }

    /// d loss / d z for each point's own loss over the count: p - y, or 2 (z - y).
    func outputSlopes(_ logits: [Double]) -> [Double] {
        let scale = 1 / Double(count)
        switch loss {
        case .crossEntropy: return zip(probabilities(logits), targets).map { scale * ($0 - $1) }
        case .squaredError: return zip(logits, targets).map { 2 * scale * ($0 - $1) }
        }
    }

    /// Softmax of each point's outputs.
    package func probabilities(_ logits: [Double]) -> [Double] {
        let classes = architecture.classCount
        var result = logits
        for start in stride(from: 0, to: logits.count, by: classes) {
            let range = start..<start + classes
            let largest = logits[range].max() ?? 0
            for index in range { result[index] = exp(logits[index] - largest) }
            let sum = result[range].reduce(0, +)
            for index in range { result[index] /= sum }
        }
        return result
    }

    /// The gradient, and d loss / d(pre-activation) of each layer, for given d loss / d z.
    func backward(
        _ parameters: [Double], _ outputs: [[Double]], _ slopes: [Double]
    ) -> (gradient: [Double], slopes: [[Double]]) {
        let layers = architecture.layers
        var gradient = [Double](repeating: 0, count: parameters.count)
        var each = [slopes]
        for index in layers.indices.reversed() {
            let (layer, own) = (layers[index], each[each.count - 1])
            addProduct(own, outputs[index], layer, to: &gradient)
            for (place, slope) in own.enumerated() { gradient[layer.biasOffset + place % layer.outputs] += slope }
            guard index > 0 else { break }
            var below = productBelow(own, parameters, layer)
            for place in below.indices where outputs[index][place] <= 0 { below[place] = 0 }
            each.append(below)
        }
        return (gradient, each.reversed())
    }

    /// gradient of the layer's weights += slopesᵀ · input.
    func addProduct(_ slopes: [Double], _ input: [Double], _ layer: Architecture.Layer, to gradient: inout [Double]) {
        gradient.withUnsafeMutableBufferPointer { gradient in
            guard let weights = UnsafeMutableBufferPointer(rebasing: gradient[layer.weights]).baseAddress else {
                return
            }
            BLAS.multiply(
                slopes, .yes, leadingA: layer.outputs, input, .no, leadingB: layer.inputs, into: weights,
                leadingC: layer.inputs, m: layer.outputs, n: layer.inputs, k: count, beta: 1)
        }
    }

    /// slopes · W.
    func productBelow(_ slopes: [Double], _ parameters: [Double], _ layer: Architecture.Layer) -> [Double] {
        var below = [Double](repeating: 0, count: count * layer.inputs)
        parameters.withUnsafeBufferPointer { parameters in
            guard let weights = UnsafeBufferPointer(rebasing: parameters[layer.weights]).baseAddress else { return }
            BLAS.multiply(
                slopes, .no, leadingA: layer.outputs, weights, .no, leadingB: layer.inputs, into: &below,
                leadingC: layer.inputs, m: count, n: layer.inputs, k: layer.outputs)
        }
        return below
    }

    /// input · Wᵀ, with the layer's weights out of `parameters`.
    func productAbove(_ input: [Double], _ parameters: [Double], _ layer: Architecture.Layer) -> [Double] {
        var above = [Double](repeating: 0, count: count * layer.outputs)
        parameters.withUnsafeBufferPointer { parameters in
            guard let weights = UnsafeBufferPointer(rebasing: parameters[layer.weights]).baseAddress else { return }
            BLAS.multiply(
                input, .no, leadingA: layer.inputs, weights, .yes, leadingB: layer.inputs, into: &above,
                leadingC: layer.outputs, m: count, n: layer.outputs, k: layer.inputs)
        }
        return above
    }
}
