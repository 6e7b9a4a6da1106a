import Foundation
import Networks

/// One network's gradient descent: its parameters in training layout and every buffer that a step needs.
///
/// Nothing is allocated in a step. Layer 0 holds only the touched input columns (`InputColumns`).
final class GradientDescent {
    private let points: LabelledPoints
    private let columns: InputColumns
    private let original: Architecture
    private let compact: Architecture
    private let layers: [Architecture.Layer]
    private let inputs: AlignedMemory<Float>
    private let parameters: AlignedMemory<Float>
    /// The batch's inputs, then each layer's outputs; rows of a batch, row-major.
    private let outputs: [AlignedMemory<Float>]
    /// The loss's derivatives by each layer's pre-activations.
    private let deltas: [AlignedMemory<Float>]
    private let biasGradient: AlignedMemory<Float>

    init(_ network: Network, points: LabelledPoints, batchSize: Int) {
        self.points = points
        original = network.architecture
        columns = InputColumns(of: points)
        // A data set of blank images still needs a layer to multiply with.
        compact = Architecture(widths: [max(1, columns.indices.count)] + original.widths.dropFirst())
        layers = compact.layers
        let rows = min(batchSize, points.count)
        inputs = AlignedMemory(repeating: 0, count: points.count * compact.inputSize)
        if !columns.indices.isEmpty {
            for (index, value) in columns.gather(points.inputs).enumerated() { inputs.pointer[index] = value }
        }
        parameters = AlignedMemory(repeating: 0, count: compact.parameterCount)
        outputs = compact.widths.map { AlignedMemory(repeating: 0, count: rows * $0) }
        deltas = compact.widths.dropFirst().map { AlignedMemory(repeating: 0, count: rows * $0) }
        biasGradient = AlignedMemory(repeating: 0, count: compact.widths.max() ?? 1)
        load(network.parameters)
    }

    private func load(_ source: [Float]) {
        for (layer, place) in zip(original.layers, layers) {
            let weights = layer.weightOffset == 0 ? columns.gather(source[layer.weights]) : Array(source[layer.weights])
            for (index, value) in weights.enumerated() { parameters.pointer[place.weightOffset + index] = value }
            for (index, value) in source[layer.biases].enumerated() { parameters.pointer[place.biasOffset + index] = value }
        }
    }

    var pointCount: Int { points.count }

    /// Whether all parameters are finite, and the logits that they give to the training points.
    var isFinite: Bool {
        (0..<parameters.count).allSatisfy { parameters.pointer[$0].isFinite } && logitsAreFinite
    }

    private var logitsAreFinite: Bool {
        let (width, classes) = (compact.inputSize, compact.classCount)
        let rows = outputs[0].count / width
        for start in stride(from: 0, to: points.count, by: rows) {
            let block = min(rows, points.count - start)
            outputs[0].pointer.update(from: inputs.pointer + start * width, count: block * width)
            forward(count: block)
            let logits = UnsafeBufferPointer(start: outputs[layers.count].pointer, count: block * classes)
            guard logits.allSatisfy(\.isFinite) else { return false }
        }
        return true
    }

    /// Writes the trained parameters back in the network's own layout.
    func store(into network: inout Network) {
        for (layer, place) in zip(original.layers, layers) {
            if layer.weightOffset == 0 {
                guard !columns.indices.isEmpty else { continue }
                columns.scatter(parameters.values(place.weights), into: &network.parameters, at: 0)
            } else {
                network.parameters.replaceSubrange(layer.weights, with: parameters.values(place.weights))
            }
        }
        for (layer, place) in zip(original.layers, layers) {
            network.parameters.replaceSubrange(layer.biases, with: parameters.values(place.biases))
        }
    }

    /// One step on the points at `batch`.
    ///
    /// - Returns: the batch's mean loss before the step.
    func step(_ batch: ArraySlice<Int>, learningRate: Float) -> Float {
        let width = compact.inputSize
        for (row, index) in batch.enumerated() {
            (outputs[0].pointer + row * width).update(from: inputs.pointer + index * width, count: width)
        }
        forward(count: batch.count)
        let loss = lossAndLogitDeltas(batch)
        guard loss.isFinite else { return loss }
        backward(count: batch.count, learningRate: learningRate)
        return loss
    }

    /// The share of the first `count` training points that the present parameters classify correctly.
    func accuracy(onFirst count: Int) -> Double {
        let (width, classes) = (compact.inputSize, compact.classCount)
        let rows = outputs[0].count / width
        let logits = outputs[layers.count].pointer
        var correct = 0
        for start in stride(from: 0, to: count, by: rows) {
            let block = min(rows, count - start)
            outputs[0].pointer.update(from: inputs.pointer + start * width, count: block * width)
            forward(count: block)
            for row in 0..<block {
                let scores = UnsafeBufferPointer(start: logits + row * classes, count: classes)
                var best = 0
                for c in 1..<max(1, classes) where scores[c] > scores[best] { best = c }
                if best == Int(points.labels[start + row]) { correct += 1 }
            }
        }
        return Double(correct) / Double(count)
    }

    private func forward(count: Int) {
        for (index, layer) in layers.enumerated() {
            affine(
                input: .init(start: outputs[index].pointer, count: count * layer.inputs),
                weights: .init(start: parameters.pointer + layer.weightOffset, count: layer.weightCount),
                biases: .init(start: parameters.pointer + layer.biasOffset, count: layer.outputs),
                output: .init(start: outputs[index + 1].pointer, count: count * layer.outputs),
                count: count, rectified: index < layers.count - 1)
        }
    }

    /// Mean cross-entropy by a shifted log-sum-exp, and (softmax - one-hot) / batch into the last deltas.
    private func lossAndLogitDeltas(_ batch: ArraySlice<Int>) -> Float {
        let classes = compact.classCount
        let logits = outputs[layers.count].pointer
        let delta = deltas[layers.count - 1].pointer
        let share = 1 / Float(batch.count)
        var total: Float = 0
        for (row, index) in batch.enumerated() {
            let z = logits + row * classes
            let d = delta + row * classes
            let label = Int(points.labels[index])
            var largest = z[0]
            for c in 1..<max(1, classes) where z[c] > largest { largest = z[c] }
            var sum: Float = 0
            for c in 0..<classes {
                d[c] = exp(z[c] - largest)
                sum += d[c]
            }
            total += log(sum) + largest - z[label]
            let scale = share / sum
            for c in 0..<classes { d[c] *= scale }
            d[label] -= share
        }
        return total * share
    }

    private func backward(count: Int, learningRate: Float) {
        for index in layers.indices.reversed() {
            let layer = layers[index]
            let weights = parameters.pointer + layer.weightOffset
            let delta = deltas[index].pointer
            if index > 0 {
                let below = deltas[index - 1].pointer
                BLAS.multiply(
                    delta, .no, leadingA: layer.outputs, weights, .no, leadingB: layer.inputs,
                    into: below, leadingC: layer.inputs, m: count, n: layer.inputs, k: layer.outputs)
                let output = outputs[index].pointer
                for i in 0..<(count * layer.inputs) { below[i] = output[i] > 0 ? below[i] : 0 }
            }
            BLAS.multiply(
                delta, .yes, leadingA: layer.outputs, outputs[index].pointer, .no, leadingB: layer.inputs,
                into: weights, leadingC: layer.inputs, m: layer.outputs, n: layer.inputs, k: count,
                alpha: -learningRate, beta: 1)
            stepBiases(layer, delta: delta, count: count, learningRate: learningRate)
        }
    }

    private func stepBiases(
        _ layer: Architecture.Layer, delta: UnsafeMutablePointer<Float>, count: Int, learningRate: Float
    ) {
        let sum = biasGradient.pointer
        for j in 0..<layer.outputs { sum[j] = 0 }
        for row in 0..<count {
            let d = delta + row * layer.outputs
            for j in 0..<layer.outputs { sum[j] += d[j] }
        }
        let biases = parameters.pointer + layer.biasOffset
        for j in 0..<layer.outputs { biases[j] -= learningRate * sum[j] }
    }
}
