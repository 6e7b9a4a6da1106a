import Measures
import Networks
import Parameters
import Testing

/// What estimates say of their own error, against how far they scatter over other seeds.
@Suite struct StandardErrorTests {
    @Test(
        "Over 200 seeds an estimate scatters as its standard error says",
        arguments: [
            "adaptive_sharpness_average", "adaptive_sharpness_average_normalized", "hessian_frobenius_norm",
            "basin_radius", "pacbayes_flatness", "pacbayes_orig", "pacbayes_init", "pacbayes_mag_flatness",
            "pacbayes_mag_orig", "pacbayes_mag_init", "local_learning_coefficient",
        ])
    func honest(id: String) throws {
        let golden = try #require(try GoldenMeasures.load().networks["A"])
        let measure = try #require(GoldenID(id))
        check(measure.measure, measure.options, golden.subject())
    }

    /// A network, training points that it labels itself, and probes.
    private func labelled() -> Subject {
        let network = Network.random([4, 6, 6, 3], seed: 11)
        let points = LabelledPoints.random(20, inputSize: 4, classCount: 3, seed: 3)
        let logits = network.featuresAndLogits(of: points).logits
        let labels = (0..<points.count).map { point in
            UInt8((0..<3).max { logits[point * 3 + $0] < logits[point * 3 + $1] } ?? 0)
        }
        return Subject(
            network, training: LabelledPoints(inputs: points.inputs, labels: labels, inputSize: 4),
            probes: LabelledPoints.random(60, inputSize: 4, classCount: 3, seed: 5).inputs)
    }

    @Test(
        "Over 200 seeds joint counts and volumes scatter as their standard errors say",
        arguments: ["labelling_count_log10", "extension_count_log10", "version_space_log10", "function_volume_log10"])
    func honestWeakness(id: String) throws {
        let counts: [String: ParameterValue] = ["probes": .integer(8), "subsets": .integer(8), "budget": .integer(4)]
        let volumes: [String: ParameterValue] = ["particles": .integer(64), "runs": .integer(8)]
        check(try MeasureCatalogue.measure(id), id.contains("count") ? counts : volumes, labelled())
    }

    private func check(_ measure: any Measure.Type, _ options: [String: ParameterValue], _ subject: Subject) {
        var (values, errors): ([Double], [Double]) = ([], [])
        for seed in 0..<200 {
            let found = measure.init(stating: options.merging(["seed": .integer(seed)]) { $1 }).evaluate(subject)
            guard let value = found.value, found.standardError > 0 else { continue }
            values.append(value)
            errors.append(found.standardError)
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
        let stated = errors.reduce(0, +) / Double(errors.count)
        #expect(values.count >= 190)
        #expect(abs(stated / spread - 1) < 0.15, "stated \(stated), scattered \(spread): \(stated / spread)")
    }
}
