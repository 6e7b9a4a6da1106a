import LinearAlgebra
import Networks

/// vᵀ H v for the mean softmax cross-entropy of a ReLU network, without the Hessian.
///
/// The second derivative of the loss along θ + t v, by carrying each layer's output a, its first derivative a' and its
/// second derivative a'' forward: z' = V a + W a' + v_b, z'' = W a'' + 2 V a', and at the logits
/// L'' = z'ᵀ S z' + (p - y)ᵀ z''. Inside a linear region the ReLU only masks. One pass costs about as much as three
/// forward passes over all layers but the first, and one over the first.
package struct SecondDirectionalDerivative {
    private let network: Network
    private let points: LabelledPoints
    private var labels: [UInt8] { points.labels }
    private let activations: Activations

    package init(network: Network, points: LabelledPoints) {
        self.network = network
        self.points = points
        activations = network.activations(of: points.inputs, count: points.count)
    }

    /// vᵀ H v for `direction`, laid out as the parameters are.
    ///
    /// Products in float32, the sum over points in float64.
    package func along(_ direction: [Float]) -> Double {
        pointwise(along: direction).reduce(0, +) / Double(labels.count)
    }

    /// The same for the loss of each point alone.
    func pointwise(along direction: [Float]) -> [Double] {
        precondition(direction.count == network.parameters.count)
        let layers = network.architecture.layers
        let count = labels.count
        var (first, second): ([Float], [Float]) = ([], [])
        for (index, layer) in layers.enumerated() {
            var (nextFirst, nextSecond) = (
                [Float](repeating: 0, count: count * layer.outputs), [Float](repeating: 0, count: count * layer.outputs)
            )
            if index == 0 {
                nextFirst = products(direction, layer)
            } else {
                product(activations.layers[index - 1], direction, layer, scale: 1, addingTo: &nextFirst)
            }
            for row in 0..<count {
                for j in 0..<layer.outputs { nextFirst[row * layer.outputs + j] += direction[layer.biasOffset + j] }
            }
            if index > 0 {
                product(first, network.parameters, layer, scale: 1, addingTo: &nextFirst)
                product(first, direction, layer, scale: 2, addingTo: &nextSecond)
                if index > 1 { product(second, network.parameters, layer, scale: 1, addingTo: &nextSecond) }
            }
            if index < layers.count - 1 {
                activations.layers[index].withUnsafeBufferPointer { outputs in
                    let activation = network.architecture.activation
                    nextFirst.withUnsafeMutableBufferPointer { activation.pullBack($0, outputs: outputs) }
                    nextSecond.withUnsafeMutableBufferPointer { activation.pullBack($0, outputs: outputs) }
                }
            }
            (first, second) = (nextFirst, nextSecond)
        }
        return lossCurvatures(first: first, second: second)
    }

    /// The inputs times the first layer's weights out of `parameters`.
    private func products(_ parameters: [Float], _ layer: Architecture.Layer) -> [Float] {
        var result: [Float] = []
        result.reserveCapacity(points.count * layer.outputs)
        parameters.withUnsafeBufferPointer { parameters in
            points.forEachBlockOfProducts(
                weights: .init(rebasing: parameters[layer.weights]), units: layer.outputs
            ) { products, _ in result += products }
        }
        return result
    }

    /// result ← result + scale · input · Wᵀ with the layer's weights out of `parameters`.
    private func product(
        _ input: [Float], _ parameters: [Float], _ layer: Architecture.Layer, scale: Float,
        addingTo result: inout [Float]
    ) {
        parameters.withUnsafeBufferPointer { parameters in
            let weights = UnsafeBufferPointer(rebasing: parameters[layer.weights])
            guard let w = weights.baseAddress, !labels.isEmpty else { return }
            BLAS.multiply(
                input, .no, leadingA: layer.inputs, w, .yes, leadingB: layer.inputs, into: &result,
                leadingC: layer.outputs, m: labels.count, n: layer.outputs, k: layer.inputs, alpha: scale, beta: 1)
        }
    }

    /// z'ᵀ S z' + (p - y)ᵀ z'' at each point.
    private func lossCurvatures(first: [Float], second: [Float]) -> [Double] {
        let classes = network.architecture.classCount
        var probabilities = [Double](repeating: 0, count: classes)
        return labels.enumerated().map { row, label in
            softmax(activations.logits, from: row * classes, into: &probabilities)
            var (mean, curvature) = (0.0, 0.0)
            for c in 0..<classes { mean += probabilities[c] * Double(first[row * classes + c]) }
            for c in 0..<classes {
                let deviation = Double(first[row * classes + c]) - mean
                curvature += probabilities[c] * deviation * deviation
                curvature += (probabilities[c] - (c == Int(label) ? 1 : 0)) * Double(second[row * classes + c])
            }
            return curvature
        }
    }
}
