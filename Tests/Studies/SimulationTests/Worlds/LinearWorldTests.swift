import Simulation
import Testing

/// Correlations in closed form: shifts have variance 1, all else that is not said has, too.
@Suite struct LinearWorldTests {
    /// Of a partial correlation of 0.5.
    private let b = 1 / 3.0.squareRoot()

    @Test("linear: the cause has its effect given all else, what is confounded has none")
    func linear() throws {
        let large = try LargeStudy("linear")
        let (w, spread) = (try large.latent("w"), (3 + b * b).squareRoot())
        #expect(w == large.confounder(0))
        try large.expect("causal", raw: b / spread, given: [w], 0.5)
        try large.expect("by_regime", raw: 1 / (2.0.squareRoot() * spread), given: [], 0)
        try large.expect("by_confounder", raw: 1 / (2.0.squareRoot() * spread), given: [w], 0)
        // Each needs its own condition.
        large.expect(
            correlation(try large.measure("by_confounder"), large.target, given: [try large.regime]),
            1 / (2 * (2 + b * b)).squareRoot())
    }

    @Test("An effect that is asked for is the cause's partial correlation, with either sign")
    func effects() throws {
        for effect in [-0.7, 0, 0.3] {
            for world in ["linear", "power", "power-related", "duplicate-confounders"] {
                let large = try LargeStudy(world, effect: effect, seed: 5)
                let given = [try large.regime, try large.latent("w")]
                large.expect(correlation(try large.measure("causal"), large.target, given: given), effect, "effect")
            }
        }
    }

    @Test("power, power-related: given the confounder the cause has its effect, whatever it has to do with it")
    func power() throws {
        let (plain, related) = (try LargeStudy("power"), try LargeStudy("power-related"))
        let spread = (3 + b * b).squareRoot()
        try plain.expect("causal", raw: b / spread, given: [try plain.latent("w")], 0.5)
        plain.expect(pearson(try plain.measure("causal"), try plain.latent("w")), 0)
        try related.expect(
            "causal", raw: (1 + b) / (2.0.squareRoot() * spread), given: [try related.latent("w")], 0.5)
        related.expect(pearson(try related.measure("causal"), try related.latent("w")), 0.5.squareRoot())
    }

    @Test("estimates: half of the cause's variance is its stated error, and the target has its own")
    func estimates() throws {
        let large = try LargeStudy("estimates")
        let w = try large.latent("w")
        #expect(large.study.targetErrors?.allSatisfy { $0 == 1 } == true)
        #expect(large.study.measures[0].standardErrors?.allSatisfy { $0 == 1 } == true)
        #expect(abs(variance(try large.measure("causal")) - 2) < 0.1)
        try large.expect(
            "causal", raw: b / (2 * (4 + b * b)).squareRoot(), given: [w], b / (2 * (2 + b * b)).squareRoot())
        try large.expect("by_confounder", raw: 1 / (3 * (4 + b * b)).squareRoot(), given: [w], 0)
    }

    @Test("duplicate-confounders: one column is 8 less the other, and either is the confounder")
    func duplicates() throws {
        let large = try LargeStudy("duplicate-confounders")
        #expect(zip(large.confounder(0), large.confounder(1)).allSatisfy { $0 + $1 == 8 })
        #expect(Set(large.confounder(0)) == Set((0...8).map(Double.init)))
        try large.expect("causal", raw: b / (3 + b * b).squareRoot(), given: [large.confounder(0)], 0.5)
        try large.expect(
            "by_confounder", raw: 1 / (2 * (3 + b * b)).squareRoot(), given: [large.confounder(1)], 0)
    }

    @Test("near-duplicate: the rank correlations with the confounder are what the names say, and nothing is left")
    func nearDuplicates() throws {
        let large = try LargeStudy("near-duplicate")
        let w = try large.latent("w")
        for (name, rho) in [("near_090", 0.90), ("near_095", 0.95), ("near_099", 0.99)] {
            let x = try large.measure(name)
            #expect(abs(spearman(x, w) - rho) < 0.005, "\(name) \(spearman(x, w))")
            large.expect(correlation(x, large.target, given: [try large.regime, w]), 0, name)
            #expect(pearson(x, large.target) > 0.4)
        }
        let nearRegime = try large.measure("near_regime")
        #expect(pearson(nearRegime, try large.regime) > 0.99)
        try large.expect("near_regime", raw: pearson(try large.regime, large.target), given: [], 0)
    }

    @Test("hundred-measures: three causes, and noise with correlation 0.7 within blocks of 40, none between them")
    func hundred() throws {
        let large = try LargeStudy("hundred-measures")
        #expect(large.study.measures.count { $0.mayPredict } == 100)
        let w = try large.latent("w")
        let real = try (1...3).map { try large.measure("real_\($0)") }
        for (index, name) in ["real_1", "real_2", "real_3"].enumerated() {
            let others = real.indices.filter { $0 != index }.map { real[$0] }
            try large.expect(name, raw: b / (3 + 3 * b * b).squareRoot(), given: [w] + others, 0.5)
        }
        func noise(_ one: Int, _ other: Int) throws -> Double {
            pearson(try large.measure("noise_\(one)"), try large.measure("noise_\(other)"))
        }
        for (one, other) in [(1, 40), (41, 80), (81, 97)] { large.expect(try noise(one, other), 0.7) }
        for (one, other) in [(40, 41), (80, 81), (1, 97)] { large.expect(try noise(one, other), 0) }
    }

    @Test("forty-correlated: forty measures with correlation 0.7")
    func forty() throws {
        let large = try LargeStudy("forty-correlated")
        #expect(large.study.measures.count { $0.mayPredict } == 40)
        #expect(large.study.measures.filter(\.mayPredict).allSatisfy { $0.truth.name == "noise" })
        large.expect(pearson(try large.measure("noise_1"), try large.measure("noise_40")), 0.7)
    }
}
