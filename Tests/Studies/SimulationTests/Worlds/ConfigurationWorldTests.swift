import Simulation
import Testing

@Suite struct ConfigurationWorldTests {
    @Test("few-seeds: the configuration's effect, which no axis shows, links the measure to the target")
    func fewSeeds() throws {
        let large = try LargeStudy("few-seeds")
        let (u, x) = (try large.latent("u"), try large.measure("by_configuration"))
        // The 36 effects that were drawn have a variance of their own.
        large.expect(pearson(x, large.target), variance(u) / (variance(u) + 1))
        large.expect(correlation(x, large.target, given: [u]), 0)
        let groups = large.configurations
        large.expect(pearson(centred(x, by: groups), centred(large.target, by: groups)), 0)
        #expect(Set(zip(u, groups).map { "\($0) \($1)" }).count == 36)
        // Additive in the axes it is not: much is left of it given their categories.
        let axes = large.study.factors.flatMap { factor in
            Set(factor.labels).sorted().dropFirst().map { label in factor.labels.map { $0 == label ? 1.0 : 0 } }
        }
        #expect(correlation(x, large.target, given: axes) > 0.2)
    }

    @Test("one-seed: the same over many studies of 72 networks, of which no two share a configuration")
    func oneSeed() throws {
        var (x, y, u): ([Double], [Double], [Double]) = ([], [], [])
        for seed in 1...300 {
            let study = try LargeStudy("one-seed", seed: UInt64(seed))
            #expect(Set(study.configurations).count == 72)
            x += try study.measure("by_configuration")
            y += study.target
            u += try study.latent("u")
        }
        let error = 5 / Double(x.count).squareRoot()
        #expect(abs(pearson(x, y) - 0.5) < error)
        #expect(abs(correlation(x, y, given: [u])) < error)
        #expect(abs(variance(u) - 1) < 2 * error)
    }

    @Test(
        "clustered, shared-seeds: no correlation on average, but ones that vary more than of independent networks",
        arguments: ["clustered", "shared-seeds"])
    func clusters(name: String) throws {
        var found: [Double] = []
        for seed in 1...400 {
            let study = try LargeStudy(name, models: 144, seed: UInt64(seed))
            found.append(pearson(study.target, try study.measure(name == "clustered" ? "clustered_1" : "by_seed_1")))
        }
        let mean = found.reduce(0, +) / 400
        #expect(abs(mean) < 5 * (variance(found) / 400).squareRoot())
        // 36 clusters of 4, or 12 of 12, with the share 0.8 of the variance: 1 + 3 · 0.64, and 1 + 11 · 0.64 times it.
        let inflation = variance(found) * 144
        let wanted = name == "clustered" ? 2.92 : 8.04
        #expect(abs(inflation / wanted - 1) < 0.35, "\(inflation)")
    }

    @Test("shared-seeds: networks of one seed resemble each other over configurations, noise does not")
    func seeds() throws {
        let study = try LargeStudy("shared-seeds", models: 20_000)
        let seeds = study.study.seeds.map { "\($0)" }
        for values in [study.target, try study.measure("by_seed_2")] {
            let share = variance(centred(values, by: seeds)) / variance(values)
            // 0.2 less what twelve networks take for their mean.
            #expect(abs(share - 0.2 * 11 / 12) < 0.02, "\(share)")
        }
    }

    @Test("slopes-by-configuration: given each configuration's slope nothing is left, given the confounder all")
    func slopes() throws {
        let large = try LargeStudy("slopes-by-configuration")
        let (x, acting) = (try large.measure("by_confounder"), try large.latent("sw"))
        large.expect(correlation(x, large.target, given: [acting]), 0)
        let share = variance(acting) / (variance(acting) + 1)
        large.expect(pearson(x, large.target), share)
        #expect(correlation(x, large.target, given: [large.confounder(0)]) > 0.15)
        let slopes = Set(zip(acting, large.confounder(0)).map { (($0 / $1) * 1e6).rounded() })
        #expect(slopes.count == 12)
    }
}
