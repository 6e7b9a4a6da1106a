import Foundation
import LinearAlgebra
import Measures
import Parameters
import Testing
import TheoryLabs

/// The findings E1 to E7, on few seeds.
@Suite struct MultiIndexExperimentTests {
    private func interpolators(
        _ name: String, _ settings: [String: ParameterValue], seeds: Range<UInt64>
    ) throws -> [MultiIndexModel] {
        try models(
            InterpolatorExperiment.self, settings.merging(["interpolator": .word(name)]) { _, new in new }, seeds: seeds
        )
    }

    @Test("E1: with n = d/2 the memoriser is flatter than the teacher and does not generalise")
    func memoriser() throws {
        let all = try interpolators("memoriser", ["dimension": .integer(64), "samples": .integer(32)], seeds: 0..<20)
        #expect(abs(mean(all.map { $0.flatnessRatio ?? 0 }) - 0.80) < 0.03)
        #expect(all.allSatisfy { ($0.flatnessRatio ?? 2) < 1 && $0.relativePopulationRisk >= 1.1 })
    }

    @Test("E2: the random-feature interpolator is about .9 √n times as sharp as the teacher")
    func randomFeatures() throws {
        let sizes = [64, 128, 256, 512]
        let all = try sizes.map { n in try interpolators("random-features", ["samples": .integer(n)], seeds: 0..<6) }
        let ratios = all.map { mean($0.map { $0.flatnessRatio ?? 0 }) }
        for (ratio, expected) in zip(ratios, [7.2, 10.3, 15.7, 20.8]) {
            #expect(relativeDifference(ratio, expected) < 0.2)
        }
        #expect(abs(logSlope(zip(sizes, ratios).map { (x: Double($0), y: $1) }) - 0.5) < 0.1)
        for (risk, expected) in zip(all.map { mean($0.map(\.relativePopulationRisk)) }, [0.368, 0.273, 0.184, 0.110]) {
            #expect(relativeDifference(risk, expected) < 0.15)
        }
    }

    @Test("E4: the hybrid's loss is t² times the memoriser's, while S grows by 1.08, 1.20, 1.40, 1.62 and 1.84")
    func hybrid() throws {
        let shares = [0, 0.1, 0.25, 0.5, 0.75, 1]
        let expected = [9.045, 9.749, 10.829, 12.690, 14.623, 16.621]
        let all = try shares.map { share in
            try interpolators(
                "hybrid",
                [
                    "activation": .word("squared-relu"), "dimension": .integer(64), "samples": .integer(32),
                    "memoriser_share": .number(share),
                ], seeds: 0..<20)
        }
        for (place, models) in all.enumerated() {
            for (model, whole) in zip(models, all[5]) {
                let formula = shares[place] * shares[place] * whole.populationRisk
                #expect(abs(model.populationRisk - formula) <= 1e-11 * whole.populationRisk)
                #expect(relativeDifference(model.riskFormula ?? -1, formula) < 1e-12)
                #expect(model.network.squaredError(model.problem.inputs, model.problem.labels) < 1e-20)
            }
            let growth = zip(models, all[0]).map { $0.traces.splitTrace(width: 64) / $1.traces.splitTrace(width: 64) }
            #expect(relativeDifference(mean(growth), expected[place] / expected[0]) < 0.04)
        }
    }

    @Test("E5: sharper trained interpolators have larger loss, from initial scales .3 to 10")
    func trained() throws {
        let scales = [0.3, 1, 3, 10]
        let all = try scales.map { scale in
            try models(TrainedNetworkExperiment.self, ["initial_scale": .number(scale)], seeds: 0..<6)
        }
        let flat = Array(all.joined())
        let ratios = flat.map { $0.flatnessRatio ?? 0 }
        #expect(spearman(ratios, flat.map(\.populationRisk)) > 0.8)
        // The published ranges are three seeds' or so: means fall into them.
        let (ratioRanges, riskRanges) = (
            [1.1...1.4, 2.7...3.9, 34.0...53.0, 450.0...650.0],
            [0.0004...0.002, 0.016...0.031, 0.8...2.9, 170.0...445.0]
        )
        for (place, models) in all.enumerated() {
            #expect(ratioRanges[place].contains(mean(models.map { $0.flatnessRatio ?? 0 })))
            #expect(riskRanges[place].contains(mean(models.map(\.relativePopulationRisk))))
            #expect(models.allSatisfy { $0.network.squaredError($0.problem.inputs, $0.problem.labels) < 1e-3 })
        }
    }

    @Test("E6: the teacher with a random-feature fit of the noise has a ratio of about 1 + 59σ")
    func labelNoise() throws {
        for noise in [0.05, 0.2] {
            let all = try interpolators(
                "noise-fit", ["samples": .integer(256), "label_noise": .number(noise)], seeds: 0..<6)
            let excess = all.map { (($0.flatnessRatio ?? 0) - 1) / noise }
            #expect(abs(mean(excess) - 59) < 6, "\(mean(excess))")
        }
    }

    @Test("E7: the flattest found is flatter than the teacher for few samples and the teacher for many")
    func flattest() throws {
        func flattest(_ samples: Int) throws -> [MultiIndexModel] {
            try models(
                TrainedNetworkExperiment.self,
                ["samples": .integer(samples), "flatness_weight": .number(0.03), "steps": .integer(4000)], seeds: 0..<6)
        }
        for samples in [10, 20] {
            let all = try flattest(samples)
            let ratio = mean(all.map { $0.flatnessRatio ?? 0 })
            #expect(ratio < 0.97)
            #expect(all.allSatisfy { $0.relativePopulationRisk > 0.05 })
            for model in all {
                let bound = NeuronTraces.rectifierBound(model.problem.inputs, labels: model.problem.labels)
                #expect(model.traces.variationNorm >= bound * (1 - 1e-6))
            }
        }
        let enough = try flattest(40)
        #expect(abs(mean(enough.map { $0.flatnessRatio ?? 0 }) - 1) < 0.01)
        // On one sample in five or so something flatter than the teacher is found still.
        #expect(enough.count { $0.relativePopulationRisk < 1e-5 } >= 4)
        let many = try flattest(80)
        #expect(many.allSatisfy { abs(($0.flatnessRatio ?? 0) - 1) < 1e-3 && $0.relativePopulationRisk < 1e-5 })
    }

    @Test("A model is a function of its settings and seed")
    func deterministic() throws {
        let settings: [String: ParameterValue] = ["samples": .integer(20), "steps": .integer(50)]
        let (a, b) = (
            try models(TrainedNetworkExperiment.self, settings, seeds: 3..<5),
            try models(TrainedNetworkExperiment.self, settings, seeds: 3..<5)
        )
        #expect(a[0].network.inner == b[0].network.inner)
        #expect(a[0].network.inner != a[1].network.inner)
    }

    @Test(
        "Settings that do not go together are refused",
        arguments: [
            ["samples": .integer(33), "interpolator": .word("memoriser")],
            ["samples": .integer(33), "interpolator": .word("hybrid")],
            ["interpolator": .word("minimum-nuclear")],
            ["interpolator": .word("minimum-frobenius"), "activation": .word("quadratic"), "dimension": .integer(49)],
            ["interpolator": .word("hats"), "activation": .word("squared-relu")],
            ["indices": .integer(33)],
        ] as [[String: ParameterValue]])
    func disagreeing(_ settings: [String: ParameterValue]) {
        #expect(throws: SettingsDisagree.self) {
            try InterpolatorExperiment(ParameterValues(InterpolatorExperiment.about.settings, stated: settings))
        }
    }

    @Test("Training that would take hours is refused")
    func endless() {
        let settings = ["steps", "samples", "width", "dimension"].reduce(into: [String: ParameterValue]()) {
            $0[$1] = .integer(256)
        }
        #expect(throws: Never.self) {
            try TrainedNetworkExperiment(ParameterValues(TrainedNetworkExperiment.about.settings, stated: settings))
        }
        let more = settings.merging(["steps": .integer(20_000)]) { $1 }
        let error = #expect(throws: SettingsDisagree.self) {
            try TrainedNetworkExperiment(ParameterValues(TrainedNetworkExperiment.about.settings, stated: more))
        }
        #expect(error?.description.hasPrefix("steps") == true)
    }

    @Test("What has no value says why: no split to fewer neurons, no formula, no teacher that fires")
    func reasons() throws {
        func measured(_ id: String, _ settings: [String: ParameterValue]) throws -> MeasuredValue {
            let experiment = try InterpolatorExperiment(
                ParameterValues(InterpolatorExperiment.about.settings, stated: settings))
            let values = try experiment.measurements(of: [id], seed: 0).values
            return try #require(values.first).value
        }
        for (id, settings) in [
            ("split_trace", ["interpolator": .word("random-features"), "split_width": .integer(3)]),
            ("hybrid_risk_formula", [:]), ("nuclear_gap", [:]),
            ("flatness_ratio_bound", ["activation": .word("quadratic")]),
        ] as [(String, [String: ParameterValue])] {
            let value = try measured(id, settings)
            #expect(value.status == .undefined && value.reason != nil, "\(id)")
        }
        #expect(try measured("flatness_ratio", [:]).value == 1)
    }
}
