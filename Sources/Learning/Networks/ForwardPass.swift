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
        let first = inputs.withUnsafeBufferPointer { outputs(ofLayer: 0, on: $0, count: count) }
        return activations(firstLayer: first, count: count)
    }

    /// The same, going on from the first layer's outputs.
    private func activations(firstLayer: [Float], count: Int) -> Activations {
        var layers = [firstLayer]
        for index in architecture.layers.indices.dropFirst() {
            layers.append(layers[index - 1].withUnsafeBufferPointer { outputs(ofLayer: index, on: $0, count: count) })
        }
        return Activations(count: count, layers: layers)
    }

    /// One layer's outputs on `count` rows of inputs.
    private func outputs(ofLayer index: Int, on input: UnsafeBufferPointer<Float>, count: Int) -> [Float] {
        let layer = architecture.layers[index]
        var output = [Float](repeating: 0, count: count * layer.outputs)
        parameters.withUnsafeBufferPointer { parameters in
            output.withUnsafeMutableBufferPointer { output in
                affine(
                    input: input, weights: .init(rebasing: parameters[layer.weights]),
                    biases: .init(rebasing: parameters[layer.biases]), output: output, count: count,
                    activation: activation(ofLayer: index))
            }
        }
        return output
    }

    private func activation(ofLayer index: Int) -> Activation? {
        index < architecture.layers.count - 1 ? architecture.activation : nil
    }

    /// The logits and, after the last hidden activation, the features of many points, block by block.
    ///
    /// - Returns: features count x featureWidth (the inputs themselves when there is no hidden layer), logits
    ///   count x classes, both row-major.
    public func featuresAndLogits(of points: LabelledPoints) -> (features: [Float], logits: [Float]) {
        let first = architecture.layers[0]
        let hasHidden = architecture.layers.count > 1
        var (features, logits): ([Float], [Float]) = (hasHidden ? [] : points.inputs, [])
        features.reserveCapacity(points.count * architecture.featureWidth)
        logits.reserveCapacity(points.count * architecture.classCount)
        parameters.withUnsafeBufferPointer { parameters in
            let biases = UnsafeBufferPointer(rebasing: parameters[first.biases])
            points.forEachBlockOfProducts(
                weights: .init(rebasing: parameters[first.weights]), units: first.outputs
            ) { products, count in
                addBiases(biases, to: products, activation: activation(ofLayer: 0))
                let activations = activations(firstLayer: Array(products), count: count)
                logits += activations.logits
                if hasHidden { features += activations.layers[activations.layers.count - 2] }
            }
        }
        return (features, logits)
    }
}

extension LabelledPoints {
    /// The products of a first layer's weights with all inputs, in blocks of `Network.blockSize` points; where most
    /// inputs are zero, of those that are not.
    ///
    /// Both ways give the same bits with OpenBLAS's kernels for AVX-512, finite weights and more than a million
    /// products, below which those kernels sum up in other parts.
    ///
    /// - Parameters:
    ///   - weights: units x inputs, row-major.
    ///   - body: gets the products of a block of points, points x units, row-major. May change them.
    package func forEachBlockOfProducts(
        weights: UnsafeBufferPointer<Float>, units: Int,
        _ body: (_ products: UnsafeMutableBufferPointer<Float>, _ points: Int) -> Void
    ) {
        if let sorted = sortedInputs {
            return sorted.forEachBlock(of: Network.blockSize, weights: weights, units: units, body)
        }
        var products = [Float](repeating: 0, count: min(Network.blockSize, count) * units)
        for start in stride(from: 0, to: count, by: Network.blockSize) {
            let points = min(Network.blockSize, count - start)
            inputs.withUnsafeBufferPointer { inputs in
                products.withUnsafeMutableBufferPointer { products in
                    guard let x = inputs.baseAddress, let w = weights.baseAddress, let y = products.baseAddress else {
                        return
                    }
                    BLAS.multiply(
                        x + start * inputSize, .no, leadingA: inputSize, w, .yes, leadingB: inputSize, into: y,
                        leadingC: units, m: points, n: units, k: inputSize)
                    body(.init(rebasing: products[..<(points * units)]), points)
                }
            }
        }
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
