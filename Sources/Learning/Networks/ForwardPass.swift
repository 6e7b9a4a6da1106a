import LinearAlgebra

/// The layers' outputs of a network on a block of points.
public struct Activations: Sendable {
    public let count: Int
    /// One count x width buffer a layer, row-major: after the activation for hidden layers, the logits for the last.
    public let layers: [[Float]]

    /// count x classes, row-major.
    public var logits: [Float] { layers[layers.count - 1] }
}

extension Network {
    /// Points a block, in passes over many points: memory stays small and the block in the cache.
    package static let blockSize = 1024

    /// All layers' outputs on `count` points given as a row-major count x inputSize buffer.
    ///
    /// - Complexity: O(count · parameters); memory O(count · sum of widths).
    public func activations(of inputs: [Float], count: Int) -> Activations {
        precondition(inputs.count == count * architecture.inputSize)
        return inputs.withUnsafeBufferPointer { activations(of: $0, count: count) }
    }

    private func activations(of inputs: UnsafeBufferPointer<Float>, count: Int) -> Activations {
        var outputs: [[Float]] = []
        let layers = architecture.layers
        for (index, layer) in layers.enumerated() {
            var output = [Float](repeating: 0, count: count * layer.outputs)
            let activation = index < layers.count - 1 ? architecture.activation : nil
            parameters.withUnsafeBufferPointer { parameters in
                output.withUnsafeMutableBufferPointer { output in
                    func run(_ input: UnsafeBufferPointer<Float>) {
                        affine(
                            input: input, weights: .init(rebasing: parameters[layer.weights]),
                            biases: .init(rebasing: parameters[layer.biases]), output: output, count: count,
                            activation: activation)
                    }
                    if index == 0 { run(inputs) } else { outputs[index - 1].withUnsafeBufferPointer(run) }
                }
            }
            outputs.append(output)
        }
        return Activations(count: count, layers: outputs)
    }

    /// The logits and, after the last hidden activation, the features of many points, block by block.
    ///
    /// - Returns: features count x featureWidth (the inputs themselves when there is no hidden layer), logits
    ///   count x classes, both row-major.
    public func featuresAndLogits(of points: LabelledPoints) -> (features: [Float], logits: [Float]) {
        var (features, logits): ([Float], [Float]) = ([], [])
        features.reserveCapacity(points.count * architecture.featureWidth)
        logits.reserveCapacity(points.count * architecture.classCount)
        points.inputs.withUnsafeBufferPointer { inputs in
            for start in stride(from: 0, to: points.count, by: Self.blockSize) {
                let count = min(Self.blockSize, points.count - start)
                let block = UnsafeBufferPointer(
                    rebasing: inputs[start * points.inputSize..<(start + count) * points.inputSize])
                let activations = activations(of: block, count: count)
                logits += activations.logits
                features += activations.layers.dropLast().last ?? Array(block)
            }
        }
        return (features, logits)
    }
}

/// output ← input · weightsᵀ + biases, then the activation, if there is one; count x inputs times outputs x inputs.
package func affine(
    input: UnsafeBufferPointer<Float>, weights: UnsafeBufferPointer<Float>, biases: UnsafeBufferPointer<Float>,
    output: UnsafeMutableBufferPointer<Float>, count: Int, activation: Activation?
) {
    let outputs = biases.count
    guard count > 0, let x = input.baseAddress, let w = weights.baseAddress,
        let y = output.baseAddress
    else { return }
    let inputs = weights.count / outputs
    BLAS.multiply(
        x, .no, leadingA: inputs, w, .yes, leadingB: inputs, into: y, leadingC: outputs, m: count, n: outputs, k: inputs
    )
    addBiases(biases, to: output, activation: activation)
}

/// Adds one bias a column to a row-major buffer, then takes the activation, if there is one.
package func addBiases(
    _ biases: UnsafeBufferPointer<Float>, to output: UnsafeMutableBufferPointer<Float>, activation: Activation?
) {
    guard let b = biases.baseAddress, let y = output.baseAddress else { return }
    let outputs = biases.count
    let count = output.count / outputs
    for row in 0..<count {
        let z = y + row * outputs
        for j in 0..<outputs { z[j] += b[j] }
        activation?.apply(to: UnsafeMutableBufferPointer(start: z, count: outputs))
    }
}
