import LinearAlgebra
import Networks

/// The matrix products that passes through a layer are made of, in float64; all buffers row-major. `parameters` is laid
/// out as `Architecture` says: a network's own, or a direction in their space.
extension Architecture.Layer {
    /// result ← result + input · Wᵀ; count x inputs to count x outputs.
    func forward(_ input: [Double], count: Int, of parameters: [Double], addingTo result: inout [Double]) {
        withWeights(of: parameters, count) { weights in
            BLAS.multiply(
                input, .no, leadingA: inputs, weights, .yes, leadingB: inputs, into: &result, leadingC: outputs,
                m: count, n: outputs, k: inputs, beta: 1)
        }
    }

    /// input · Wᵀ + b, the pre-activations; count x inputs to count x outputs.
    func affine(_ input: [Double], count: Int, of parameters: [Double]) -> [Double] {
        let biases = Array(parameters[biases])
        var result: [Double] = []
        result.reserveCapacity(count * outputs)
        for _ in 0..<count { result += biases }
        forward(input, count: count, of: parameters, addingTo: &result)
        return result
    }

    /// rows · W; count x outputs to count x inputs.
    func backward(_ rows: [Double], count: Int, of parameters: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: count * inputs)
        backward(rows, count: count, of: parameters, addingTo: &result)
        return result
    }

    /// result ← result + rows · W.
    func backward(_ rows: [Double], count: Int, of parameters: [Double], addingTo result: inout [Double]) {
        withWeights(of: parameters, count) { weights in
            BLAS.multiply(
                rows, .no, leadingA: outputs, weights, .no, leadingB: inputs, into: &result, leadingC: inputs,
                m: count, n: inputs, k: outputs, beta: 1)
        }
    }

    /// Adds rowsᵀ · input to the layer's weights in `sums`.
    func outer(_ rows: [Double], _ input: [Double], count: Int, addingTo sums: inout [Double]) {
        sums.withUnsafeMutableBufferPointer { sums in
            guard count > 0, let result = UnsafeMutableBufferPointer(rebasing: sums[weights]).baseAddress else {
                return
            }
            BLAS.multiply(
                rows, .yes, leadingA: outputs, input, .no, leadingB: inputs, into: result, leadingC: inputs,
                m: outputs, n: inputs, k: count, beta: 1)
        }
    }

    /// Adds the sums of the columns of `rows` to the layer's biases in `sums`.
    func columnSums(_ rows: [Double], addingTo sums: inout [Double]) {
        rows.withUnsafeBufferPointer { rows in
            sums.withUnsafeMutableBufferPointer { sums in
                for start in stride(from: 0, to: rows.count, by: outputs) {
                    for output in 0..<outputs { sums[biasOffset + output] += rows[start + output] }
                }
            }
        }
    }

    /// W Wᵀ, outputs x outputs: |r W|² = r (W Wᵀ) rᵀ for a row r of the outputs, however many inputs there are.
    func gram(of parameters: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: outputs * outputs)
        withWeights(of: parameters, outputs) { weights in
            BLAS.multiply(
                weights, .no, leadingA: inputs, weights, .yes, leadingB: inputs, into: &result, leadingC: outputs,
                m: outputs, n: outputs, k: inputs)
        }
        return result
    }

    private func withWeights(of parameters: [Double], _ count: Int, _ use: (UnsafePointer<Double>) -> Void) {
        parameters.withUnsafeBufferPointer { parameters in
            guard count > 0, let first = UnsafeBufferPointer(rebasing: parameters[weights]).baseAddress else { return }
            use(first)
        }
    }
}

/// r M rᵀ of each row r, M symmetric and width x width.
func quadraticForms(_ rows: [Double], width: Int, _ matrix: [Double]) -> [Double] {
    let count = rows.count / max(width, 1)
    var products = [Double](repeating: 0, count: rows.count)
    guard count > 0 else { return [] }
    BLAS.multiply(
        rows, .no, leadingA: width, matrix, .no, leadingB: width, into: &products, leadingC: width, m: count, n: width,
        k: width)
    return (0..<count).map { row in
        var sum = 0.0
        for place in row * width..<(row + 1) * width { sum += rows[place] * products[place] }
        // Rounding alone can take a sum of squares below 0.
        return max(sum, 0)
    }
}
