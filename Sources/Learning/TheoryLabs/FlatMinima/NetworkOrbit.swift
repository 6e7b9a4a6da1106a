import Foundation
import Measures
import Networks

/// The rescalings of a network's neurons, which leave its function, and the traces along them.
package struct NetworkOrbit: Sendable {
    package let network: Float64Network
    /// The Hessian's diagonal; 0 for biases that do not exist.
    package let terms: [Double]
    private let hasBiases: Bool

    /// - Parameter diagonal: of the network's loss.
    package init(_ network: Float64Network, _ diagonal: HessianDiagonal, hasBiases: Bool) {
        self.network = network
        self.hasBiases = hasBiases
        var terms = diagonal.values
        if !hasBiases { for layer in network.architecture.layers { for index in layer.biases { terms[index] = 0 } } }
        self.terms = terms
    }

    package var trace: Double { terms.reduce(0, +) }

    /// Of each layer's weights and biases.
    package var layerTraces: [Double] { network.architecture.layers.map { terms[$0.parameters].reduce(0, +) } }

    /// The balancing of the trace's terms over neurons, done.
    package var traceBalancing: NeuronBalancing { balanced(network.architecture, terms) }

    /// The balancing of squared weights and biases over neurons, done; its factors are those of the network with the
    /// least norm.
    package var normBalancing: NeuronBalancing {
        var balancing = balanced(network.architecture, network.parameters.map { $0 * $0 })
        balancing.invert()
        return balancing
    }

    /// The trace of the member of the orbit with the least norm.
    package var normBalancedTrace: Double { normBalancing.sum(of: terms) }

    /// The least trace with one factor a layer; without biases L (Π t_l)^(1/L) [O].
    ///
    /// A network of one neuron a layer has the layers' sums as its terms.
    package var leastLayerTrace: Double {
        let layers = network.architecture.layers
        let sums = layers.flatMap { [terms[$0.weights].reduce(0, +), terms[$0.biases].reduce(0, +)] }
        return balanced(Architecture(widths: [Int](repeating: 1, count: layers.count + 1)), sums).sum
    }

    /// |w_in|² + b² - |w_out|² of each hidden neuron, which gradient flow on any loss conserves [P].
    package static func imbalances(of network: Float64Network) -> [Double] {
        signedSums(network.architecture, network.parameters.map { $0 * $0 })
    }

    /// For each hidden neuron the sum of values of its incoming weights and its bias less that of its outgoing weights.
    package static func signedSums(_ architecture: Architecture, _ values: [Double]) -> [Double] {
        let layers = architecture.layers
        return zip(layers, layers.dropFirst()).flatMap { own, next in
            (0..<own.outputs).map { i in
                let incoming = values[own.row(i)].reduce(values[own.biasOffset + i], +)
                return (0..<next.outputs).reduce(incoming) { $0 - values[next.row($1).lowerBound + i] }
            }
        }
    }

    private func balanced(_ architecture: Architecture, _ terms: [Double]) -> NeuronBalancing {
        var balancing = NeuronBalancing(architecture, terms: terms)
        balancing.balance()
        return balancing
    }
}
