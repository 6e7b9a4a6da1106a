import Buffers
import Foundation
import LinearAlgebra
import Networks

/// One network's gradient descent: its parameters in training layout and every buffer that a step needs.
///
/// Nothing is allocated in a step. The first layer is a `SparseLayer` over the touched input columns; the others are
/// dense.
final class GradientDescent {
    private let points: LabelledPoints
    private let inputs: SparseInputs
    private let architecture: Architecture
    private let layers: [Architecture.Layer]
    private let first: SparseLayer
    /// All parameters in the network's layout; the first layer's weights in it are those of before training.
    private let parameters: AlignedMemory<Float>
    /// The points of a step, or of a pass over the training points, at most.
    private let rows: Int
    /// The step's inputs, part by part.
    private let batches: [SparseBatch]
    /// Each layer's outputs; rows of a batch, row-major.
    private let outputs: [AlignedMemory<Float>]
    /// The loss's derivatives by each layer's pre-activations.
    private let deltas: [AlignedMemory<Float>]
    private let biasGradient: AlignedMemory<Float>

    init(_ network: Network, points: LabelledPoints, batchSize: Int) {
        self.points = points
        architecture = network.architecture
        layers = architecture.layers
        let columns = InputColumns(of: points)
        let inputs = SparseInputs(points, columns: columns)
        self.inputs = inputs
        first = SparseLayer(weights: network.parameters[layers[0].weights], units: layers[0].outputs, columns: columns)
        parameters = AlignedMemory(network.parameters)
        let rows = min(batchSize, points.count)
        self.rows = rows
        batches = stride(from: 0, to: rows, by: SparseBatch.capacity).map { _ in SparseBatch(of: inputs) }
        outputs = layers.map { AlignedMemory(repeating: 0, count: rows * $0.outputs) }
        deltas = layers.map { AlignedMemory(repeating: 0, count: rows * $0.outputs) }
        biasGradient = AlignedMemory(repeating: 0, count: layers.map(\.outputs).max() ?? 1)
    }

    var pointCount: Int { points.count }

    /// Whether all parameters are finite, and the logits that they give to the training points.
    var isFinite: Bool {
        (0..<parameters.count).allSatisfy { parameters.pointer[$0].isFinite } && first.isFinite && logitsAreFinite
    }

    private var logitsAreFinite: Bool {
        for start in stride(from: 0, to: points.count, by: rows) {
            let block = start..<min(start + rows, points.count)
            forward(block)
            let logits = UnsafeBufferPointer(
                start: outputs[layers.count - 1].pointer, count: block.count * architecture.classCount)
            guard logits.allSatisfy(\.isFinite) else { return false }
        }
        return true
    }

    /// Writes the trained parameters back in the network's own layout.
    func store(into network: inout Network) {
        network.parameters = parameters.values(0..<parameters.count)
        first.store(into: &network.parameters, at: layers[0].weightOffset)
    }

    /// One step on the points at `batch`.
    ///
    /// - Returns: the batch's mean loss before the step.
    func step(_ batch: ArraySlice<Int>, learningRate: Float) -> Float {
        forward(batch)
        let loss = lossAndLogitDeltas(batch)
        guard loss.isFinite else { return loss }
        backward(count: batch.count, learningRate: learningRate)
        return loss
    }

    /// The share of the first `count` training points that the present parameters classify correctly.
    func accuracy(onFirst count: Int) -> Double {
        let classes = architecture.classCount
        let logits = outputs[layers.count - 1].pointer
        var correct = 0
        for start in stride(from: 0, to: count, by: rows) {
            let block = start..<min(start + rows, count)
            forward(block)
            for row in 0..<block.count {
                let scores = UnsafeBufferPointer(start: logits + row * classes, count: classes)
                var best = 0
                for c in 1..<max(1, classes) where scores[c] > scores[best] { best = c }
                if best == Int(points.labels[start + row]) { correct += 1 }
            }
        }
        return Double(correct) / Double(count)
    }

    /// All layers' outputs on the points at `indices`, at most `rows` of them.
    private func forward<Indices: RandomAccessCollection<Int>>(_ indices: Indices) where Indices.Index == Int {
        let width = layers[0].outputs
        for (part, batch) in batches.enumerated() {
            let start = indices.startIndex + part * SparseBatch.capacity
            guard start < indices.endIndex else { break }
            batch.load(indices[start..<min(start + SparseBatch.capacity, indices.endIndex)], of: inputs)
            first.forward(batch, into: outputs[0].pointer + part * SparseBatch.capacity * width)
        }
        let count = indices.count
        activate(outputs[0].pointer, count: count, layer: 0)
        for index in layers.indices.dropFirst() {
            let layer = layers[index]
            BLAS.multiply(
                outputs[index - 1].pointer, .no, leadingA: layer.inputs, parameters.pointer + layer.weightOffset, .yes,
                leadingB: layer.inputs, into: outputs[index].pointer, leadingC: layer.outputs,
                m: count, n: layer.outputs, k: layer.inputs)
            activate(outputs[index].pointer, count: count, layer: index)
        }
    }

    /// Adds the biases and, but for the last layer, takes the ReLU.
    private func activate(_ output: UnsafeMutablePointer<Float>, count: Int, layer index: Int) {
        addBiases(
            .init(start: parameters.pointer + layers[index].biasOffset, count: layers[index].outputs),
            to: .init(start: output, count: count * layers[index].outputs), rectified: index < layers.count - 1)
    }

    /// Mean cross-entropy by a shifted log-sum-exp, and (softmax - one-hot) / batch into the last deltas.
    private func lossAndLogitDeltas(_ batch: ArraySlice<Int>) -> Float {
        let classes = architecture.classCount
        let logits = outputs[layers.count - 1].pointer
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
            let delta = deltas[index].pointer
            if index > 0 {
                let weights = parameters.pointer + layer.weightOffset
                let (below, output) = (deltas[index - 1].pointer, outputs[index - 1].pointer)
                BLAS.multiply(
                    delta, .no, leadingA: layer.outputs, weights, .no, leadingB: layer.inputs,
                    into: below, leadingC: layer.inputs, m: count, n: layer.inputs, k: layer.outputs)
                for i in 0..<(count * layer.inputs) { below[i] = output[i] > 0 ? below[i] : 0 }
                BLAS.multiply(
                    delta, .yes, leadingA: layer.outputs, output, .no, leadingB: layer.inputs,
                    into: weights, leadingC: layer.inputs, m: layer.outputs, n: layer.inputs, k: count,
                    alpha: -learningRate, beta: 1)
            } else {
                for (part, start) in stride(from: 0, to: count, by: SparseBatch.capacity).enumerated() {
                    first.descend(batches[part], delta: delta + start * layer.outputs, factor: -learningRate)
                }
            }
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
