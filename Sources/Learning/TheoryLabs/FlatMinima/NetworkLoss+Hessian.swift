import LinearAlgebra
import Networks

extension NetworkLoss {
    /// The Hessian of the region of parameters at hand, column by column as the gradient's derivative.
    ///
    /// - Complexity: O(parameters) gradients.
    package func hessian(_ parameters: [Double]) -> Matrix {
        let outputs = outputs(parameters)
        let slopes = backward(parameters, outputs, outputSlopes(outputs[outputs.count - 1])).slopes
        let size = parameters.count
        var result = Matrix(rows: size, columns: size)
        for index in 0..<size {
            var direction = [Double](repeating: 0, count: size)
            direction[index] = 1
            let column = gradientDerivative(parameters, outputs, slopes, along: direction)
            for (row, value) in column.enumerated() { result[row, index] = value }
        }
        return result
    }

    /// d/dt of the gradient at parameters + t · direction: tangents forward, then their slopes backward (Pearlmutter,
    /// Neural Computation 6, 1994).
    private func gradientDerivative(
        _ parameters: [Double], _ outputs: [[Double]], _ slopes: [[Double]], along direction: [Double]
    ) -> [Double] {
        let layers = architecture.layers
        var tangents = [[Double](repeating: 0, count: outputs[0].count)]
        for (index, layer) in layers.enumerated() {
            var next = productAbove(outputs[index], direction, layer)
            let carried = productAbove(tangents[index], parameters, layer)
            let rectified = index < layers.count - 1
            for place in next.indices {
                let isOff = rectified && outputs[index + 1][place] <= 0
                next[place] =
                    isOff ? 0 : next[place] + carried[place] + direction[layer.biasOffset + place % layer.outputs]
            }
            tangents.append(next)
        }
        var result = [Double](repeating: 0, count: parameters.count)
        var change = outputSlopeTangents(outputs[layers.count], tangents[layers.count])
        for index in layers.indices.reversed() {
            let layer = layers[index]
            addProduct(change, outputs[index], layer, to: &result)
            addProduct(slopes[index], tangents[index], layer, to: &result)
            for (place, slope) in change.enumerated() { result[layer.biasOffset + place % layer.outputs] += slope }
            guard index > 0 else { break }
            var below = productBelow(change, parameters, layer)
            let turned = productBelow(slopes[index], direction, layer)
            for place in below.indices {
                below[place] = outputs[index][place] <= 0 ? 0 : below[place] + turned[place]
            }
            change = below
        }
        return result
    }

    /// d/dt of the output slopes where z moves along `tangents`: S t, over the count.
    private func outputSlopeTangents(_ logits: [Double], _ tangents: [Double]) -> [Double] {
        let (scale, classes) = (1 / Double(count), architecture.classCount)
        guard case .crossEntropy = loss else { return tangents.map { 2 * scale * $0 } }
        let probabilities = probabilities(logits)
        var result = tangents
        for start in stride(from: 0, to: tangents.count, by: classes) {
            let mean = (start..<start + classes).reduce(0) { $0 + probabilities[$1] * tangents[$1] }
            for index in start..<start + classes {
                result[index] = scale * probabilities[index] * (tangents[index] - mean)
            }
        }
        return result
    }
}
