import Foundation
import Simulation
import Testing

@Suite struct DistributionWorldTests {
    /// What is left of the target when regime, confounder and cause are taken out of it.
    private func noise(_ large: LargeStudy) throws -> [Double] {
        let (regime, w, c) = (try large.regime, try large.latent("w"), try large.measure("causal"))
        let b = 1 / 3.0.squareRoot()
        return large.target.indices.map { large.target[$0] - 2 * regime[$0] - w[$0] - b * c[$0] }
    }

    private func difference(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 - $1 } }

    @Test("heavy-tails: all numbers are Student's t of 1.5 degrees of freedom, and what is confounded has no own link")
    func heavyTails() throws {
        let large = try LargeStudy("heavy-tails")
        let e = try noise(large)
        let own = difference(try large.measure("by_confounder"), try large.latent("w"))
        for numbers in [e, own, try large.latent("w"), try large.measure("causal")] {
            // SciPy's 2 * t(1.5).sf of 1, 10 and 100.
            for (limit, share) in [
                (1.0, 0.45113536727671033), (10, 0.023659355113621557), (100, 0.0007541098899248934),
            ] {
                let found = Double(numbers.count { abs($0) > limit }) / Double(numbers.count)
                let error = (share * (1 - share) / Double(numbers.count)).squareRoot()
                #expect(abs(found - share) < 5 * error, "\(limit): \(found)")
            }
        }
        large.expect(spearman(own, e), 0)
        large.expect(spearman(try large.measure("causal"), e), 0)
        large.expect(spearman(difference(try large.measure("by_regime"), try large.regime.map { 2 * $0 }), e), 0)
        for name in ["causal", "by_regime", "by_confounder"] {
            #expect(spearman(try large.measure(name), large.target) > 0.15, "\(name)")
        }
    }

    @Test("skewed: the logarithms are standard normal, and what is confounded has no own link")
    func skewed() throws {
        let large = try LargeStudy("skewed")
        let e = try noise(large)
        let own = difference(try large.measure("by_confounder"), try large.latent("w"))
        for numbers in [e, own, try large.latent("w"), try large.measure("causal")] {
            let logarithms = numbers.map(log)
            #expect(abs(logarithms.reduce(0, +) / Double(logarithms.count)) < 0.04)
            #expect(abs(variance(logarithms) - 1) < 0.06)
        }
        large.expect(spearman(own, e), 0)
        large.expect(spearman(try large.measure("causal"), e), 0)
        for name in ["causal", "by_regime", "by_confounder"] {
            #expect(spearman(try large.measure(name), large.target) > 0.15, "\(name)")
        }
    }

    @Test("unequal-variances, variance-by-confounder: in units of the shared spread the noises are independent")
    func spreads() throws {
        for world in ["unequal-variances", "variance-by-confounder"] {
            let large = try LargeStudy(world)
            let (regime, w) = (try large.regime, try large.latent("w"))
            let spread = w.indices.map { world == "unequal-variances" ? 1 + 3 * regime[$0] : exp(w[$0]) }
            let e = w.indices.map { (large.target[$0] - 2 * regime[$0] - w[$0]) / spread[$0] }
            let (x, other) = (try large.measure("by_confounder"), try large.measure("equally_spread"))
            let f = w.indices.map { (x[$0] - w[$0]) / spread[$0] }
            let g = w.indices.map { other[$0] / spread[$0] }
            for numbers in [e, f, g] { #expect(abs(variance(numbers) - 1) < 0.06) }
            for numbers in [f, g] {
                large.expect(pearson(numbers, e), 0)
                large.expect(pearson(numbers.map(abs), e.map(abs)), 0)
            }
            large.expect(pearson(f, w), 0)
            // Where the target varies, so does the measure.
            #expect(pearson(other.map(abs), zip(e, spread).map { abs($0 * $1) }) > 0.2)
        }
    }

    @Test(
        "ties: an accuracy in steps of 0.001 from 0.9 to 0.93, counts from 0 to 4, and the same truths before rounding")
    func ties() throws {
        let large = try LargeStudy("ties")
        let (quality, w) = (try large.latent("quality"), large.confounder(0))
        #expect(Set(large.target) == Set((900...930).map { Double($0) / 1000 }))
        #expect(Set(w) == [0, 1, 2, 3, 4])
        #expect(try large.measure("by_confounder_counted").allSatisfy { $0 == $0.rounded() })
        let given = [try large.regime, w]
        large.expect(correlation(try large.measure("causal"), quality, given: given), 0.5)
        large.expect(correlation(try large.measure("by_confounder"), quality, given: given), 0)
        large.expect(correlation(try large.measure("by_confounder_counted"), quality, given: given), 0)
        #expect(pearson(quality, large.target) > 0.98)
        #expect(pearson(try large.measure("by_confounder_counted"), large.target) > 0.3)
    }
}
