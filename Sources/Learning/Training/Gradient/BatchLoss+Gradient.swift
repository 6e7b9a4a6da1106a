import Foundation
import LinearAlgebra
import Networks

// A pass over a batch begins with `value`, which leaves the derivatives by the logits; `gradient` or `descend` then
// goes back through the layers.

extension BatchLoss {
    /// The mean loss of the points at `batch`, with the noise that was drawn last.
    func value(at parameters: ParameterVector, on batch: ArraySlice<Int>) -> Float {
        forward(batch, at: parameters, noise: noise)
        return lossAndLogitDeltas(batch)
    }

    /// Mean cross-entropy by a shifted log-sum-exp, and (softmax - one-hot) / batch into the last deltas.
    private func lossAndLogitDeltas(_ batch: ArraySlice<Int>) -> Float {
        let classes = layout.architecture.classCount
        let logits = outputs[outputs.count - 1].pointer
        let delta = deltas[deltas.count - 1].pointer
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

    /// Writes the gradient of the loss of the `count` points whose `value` was asked for last, at the same parameters.
    ///
    /// - Postcondition: places that are no parameter, and those of untouched columns, hold zero.
    func gradient(at parameters: ParameterVector, count: Int, into gradient: ParameterVector) {
        gradient.clear()
        for index in layout.layers.indices.reversed() {
            propagate(from: index, count: count, at: parameters)
            addWeightGradient(of: index, count: count, factor: 1, to: gradient)
            sumDeltas(of: index, count: count, into: gradient.pointer(at: layout.biases(of: index)))
        }
    }

    /// One step of plain descent, parameters ← parameters - rate · gradient, without writing the gradient down.
    func descend(_ parameters: ParameterVector, count: Int, learningRate: Float) {
        for index in layout.layers.indices.reversed() {
            // The layer below needs this one's weights as they were.
            propagate(from: index, count: count, at: parameters)
            addWeightGradient(of: index, count: count, factor: -learningRate, to: parameters)
            let (sum, biases) = (deltaSums.pointer, parameters.pointer(at: layout.biases(of: index)))
            sumDeltas(of: index, count: count, into: sum)
            for j in 0..<layout.layers[index].outputs { biases[j] -= learningRate * sum[j] }
        }
    }

    /// The deltas of the layer below, if there is one.
    private func propagate(from index: Int, count: Int, at parameters: ParameterVector) {
        guard index > 0 else { return }
        let layer = layout.layers[index]
        let (below, output) = (deltas[index - 1].pointer, outputs[index - 1].pointer)
        BLAS.multiply(
            deltas[index].pointer, .no, leadingA: layer.outputs, parameters.pointer(at: layout.weights(of: index)), .no,
            leadingB: layer.inputs, into: below, leadingC: layer.inputs, m: count, n: layer.inputs, k: layer.outputs)
        let size = count * layer.inputs
        layout.architecture.activation.pullBack(
            UnsafeMutableBufferPointer(start: below, count: size),
            outputs: UnsafeBufferPointer(start: output, count: size))
        if let factors = noise?.factors { multiply(below, by: factors[index - 1].pointer, count: size) }
    }

    /// Adds `factor` times the gradient by a layer's weights to their places in `sum`.
    private func addWeightGradient(of index: Int, count: Int, factor: Float, to sum: ParameterVector) {
        let layer = layout.layers[index]
        let delta = deltas[index].pointer
        if index > 0 {
            BLAS.multiply(
                delta, .yes, leadingA: layer.outputs, outputs[index - 1].pointer, .no, leadingB: layer.inputs,
                into: sum.pointer(at: layout.weights(of: index)), leadingC: layer.inputs,
                m: layer.outputs, n: layer.inputs, k: count, alpha: factor, beta: 1)
        } else {
            for (part, start) in stride(from: 0, to: count, by: SparseBatch.capacity).enumerated() {
                first.addGradient(batches[part], delta: delta + start * layer.outputs, factor: factor, to: sum.strips)
            }
        }
    }

    /// The gradient by a layer's biases.
    private func sumDeltas(of index: Int, count: Int, into sum: UnsafeMutablePointer<Float>) {
        let (delta, width) = (deltas[index].pointer, layout.layers[index].outputs)
        for j in 0..<width { sum[j] = 0 }
        for row in 0..<count {
            let d = delta + row * width
            for j in 0..<width { sum[j] += d[j] }
        }
    }
}
