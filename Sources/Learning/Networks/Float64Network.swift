import LinearAlgebra

/// A fully connected network whose parameters are float64: what curvature is computed of.
package struct Float64Network: Sendable, Equatable {
    package let architecture: Architecture
    /// `architecture.parameterCount` values, laid out as `Architecture` says.
    package var parameters: [Double]

    /// - Precondition: as many parameters as the architecture has.
    package init(architecture: Architecture, parameters: [Double]) {
        precondition(parameters.count == architecture.parameterCount, "parameter count does not fit the architecture")
        self.architecture = architecture
        self.parameters = parameters
    }

    /// The same network, exactly.
    package init(_ network: Network) {
        self.init(architecture: network.architecture, parameters: network.parameters.map(Double.init))
    }

    /// The inputs, then what each layer gives: after the activation for hidden layers, the logits for the last.
    ///
    /// - Parameter inputs: count x inputSize, row-major.
    /// - Returns: one more buffer than layers, each count x width, row-major.
    /// - Complexity: O(count · parameters).
    package func outputs(of inputs: [Double], count: Int) -> [[Double]] {
        precondition(inputs.count == count * architecture.inputSize)
        var outputs = [inputs]
        for (index, layer) in architecture.layers.enumerated() {
            outputs.append(
                affine(outputs[index], layer, count: count, isHidden: index < architecture.widths.count - 2))
        }
        return outputs
    }

    /// input · weightsᵀ + biases, of a hidden layer after the activation; count x outputs.
    private func affine(_ input: [Double], _ layer: Architecture.Layer, count: Int, isHidden: Bool) -> [Double] {
        guard count > 0 else { return [] }
        let biases = Array(parameters[layer.biases])
        var result: [Double] = []
        result.reserveCapacity(count * layer.outputs)
        for _ in 0..<count { result += biases }
        parameters.withUnsafeBufferPointer { parameters in
            let weights = UnsafeBufferPointer(rebasing: parameters[layer.weights])
            guard let weights = weights.baseAddress else { return }
            BLAS.multiply(
                input, .no, leadingA: layer.inputs, weights, .yes, leadingB: layer.inputs, into: &result,
                leadingC: layer.outputs, m: count, n: layer.outputs, k: layer.inputs, beta: 1)
        }
        if isHidden { architecture.activation.apply(to: &result) }
        return result
    }

    /// The same function with other weights: W_l[i, j] α_{l,i} / α_{l-1,j} and b_l[i] α_{l,i}, with α = 1 at inputs and
    /// outputs.
    ///
    /// - Parameter factors: α of each neuron, hidden layer by hidden layer; positive and finite.
    package func rescaled(by factors: [[Double]]) -> Float64Network {
        precondition(factors.map(\.count) == Array(architecture.widths.dropFirst().dropLast()))
        var result = self
        for (index, layer) in architecture.layers.enumerated() {
            for i in 0..<layer.outputs {
                let own = index < factors.count ? factors[index][i] : 1
                for (j, place) in layer.row(i).enumerated() {
                    result.parameters[place] *= index > 0 ? own / factors[index - 1][j] : own
                }
                result.parameters[layer.biasOffset + i] *= own
            }
        }
        return result
    }
}
