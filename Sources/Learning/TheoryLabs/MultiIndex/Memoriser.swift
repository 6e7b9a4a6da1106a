import LinearAlgebra

extension MultiIndexProblem {
    /// A neuron a point: w_j·x_i is 1 for i = j and -κ otherwise, a = y [O].
    ///
    /// W = ((1 + κ) I - κ 11ᵀ) pinv(X)ᵀ with κ = ½, so that a rectifier fires on its own point only; κ = 0 for the
    /// quadratic. Points with label 0 need no neuron and have none.
    ///
    /// - Throws: `ModelFailed` when the inputs are not linearly independent, which takes samples ≤ dimension.
    /// - Complexity: O(samples² · dimension).
    package func memoriser() throws(ModelFailed) -> HomogeneousNetwork {
        guard samples <= dimension, let inverse = inputs.pseudoinverse() else {
            throw ModelFailed("a memoriser needs linearly independent inputs")
        }
        let others = activation == .quadratic ? 0 : 0.5
        let wanted = Matrix(rows: samples, columns: samples) { $0 == $1 ? 1 : -others }
        let network = HomogeneousNetwork(activation, outer: labels, inner: wanted * inverse.transposed)
        guard zip(network.outputs(inputs), labels).allSatisfy({ abs($0 - $1) <= 1e-8 * max(1, abs($1)) }) else {
            throw ModelFailed("a memoriser needs linearly independent inputs")
        }
        return network.withoutSilentNeurons
    }
}
