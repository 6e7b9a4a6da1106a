import Foundation
import LinearAlgebra
import Testing
import TheoryLabs

@Suite struct NeuronTracesTests {
    static let activations = HomogeneousActivation.allCases

    /// Second differences of the risk, weight by weight.
    private func traceByDifferences(_ network: HomogeneousNetwork, _ inputs: Matrix, _ labels: [Double]) -> Double {
        let step = 1e-4
        let risk = network.squaredError(inputs, labels)
        func second(_ change: (inout HomogeneousNetwork, Double) -> Void) -> Double {
            var (up, down) = (network, network)
            change(&up, step)
            change(&down, -step)
            return (up.squaredError(inputs, labels) - 2 * risk + down.squaredError(inputs, labels)) / (step * step)
        }
        return network.outer.indices.reduce(0) { sum, j in sum + second { $0.outer[j] += $1 } }
            + network.inner.elements.indices.reduce(0) { sum, k in sum + second { $0.inner.elements[k] += $1 } }
    }

    @Test("The trace is that of second differences, at interpolators and elsewhere", arguments: activations)
    func trace(_ activation: HomogeneousActivation) {
        let (inputs, network) = (normalMatrix(6, 4, "inputs"), normalNetwork(activation, width: 3, dimension: 4))
        let labels = normals(6, "labels")
        let elsewhere = network.riskTrace(inputs, labels: labels)
        #expect(relativeDifference(elsewhere, traceByDifferences(network, inputs, labels)) < 1e-5)
        let fitted = network.outputs(inputs)
        let interpolating = network.riskTrace(inputs, labels: fitted)
        #expect(relativeDifference(interpolating, traceByDifferences(network, inputs, fitted)) < 1e-5)
        #expect(relativeDifference(interpolating, NeuronTraces(network, on: inputs).trace) < 1e-13)
        #expect((elsewhere == interpolating) == (activation == .relu))
    }

    @Test("S is the least trace over scalings, attained by the balanced network", arguments: activations)
    func orbit(_ activation: HomogeneousActivation) {
        let (inputs, network) = (normalMatrix(6, 4, "inputs"), normalNetwork(activation, width: 3, dimension: 4))
        let least = NeuronTraces(network, on: inputs).orbitTrace
        let balanced = network.balanced(on: inputs)
        #expect(relativeDifference(NeuronTraces(balanced, on: inputs).trace, least) < 1e-13)
        for (before, after) in zip(network.outputs(inputs), balanced.outputs(inputs)) {
            #expect(abs(before - after) < 1e-12)
        }
        var found = Double.infinity
        for seed in 0..<200 as Range<UInt64> {
            let factors = normals(3, "factors", seed: seed).map { exp(0.3 * $0) }
            let moved = NeuronTraces(balanced.rescaled(by: factors), on: inputs)
            #expect(moved.trace >= least)
            #expect(relativeDifference(moved.orbitTrace, least) < 1e-12)
            found = min(found, moved.trace)
        }
        #expect(found < 1.05 * least)
    }

    @Test("Splitting a neuron into K copies multiplies S by K^(-(p-1)/(p+1)) and leaves V", arguments: activations)
    func splitting(_ activation: HomogeneousActivation) {
        let inputs = normalMatrix(6, 4, "inputs")
        let network = normalNetwork(activation, width: 1, dimension: 4, seed: 3)
        let whole = NeuronTraces(network, on: inputs)
        for copies in 1...5 {
            let split = NeuronTraces(network.split(into: [copies]), on: inputs)
            let p = activation.degree
            #expect(
                relativeDifference(split.orbitTrace, whole.orbitTrace * pow(Double(copies), -(p - 1) / (p + 1))) < 1e-13
            )
            #expect(relativeDifference(split.variationNorm, whole.variationNorm) < 1e-13)
            // One neuron is split evenly: S_m is exact.
            #expect(relativeDifference(split.orbitTrace, whole.splitTrace(width: copies)) < 1e-13)
        }
    }

    @Test("No splitting into whole copies goes below S_m, and the best comes within 1 %", arguments: activations)
    func optimalSplitting(_ activation: HomogeneousActivation) {
        let inputs = normalMatrix(8, 4, "inputs")
        let network = normalNetwork(activation, width: 3, dimension: 4, seed: 2)
        let traces = NeuronTraces(network, on: inputs)
        let width = 40
        var best = Double.infinity
        for first in 1...(width - 2) {
            for second in 1...(width - 1 - first) {
                let split = network.split(into: [first, second, width - first - second])
                best = min(best, NeuronTraces(split, on: inputs).orbitTrace)
            }
        }
        let bound = traces.splitTrace(width: width)
        #expect(best >= bound * (1 - 1e-12))
        #expect(best < bound * 1.01)
        if activation == .relu { #expect(relativeDifference(bound, traces.orbitTrace) < 1e-13) }
    }

    @Test("Neurons that are not heard or never fire do not count")
    func silent() {
        let inputs = Matrix(rows: 2, columns: 2, elements: [1, 0, 0, 1])
        let network = HomogeneousNetwork(
            .relu, outer: [1, 0, 1], inner: Matrix(rows: 3, columns: 2, elements: [1, 0, 1, 1, -1, -1]))
        let traces = NeuronTraces(network, on: inputs)
        #expect(traces.width == 1)
        // A = B = 1/2.
        #expect(relativeDifference(traces.orbitTrace, 2) < 1e-14)
        #expect(NeuronTraces(0 * network, on: inputs).flatnessRatio(to: traces) == 0)
        #expect(traces.flatnessRatio(to: NeuronTraces(0 * network, on: inputs)) == nil)
    }

    @Test("The ReLU teacher's S nears 2k√d")
    func teacher() {
        let problem = sample(.relu, d: 64, n: 20_000, k: 3)
        let traces = NeuronTraces(problem.teacher, on: problem.inputs)
        #expect(relativeDifference(traces.orbitTrace, 2 * 3 * 8) < 0.02)
    }

    @Test(
        "V of the memoriser over the teacher's is c n^(1/2-1/2p)",
        arguments: [(HomogeneousActivation.relu, 0.79788), (.squaredReLU, 0.63894), (.quadratic, 0.75984)])
    func memoriserLaw(_ activation: HomogeneousActivation, _ constant: Double) throws {
        let ratios = try (0..<12 as Range<UInt64>).map { seed -> Double in
            let problem = sample(activation, d: 256, n: 200, seed: seed)
            let own = NeuronTraces(try problem.memoriser(), on: problem.inputs)
            return own.variationNorm / NeuronTraces(problem.teacher, on: problem.inputs).variationNorm
        }
        let law = constant * pow(200, 0.5 - 0.5 / activation.degree)
        #expect(relativeDifference(mean(ratios), law) < 0.05)
    }
}
