import LinearAlgebra

/// f(x) = Σ_j a_j φ(w_j·x), a two-layer network without biases.
package struct HomogeneousNetwork: Sendable {
    package let activation: HomogeneousActivation
    /// a, one a neuron.
    package var outer: [Double]
    /// w_j in rows, neurons x dimension.
    package var inner: Matrix

    /// - Precondition: as many outer weights as rows.
    package init(_ activation: HomogeneousActivation, outer: [Double], inner: Matrix) {
        precondition(outer.count == inner.rows)
        self.activation = activation
        self.outer = outer
        self.inner = inner
    }

    package var width: Int { outer.count }

    package var dimension: Int { inner.columns }

    /// u_ij = w_j·x_i, points x neurons.
    package func preactivations(_ inputs: Matrix) -> Matrix { inputs * inner.transposed }

    /// f(x_i), one a row of `inputs`.
    package func outputs(_ inputs: Matrix) -> [Double] {
        let u = preactivations(inputs)
        return (0..<inputs.rows).map { i in
            (0..<width).reduce(0) { $0 + outer[$1] * activation.value(u[i, $1]) }
        }
    }

    /// The sum of both functions, as one network with the neurons of both.
    ///
    /// - Precondition: the same activation and dimension.
    package static func + (left: HomogeneousNetwork, right: HomogeneousNetwork) -> HomogeneousNetwork {
        precondition(left.activation == right.activation && left.dimension == right.dimension)
        return HomogeneousNetwork(
            left.activation, outer: left.outer + right.outer,
            inner: Matrix(
                rows: left.width + right.width, columns: left.dimension,
                elements: left.inner.elements + right.inner.elements))
    }

    /// The function times a factor, by the outer weights.
    package static func * (factor: Double, network: HomogeneousNetwork) -> HomogeneousNetwork {
        HomogeneousNetwork(network.activation, outer: network.outer.map { factor * $0 }, inner: network.inner)
    }

    /// (a_j / c_j^p, c_j w_j): the same function, another point of the orbit.
    ///
    /// - Precondition: one positive factor a neuron.
    package func rescaled(by factors: [Double]) -> HomogeneousNetwork {
        precondition(factors.count == width)
        return HomogeneousNetwork(
            activation, outer: zip(outer, factors).map { $0 / (activation == .relu ? $1 : $1 * $1) },
            inner: Matrix(rows: width, columns: dimension) { inner[$0, $1] * factors[$0] })
    }

    /// Neuron j as `copies[j]` neurons (a_j / copies, w_j): the same function, wider.
    ///
    /// - Precondition: at least one copy of each.
    package func split(into copies: [Int]) -> HomogeneousNetwork {
        precondition(copies.count == width && copies.allSatisfy { $0 > 0 })
        let indices = copies.indices.flatMap { Array(repeating: $0, count: copies[$0]) }
        return keeping(indices, outer: indices.map { outer[$0] / Double(copies[$0]) })
    }

    /// Without the neurons whose outer weight is 0.
    package var withoutSilentNeurons: HomogeneousNetwork {
        let indices = outer.indices.filter { outer[$0] != 0 }
        return indices.count == width ? self : keeping(indices, outer: indices.map { outer[$0] })
    }

    private func keeping(_ neurons: [Int], outer: [Double]) -> HomogeneousNetwork {
        HomogeneousNetwork(
            activation, outer: outer, inner: Matrix(rows: neurons.count, columns: dimension) { inner[neurons[$0], $1] })
    }
}
