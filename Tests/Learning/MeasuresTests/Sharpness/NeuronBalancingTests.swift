import Foundation
import Measures
import Networks
import Testing

@Suite struct NeuronBalancingTests {
    private func balanced(_ architecture: Architecture, _ terms: [Double]) -> NeuronBalancing {
        var balancing = NeuronBalancing(architecture, terms: terms)
        balancing.balance()
        return balancing
    }

    @Test("Each sweep lowers the sum until all neurons are balanced", arguments: GoldenNetwork.all)
    func monotone(golden: GoldenNetwork) {
        let start = golden.network().rescaled(
            by: Float64Network.randomFactors(Architecture(widths: golden.widths), spread: 3, seed: 2))
        var balancing = NeuronBalancing(start.architecture, terms: golden.diagonal(start).values)
        var sums = [balancing.sum]
        for _ in 0..<60 {
            balancing.sweep()
            sums.append(balancing.sum)
        }
        for (before, after) in zip(sums, sums.dropFirst()) { #expect(after <= before * (1 + 1e-15)) }
        #expect(sums[1] < 0.9 * sums[0])
        #expect(balancing.residual < 1e-12)
    }

    @Test("The sum at any factors is the trace of the network that they make", arguments: GoldenNetwork.all)
    func rescaled(golden: GoldenNetwork) {
        let network = golden.network()
        var balancing = NeuronBalancing(network.architecture, terms: golden.diagonal(network).values)
        for _ in 0..<3 {
            let rescaled = golden.diagonal(network.rescaled(by: balancing.factors)).trace
            #expect(abs(balancing.sum / rescaled - 1) < 1e-12)
            balancing.sweep()
        }
    }

    @Test("No factors nearby or far away give a smaller trace", arguments: GoldenNetwork.all)
    func minimum(golden: GoldenNetwork) {
        let network = golden.network()
        let balancing = balanced(network.architecture, golden.diagonal(network).values)
        let minimum = network.rescaled(by: balancing.factors)
        for (seed, spread) in [1e-3, 0.01, 0.1, 1, 5].enumerated() as EnumeratedSequence<[Float]> {
            for draw in 0..<20 {
                let factors = Float64Network.randomFactors(
                    network.architecture, spread: spread, seed: UInt64(100 * seed + draw))
                #expect(golden.diagonal(minimum.rescaled(by: factors)).trace > balancing.sum)
            }
        }
    }

    @Test("Between two members of the orbit the sum is convex in the factors' logarithms")
    func convex() {
        let golden = GoldenNetwork.all[1]
        let network = golden.network()
        let factors = Float64Network.randomFactors(network.architecture, spread: 2, seed: 5)
        let traces = (0...20).map { step in
            let powers = factors.map { $0.map { pow($0, Double(step) / 10 - 1) } }
            return golden.diagonal(network.rescaled(by: powers)).trace
        }
        for step in 1..<20 { #expect(traces[step - 1] + traces[step + 1] > 2 * traces[step]) }
    }

    @Test("With one hidden layer the minimum is the last biases' terms and 2 Σ √(A B)")
    func oneHiddenLayer() {
        for seed in [1, 2, 3] as [UInt64] {
            let network = Float64Network.random([4, 9, 3], seed: seed)
            let points = LabelledPoints.random(12, inputSize: 4, classCount: 3, seed: seed)
            let diagonal = HessianDiagonal(
                of: network, loss: .crossEntropy, on: points.inputs.map(Double.init), count: 12)
            let layers = network.architecture.layers
            var expected = diagonal.values[layers[1].biases].reduce(0, +)
            for neuron in 0..<9 {
                let bias = diagonal.values[layers[0].biasOffset + neuron]
                let incoming = diagonal.values[layers[0].row(neuron)].reduce(bias, +)
                let outgoing = (0..<3).reduce(0) { $0 + diagonal.values[layers[1].row($1).lowerBound + neuron] }
                expected += 2 * (incoming * outgoing).squareRoot()
            }
            let found = balanced(network.architecture, diagonal.values)
            #expect(abs(found.sum / expected - 1) < 1e-14)
            #expect(found.sweeps == 1)
        }
    }

    @Test("Without biases and with one factor a layer the minimum is L times the geometric mean of the layers' traces")
    func layerMinimum() {
        let golden = GoldenNetwork.all[2]
        let traces = golden.diagonal(golden.network(biases: false)).layerTracesOfWeights
        // A network with one neuron a layer has the layers' traces as its terms.
        let chain = Architecture(widths: [1, 1, 1, 1, 1])
        let found = balanced(chain, traces.flatMap { [$0, 0] }).sum
        #expect(abs(found / 1.55514047926 - 1) < 1e-11)
        #expect(abs(found / (4 * pow(traces.reduce(1, *), 0.25)) - 1) < 1e-13)
    }

    @Test("Without biases the golden network has its minimum over neurons")
    func neuronMinimum() {
        let golden = GoldenNetwork.all[2]
        let diagonal = golden.diagonal(golden.network(biases: false))
        let found = balanced(diagonal.architecture, diagonal.weightsOnly).sum
        #expect(abs(found / 1.41397756763 - 1) < 1e-11)
    }

    @Test("Rescaling neurons at random changes nothing, to 1e-10", arguments: GoldenNetwork.all)
    func invariant(golden: GoldenNetwork) {
        let network = golden.network()
        for (seed, spread) in [1, 4, 12, 40].enumerated() as EnumeratedSequence<[Float]> {
            let factors = Float64Network.randomFactors(network.architecture, spread: spread, seed: UInt64(seed))
            let diagonal = golden.diagonal(network.rescaled(by: factors))
            #expect(abs(balanced(network.architecture, diagonal.values).sum / golden.orbitMinimum - 1) < 1e-10)
            #expect(diagonal.trace > golden.trace || spread == 1)
        }
    }

    @Test("The balanced network answers as before, to 1e-12", arguments: GoldenNetwork.all)
    func sameFunction(golden: GoldenNetwork) {
        let network = golden.network()
        let factors = balanced(network.architecture, golden.diagonal(network).values).factors
        let answers = golden.logits(of: network.rescaled(by: factors))
        for (found, expected) in zip(answers, golden.logits(of: network)) { #expect(abs(found - expected) < 1e-12) }
        #expect(factors.joined().contains { abs($0 - 1) > 0.1 })
    }

    // MARK: Neurons that lack a side

    /// Two inputs, hidden layers of two and one output; terms of the weights and no others.
    private func chain(_ first: [Double], _ second: [Double], _ third: [Double]) -> NeuronBalancing {
        balanced(Architecture(widths: [1, 2, 2, 1]), first + [0, 0] + second + [0, 0] + third + [0])
    }

    @Test("A neuron without terms keeps its factor")
    func dead() {
        let found = chain([16, 0], [1, 0, 0, 0], [1, 0])
        #expect(abs(found.sum - 3 * pow(16, 1 / 3)) < 1e-12)
        #expect(found.factors[0][1] == 1 && found.factors[1][1] == 1)
        #expect(found.neuronsAtLimit == 0)
    }

    @Test("Terms that only go out of a neuron, or only come in, vanish in the limit, and so do those behind them")
    func limits() {
        // Neuron 2 of layer 1 has only an outgoing term, to neuron 2 of layer 2, which then has no incoming one.
        let outgoing = chain([16, 0], [1, 0, 0, 5], [1, 7])
        #expect(abs(outgoing.sum - 3 * pow(16, 1 / 3)) < 1e-12)
        #expect(outgoing.neuronsAtLimit == 2)
        #expect(outgoing.factors[0][1] == 1 && outgoing.factors[1][1] == 1)
        // The same from the other side.
        let incoming = chain([16, 9], [1, 0, 0, 5], [1, 0])
        #expect(abs(incoming.sum - 3 * pow(16, 1 / 3)) < 1e-12)
        #expect(incoming.neuronsAtLimit == 2)
    }

    @Test("The limit is approached by networks whose neuron's factor goes to 0", arguments: [0, 3.0])
    func approached(outgoing: Double) {
        // The second neuron's outgoing weights are equal: it tells no class from another, and has no incoming terms,
        // or, where its weights are not 0, only those that rounding leaves.
        let architecture = Architecture(widths: [1, 2, 2])
        let network = Float64Network(
            architecture: architecture, parameters: [1, 2, 0, 0.5] + [1, outgoing, -1, outgoing] + [0, 0])
        func diagonal(_ factor: Double) -> HessianDiagonal {
            HessianDiagonal(of: network.rescaled(by: [[1, factor]]), loss: .crossEntropy, on: [0.5, 1], count: 2)
        }
        let traces = [1, 0.1, 0.01, 1e-9].map { diagonal($0).trace }
        for (before, after) in zip(traces, traces.dropFirst()) { #expect(after < before) }
        var found = NeuronBalancing(architecture, terms: diagonal(1).values)
        #expect(found.neuronsAtLimit == (outgoing == 0 ? 1 : 0))
        // The other neuron stays as it is: the minimum over both is below.
        if outgoing == 0 { #expect(abs(traces[3] / found.sum - 1) < 1e-12) }
        found.balance()
        let alone = balanced(
            Architecture(widths: [1, 1, 2]),
            HessianDiagonal(
                of: Float64Network(architecture: Architecture(widths: [1, 1, 2]), parameters: [1, 0, 1, -1, 0, 0]),
                loss: .crossEntropy, on: [0.5, 1], count: 2
            ).values)
        #expect(abs(found.sum / alone.sum - 1) < 1e-12)
    }
}

extension HessianDiagonal {
    /// The terms with 0 for those of biases: a network that has none.
    var weightsOnly: [Double] {
        var terms = values
        for layer in architecture.layers { for index in layer.biases { terms[index] = 0 } }
        return terms
    }

    var layerTracesOfWeights: [Double] { architecture.layers.map { values[$0.weights].reduce(0, +) } }
}
