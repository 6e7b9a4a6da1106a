import Foundation
import Measures
import Networks
import Parameters
import Testing
import TheoryLabs

@Suite struct ReLUOrbitTests {
    private func measured(_ stated: [String: ParameterValue], seed: UInt64 = 0) throws -> [String: Double] {
        let experiment = try ReLUExperiment(ParameterValues(ReLUExperiment.about.settings, stated: stated))
        let values = try experiment.measurements(of: ReLUExperiment.measures.map(\.about.id), seed: seed).values
        return Dictionary(uniqueKeysWithValues: values.map { ($0.id, $0.value.value ?? .nan) })
    }

    private func close(_ found: Double?, _ expected: Double, _ tolerance: Double) -> Bool {
        abs((found ?? .nan) / expected - 1) < tolerance
    }

    @Test(
        "The golden networks have all their numbers",
        arguments: [
            ("5-7-3", [1.249295192346088, 5.463364381793477, 1.143657416, 5.145356455100, 5.960844915, 52.249335235]),
            (
                "5-7-6-3",
                [1.150182152917803, 4.952739202640347, 1.366812443, 4.464231825689, 5.576845974, 42.483593776]
            ),
            (
                "4-6-5-5-3",
                [1.0983392215822216, 2.923213376192251, 1.090172467, 2.376592775725, 3.283903545, 21.832326285]
            ),
        ])
    func golden(network: String, expected: [Double]) throws {
        let found = try measured(["network": .word(network)])
        #expect(close(found["empirical_risk"], expected[0], 1e-14))
        #expect(close(found["risk_trace"], expected[1], 1e-14))
        #expect(close(found["largest_curvature"], expected[2], 1e-9))
        #expect(close(found["risk_trace_least"], expected[3], 1e-12))
        #expect(close(found["norm_balanced_trace"], expected[4], 1e-9))
        #expect((found["norm_balanced_trace"] ?? 0) > (found["risk_trace"] ?? .infinity))
        let squared = try measured(["network": .word(network), "loss": .word("squared-error")])
        #expect(close(squared["risk_trace"], expected[5], 1e-10))
    }

    @Test("Without biases 4-6-5-5-3 has its least traces over layers and over neurons")
    func withoutBiases() throws {
        let found = try measured(["network": .word("4-6-5-5-3"), "biases": .word("without")])
        #expect(close(found["risk_trace_least_layers"], 1.55514047926, 1e-11))
        #expect(close(found["risk_trace_least"], 1.41397756763, 1e-11))
        let network = GoldenShape.threeHidden.network(hasBiases: false)
        let orbit = NetworkOrbit(
            network,
            HessianDiagonal(
                of: network, loss: .crossEntropy, on: GoldenShape.threeHidden.inputs, count: GoldenShape.count),
            hasBiases: false)
        for (trace, expected) in zip(orbit.layerTraces, [0.4820647, 0.63292609, 0.32450149, 0.23076158]) {
            #expect(abs(trace - expected) < 5e-9)
        }
    }

    @Test(
        "Along the orbit the function stays, and the trace is least at position 1",
        arguments: ["5-7-3", "5-7-6-3", "4-6-5-5-3"])
    func orbit(network: String) throws {
        let found = try [-1, 0, 0.9, 1, 1.1, 2].map { position in
            try measured(
                ["network": .word(network), "scramble": .number(0.5), "orbit_position": .number(position)], seed: 3)
        }
        for values in found {
            #expect((values["function_change"] ?? 1) < 1e-12)
            #expect(close(values["risk_trace_least"], found[0]["risk_trace_least"] ?? 0, 1e-10))
            #expect(close(values["norm_balanced_trace"], found[0]["norm_balanced_trace"] ?? 0, 1e-10))
        }
        let traces = found.map { $0["risk_trace"] ?? .nan }
        #expect(traces[0] > traces[1] && traces[1] > traces[2] && traces[2] > traces[3])
        #expect(traces[3] < traces[4] && traces[4] < traces[5])
        #expect(close(traces[3], found[3]["risk_trace_least"] ?? 0, 1e-12))
        let normBalanced = try measured(
            ["network": .word(network), "towards": .word("least-norm"), "orbit_position": .number(1)])
        #expect(close(normBalanced["risk_trace"], normBalanced["norm_balanced_trace"] ?? 0, 1e-12))
        #expect((normBalanced["imbalance_norm"] ?? 1) < 1e-10)
    }

    @Test(
        "Gradient descent changes each neuron's imbalance by η² of squared gradients, and by nothing else",
        arguments: ["with", "without"])
    func descent(biases: String) throws {
        let settings: [String: ParameterValue] = [
            "network": .word("5-7-6-3"), "biases": .word(biases), "steps": .integer(300), "step_size": .number(0.05),
        ]
        let (before, after) = (
            try measured(["network": .word("5-7-6-3"), "biases": .word(biases)]), try measured(settings)
        )
        #expect((after["empirical_risk"] ?? 2) < 0.9 * (before["empirical_risk"] ?? 0))
        #expect((after["descent_identity_residual"] ?? 1) < 1e-12)
        #expect(after["imbalance_norm"] != before["imbalance_norm"])
    }

    @Test("Attained and bound enclose: variations from below and above, distances from above and below")
    func brackets() throws {
        let experiment = try ReLUExperiment(
            ParameterValues(
                ReLUExperiment.about.settings, stated: ["targets": .word("answers"), "network": .word("5-7-6-3")]))
        let values = try experiment.measurements(of: ["maximal_variation", "level_set_distance"], seed: 0).values
        for (value, isDistance) in zip(values, [false, true]) {
            let (attained, bound) = (value.value.value ?? .nan, value.value.details["bound"] ?? .nan)
            #expect(isDistance ? bound < attained : bound > attained)
            #expect(abs((value.value.details["gap"] ?? .nan) - abs(bound - attained)) < 1e-15)
            #expect(abs(bound / attained - 1) < 0.5)
        }
    }
}
