import Measures
import Parameters
import Testing
import TheoryLabs

@Suite struct GeometryExperimentTests {
    private func values<E: Experiment>(
        _ type: E.Type, _ stated: [String: ParameterValue] = [:], seed: UInt64 = 0
    ) throws -> [LabMeasurement] {
        try E(ParameterValues(E.about.settings, stated: stated)).measurements(
            of: E.measures.map(\.about.id), seed: seed
        ).values
    }

    private func numbers(_ values: [LabMeasurement]) -> [Double?] { values.map(\.value.value) }

    @Test("A model is a function of settings and seed")
    func deterministic() throws {
        let settings: [String: ParameterValue] = [
            "direction": .word("random"), "orbit_position": .number(1), "noise": .number(0.1),
        ]
        let first = numbers(try values(FactorisationExperiment.self, settings, seed: 1))
        #expect(try first == numbers(values(FactorisationExperiment.self, settings, seed: 1)))
        #expect(try first != numbers(values(FactorisationExperiment.self, settings, seed: 2)))
        let scrambled: [String: ParameterValue] = ["scramble": .number(1)]
        let relu = numbers(try values(ReLUExperiment.self, scrambled, seed: 1))
        #expect(try relu == numbers(values(ReLUExperiment.self, scrambled, seed: 1)))
        #expect(try relu != numbers(values(ReLUExperiment.self, scrambled, seed: 2)))
    }

    @Test("A rank that the matrix cannot have is refused by name")
    func disagree() {
        let settings = ParameterValues(FactorisationExperiment.about.settings, stated: ["rank": .integer(4)])
        let error = #expect(throws: SettingsDisagree.self) { try FactorisationExperiment(settings) }
        #expect(error?.description.contains("rank") == true)
    }

    @Test("At the ends of the settings' ranges each measure has a value or says why not")
    func ends() throws {
        let all = try [
            values(HyperbolaExperiment.self, ["s": .number(-4), "radius": .number(0), "flow_time": .number(10)]),
            values(HyperbolaExperiment.self, ["s": .number(4), "radius": .number(10), "level": .number(100)]),
            values(
                FactorisationExperiment.self,
                ["rows": .integer(1), "columns": .integer(1), "rank": .integer(1), "radius": .number(0)]),
            values(
                FactorisationExperiment.self,
                [
                    "direction": .word("last"), "orbit_position": .number(-3), "radius": .number(10),
                    "level": .number(1e-12),
                ]),
            values(ReLUExperiment.self, ["radius": .number(0), "network": .word("4-6-5-5-3")]),
            values(
                ReLUExperiment.self,
                ["radius": .number(10), "scramble": .number(5), "orbit_position": .number(-3), "level": .number(100)]),
            values(
                ReLUExperiment.self, ["steps": .integer(4), "step_size": .number(1), "loss": .word("squared-error")]),
        ]
        for value in all.joined() {
            #expect(value.value.value?.isFinite ?? (value.value.reason?.isEmpty == false), "\(value.id)")
        }
        #expect(all[0].first { $0.id == "maximal_variation" }?.value.value == 0)
        #expect(all[2].first { $0.id == "imbalance_decay_rate" }?.value.status == .undefined)
    }

    @Test("Steps that diverge make no model")
    func diverging() throws {
        let settings: [String: ParameterValue] = [
            "steps": .integer(10_000), "step_size": .number(1), "loss": .word("squared-error"),
        ]
        #expect(throws: ModelFailed.self) { try values(ReLUExperiment.self, settings) }
    }
}
