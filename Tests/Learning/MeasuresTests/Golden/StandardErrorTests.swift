import Measures
import Networks
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
        let subject = golden.subject()
        var (values, errors): ([Double], [Double]) = ([], [])
        for seed in 0..<200 {
            let options = measure.options.merging(["seed": .integer(seed)]) { $1 }
            let found = measure.measure.init(stating: options).evaluate(subject)
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
