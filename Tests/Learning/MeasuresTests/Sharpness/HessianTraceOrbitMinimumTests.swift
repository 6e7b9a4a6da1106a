import Measures
import Networks
import Testing

@Suite struct HessianTraceOrbitMinimumTests {
    private func measured(_ network: Network, _ points: LabelledPoints) -> MeasuredValue {
        HessianTraceOrbitMinimum().evaluate(Subject(network, training: points))
    }

    @Test("The golden networks have their minimum and their norm-balanced trace", arguments: GoldenNetwork.all)
    func golden(golden: GoldenNetwork) {
        let network = golden.network()
        let diagonal = golden.diagonal(network)
        var balancing = NeuronBalancing(network.architecture, terms: diagonal.values)
        balancing.balance()
        #expect(abs(balancing.sum / golden.orbitMinimum - 1) < 1e-12)
        let norm = diagonal.normBalancedTrace(of: network)
        #expect(abs(norm / golden.normBalancedTrace - 1) < 1e-9)
        #expect(norm > golden.trace)

        // The measure itself sees the network's weights rounded to float32.
        let rounded = Network(architecture: network.architecture, parameters: network.parameters.map(Float.init))
        let points = LabelledPoints(
            inputs: golden.inputs.map(Float.init), labels: golden.labels, inputSize: golden.widths[0])
        let found = measured(rounded, points)
        #expect(abs((found.value ?? 0) / golden.orbitMinimum - 1) < 1e-6)
        #expect(abs((found.details["trace"] ?? 0) / golden.trace - 1) < 1e-6)
        #expect(abs((found.details["norm_balanced_trace"] ?? 0) / golden.normBalancedTrace - 1) < 1e-6)
        #expect((found.details["balance_residual"] ?? 1) <= 1e-13)
        #expect((found.details["sweeps"] ?? 0) >= 1)
        #expect(found.details["limit_neurons"] == 0)
        #expect(found.reason == nil && found.effort == 20 && found.standardError == 0)
    }

    @Test("A power of two, exact in float32, changes nothing but the trace")
    func rescaled() throws {
        let points = LabelledPoints.random(30, inputSize: 4, classCount: 3)
        let network = Network.random([4, 6, 5, 3])
        let before = measured(network, points)
        let after = measured(network.rescaled(layer: 2, by: 64), points)
        let value = try #require(before.value)
        #expect(abs((after.value ?? 0) / value - 1) < 1e-12)
        let (norm, normAfter) = (before.details["norm_balanced_trace"] ?? 0, after.details["norm_balanced_trace"] ?? 1)
        #expect(abs(normAfter / norm - 1) < 1e-10)
        #expect((after.details["trace"] ?? 0) > 100 * (before.details["trace"] ?? 0))
    }

    @Test("Without hidden layers it is the trace")
    func linear() throws {
        let points = LabelledPoints.random(30, inputSize: 4, classCount: 3)
        let network = Network.random([4, 3])
        let trace = try #require(HessianTrace.value(Subject(network, training: points)))
        #expect(abs((measured(network, points).value ?? 0) / trace - 1) < 1e-14)
    }

    @Test("A network whose units are all dead has only its last biases' terms")
    func dead() throws {
        var network = Network.random([2, 3, 2])
        for index in network.architecture.layers[0].biases { network.parameters[index] = -100 }
        let points = LabelledPoints.random(10, inputSize: 2, classCount: 2)
        let found = measured(network, points)
        #expect(found.value == HessianTrace.value(Subject(network, training: points)))
        #expect(try #require(found.value) > 0)
        #expect(found.details["limit_neurons"] == 0)
    }

    @Test("Without points, or with weights that are not finite, there is no value")
    func undefined() {
        #expect(measured(.random([3, 4, 2]), .none(inputSize: 3)).status == .undefined)
        var network = Network.random([3, 4, 2])
        network.parameters[0] = .infinity
        #expect(measured(network, .random(5, inputSize: 3, classCount: 2)).status == .undefined)
    }
}
