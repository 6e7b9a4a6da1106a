import Simulation
import Testing

@Suite struct NoisyConfounderWorldTests {
    @Test(
        "reliability: the confounder takes the link away, the column, which has the stated share of it, does not",
        arguments: [
            ("reliability-0.9", 0.9), ("reliability-0.8", 0.8), ("reliability-0.5", 0.5),
            ("reliability-0.8-stated", 0.8),
        ])
    func reliability(name: String, value: Double) throws {
        let large = try LargeStudy(name)
        let (w, column) = (try large.latent("w"), large.confounder(0))
        let found = pearson(column, w)
        large.expect(found * found, value, "reliability")
        try large.expect("by_confounder", raw: 1 / 6.0.squareRoot(), given: [w], 0)
        // 1 - reliability of the confounder's variance is left of it on both sides.
        try large.expect("by_confounder", raw: 1 / 6.0.squareRoot(), given: [column], (1 - value) / (2 - value))
        let stated = large.study.confounders[0].standardErrors
        #expect((stated != nil) == name.hasSuffix("stated"))
        #expect(stated?.allSatisfy { abs(($0 ?? 0) - 0.5) < 1e-12 } ?? true)
    }

    @Test("reliability-0.9-u: the square of the true confounder takes the link away, that of the column does not")
    func curved() throws {
        let large = try LargeStudy("reliability-0.9-u")
        let (w, column) = (try large.latent("w"), large.confounder(0))
        let found = pearson(column, w)
        large.expect(found * found, 0.9, "reliability")
        try large.expect("by_curve", raw: 1 / 3.0.squareRoot(), given: [w.map { $0 * $0 }], 0)
        // The squares of numbers with correlation r have the correlation r²: 1 - 0.9² of a variance of 2 is left.
        try large.expect("by_curve", raw: 1 / 3.0.squareRoot(), given: [column.map { $0 * $0 }], 0.38 / 1.38)
    }

    @Test("two-noisy: raw and given the true confounders there is nothing, given the columns there is")
    func two() throws {
        let large = try LargeStudy("two-noisy")
        let (w1, w2) = (try large.latent("w1"), try large.latent("w2"))
        large.expect(pearson(w1, w2), 0.8)
        for (column, w) in [(large.confounder(0), w1), (large.confounder(1), w2)] {
            large.expect(pearson(column, w) * pearson(column, w), 0.9, "reliability")
        }
        try large.expect("by_confounders", raw: 0, given: [w1, w2], 0)
        // Along the axes of the confounders' covariance, with variances 1.8 and 0.2 and noise of 1/9: what is left of
        // each, and the squares of 1.5/√2 and 4.5/√2 that measure and target have of them.
        let (sum, difference) = (1.8 / 9 / (1.8 + 1 / 9.0), 0.2 / 9 / (0.2 + 1 / 9.0))
        let (first, second) = (1.125 * sum, 10.125 * difference)
        try large.expect(
            "by_confounders", raw: 0, given: [large.confounder(0), large.confounder(1)],
            (first - second) / (first + second + 1))
    }

    @Test("four-noisy: the noise of four columns leaves more than that of one")
    func four() throws {
        let large = try LargeStudy("four-noisy")
        let latents = try (1...4).map { try large.latent("w\($0)") }
        try large.expect("by_confounders", raw: 4 / 30.0.squareRoot(), given: latents, 0)
        try large.expect(
            "by_confounders", raw: 4 / 30.0.squareRoot(), given: (0..<4).map(large.confounder), 0.4 / 1.4)
    }
}
