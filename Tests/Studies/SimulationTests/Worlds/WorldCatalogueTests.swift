import Definitions
import Simulation
import Testing

private let worldNames = SimulatedWorld.all.map(\.name)

@Suite struct WorldCatalogueTests {
    @Test("Worlds have names of their own, say what is true in a sentence, and are found by name")
    func names() throws {
        #expect(Set(SimulatedWorld.all.map(\.name)).count == SimulatedWorld.all.count)
        for world in SimulatedWorld.all {
            #expect(world.name.wholeMatch(of: /[a-z0-9.]+(-[a-z0-9.]+)*/) != nil, "\(world.name)")
            #expect(world.summary.hasSuffix(".") && !world.summary.contains("\n"), "\(world.summary)")
            #expect(try SimulatedWorld.named(world.name).summary == world.summary)
        }
        let unknown = #expect(throws: UnknownWorld.self) { try SimulatedWorld.named("u-shap") }
        #expect(unknown?.description == "There is no world 'u-shap'. Did you mean 'u-shape'?")
        #expect(
            #expect(throws: UnknownWorld.self) { try SimulatedWorld.named("") }?.description.contains("linear") == true)
    }

    @Test("Each world has whole columns of one length, and names that a results file takes", arguments: worldNames)
    func columns(name: String) throws {
        let study = try SimulatedWorld.named(name).study(models: 50, seed: 1)
        #expect(study.world == name)
        let columns =
            [study.target] + study.measures.map(\.column) + study.confounders.map(\.column) + study.latents
        #expect(columns.allSatisfy { $0.values.count == study.networks })
        #expect(columns.allSatisfy { $0.values.allSatisfy { $0?.isFinite == true } })
        #expect(study.factors.allSatisfy { $0.labels.count == study.networks } && study.seeds.count == study.networks)
        let named = [study.target] + study.measures.map(\.column) + study.confounders.map(\.column)
        #expect(Set(named.map(\.name)).count == named.count)
        #expect(named.allSatisfy { NameRule.column.problem(with: $0.name) == nil }, "\(named.map(\.name))")
        let errors =
            [study.targetErrors] + study.measures.map(\.standardErrors) + study.confounders.map(\.standardErrors)
        #expect(errors.allSatisfy { $0.map { $0.count == study.networks && $0.allSatisfy { ($0 ?? 0) > 0 } } ?? true })
        // One name, one truth; a leak says what it is, and so is the only one that may not predict.
        let truths = Dictionary(grouping: study.measures.map(\.truth), by: \.name)
        #expect(truths.values.allSatisfy { Set($0).count == 1 })
        #expect(study.measures.allSatisfy { $0.mayPredict == ($0.truth.name != "leak") })
        #expect(study.measures.count { $0.truth.name == "leak" } == 1)
        #expect(study.measures.count { $0.truth.name == "noise" } >= 2)
        #expect(study.measures.allSatisfy { $0.truth.sentence.hasSuffix(".") })
    }

    @Test("Equal seeds give equal studies, others other ones", arguments: worldNames)
    func seeds(name: String) throws {
        let world = try SimulatedWorld.named(name)
        let study = world.study(models: 30, seed: 3)
        #expect(world.study(models: 30, seed: 3) == study)
        let other = world.study(models: 30, seed: 4)
        for (one, two) in zip(study.measures, other.measures) { #expect(one.column.values != two.column.values) }
        #expect(other.target.values != study.target.values && other.factors == study.factors)
    }

    @Test(
        "Regimes alternate; a grid has equally many networks of each configuration, the nearest number to what is asked"
    )
    func layouts() throws {
        let (linear, few) = (try SimulatedWorld.named("linear"), try SimulatedWorld.named("few-seeds"))
        #expect(linear.networks(nearest: 51) == 51)
        #expect(linear.study(models: 3, seed: 1).factors[0].labels == ["small", "large", "small"])
        #expect([1, 50, 100, 150, 300].map(few.networks) == [72, 72, 108, 144, 288])
        let one = try SimulatedWorld.named("one-seed")
        #expect([1, 1000].map(one.networks) == [72, 72])
        let grids = ["few-seeds", "one-seed", "clustered", "shared-seeds", "slopes-by-configuration", "curved-axis"]
        for world in grids {
            let large = try LargeStudy(world, models: 150)
            let (study, configurations) = (large.study, large.configurations)
            let sizes = Dictionary(grouping: configurations) { $0 }.mapValues(\.count)
            let all = study.factors.reduce(1) { $0 * Set($1.labels).count }
            #expect(sizes.count == all && Set(sizes.values).count == 1, "\(world) \(sizes)")
            // A seed is there once in each configuration.
            #expect(Set(zip(configurations, study.seeds).map { "\($0) \($1)" }).count == study.networks)
            #expect(study.factors.map(\.name) == study.factors.map(\.name).sorted())
            #expect(study.factors.allSatisfy { $0.numbers != nil })
        }
    }

    @Test("A study of no networks, of one, and of an effect at the ends is one, too", arguments: worldNames)
    func small(name: String) throws {
        let world = try SimulatedWorld.named(name)
        for models in [0, 1, 2] {
            #expect(world.study(models: models, seed: 1).networks == world.networks(nearest: models))
        }
        let strong = world.study(models: 20, effect: 0.999, seed: 1)
        #expect(strong.target.values.allSatisfy { $0?.isFinite == true })
    }

    @Test("Noise has nothing to do with the target, in any world", arguments: worldNames)
    func noise(name: String) throws {
        // Clusters would make few of many networks.
        guard !["clustered", "shared-seeds", "one-seed"].contains(name) else { return }
        let large = try LargeStudy(name)
        for measure in large.study.measures.filter({ $0.truth.name == "noise" }).prefix(3) {
            large.expect(spearman(try large.measure(measure.column.name), large.target), 0, measure.column.name)
        }
        #expect(spearman(try large.measure("leak"), large.target) > 0.1)
    }
}
