import Analysis
import SyntheticStudies
import Testing

@Suite struct RestrictedPopulationTests {
    private static let plan = TrainedConfiguration(seeds: 0..<40)

    /// Noise, and three networks that learned nothing, whose norm lies far below all others.
    private func collapsing() throws -> Population {
        let draws = noise(seed: 31, count: 200)
        let networks = (0..<40).map { index in
            let isCollapsed = index % 13 == 5
            return SyntheticStudy.Network(
                hyperparameters: Self.plan.hyperparameters(),
                columns: [
                    "test_accuracy": isCollapsed ? 0.1 : 0.8 + 0.01 * draws[index],
                    "weight_norm_l2": isCollapsed ? 1 + 0.1 * Double(index) : 10 + draws[40 + index],
                    "dead_units": draws[80 + index],
                ], epochs: 50)
        }
        return try Archive().population(
            SyntheticStudy(networks: networks, population: TrainedConfiguration.population([Self.plan])))
    }

    @Test("Without some rows a population is that of a study that never had them")
    func restricted() throws {
        var networks = twoRegimes(6)
        for index in networks.indices {
            networks[index].hyperparameters = #"{"depth":\#(index % 3)}"#
            if index == 4 { networks[index].columns["weight_norm_l2"] = nil }
        }
        networks.append(.init(columns: ["test_accuracy": 1], copyOf: 0, variant: "layer 1 x 2"))
        networks.append(.init(columns: ["test_accuracy": 2], copyOf: 3, variant: "layer 1 x 2"))
        let archive = try Archive()
        let whole = try archive.population(SyntheticStudy(networks: networks))
        let left: Set = [0, 5, 7]
        let rest = whole.without(left)

        let kept = networks.indices.prefix(12).filter { !left.contains($0) }
        let other = try archive.population(
            SyntheticStudy(name: "other", networks: kept.map { networks[$0] }))
        #expect(rest.models.map(\.position) == Array(kept))
        #expect(rest.columns == other.columns && rest.groupings == other.groupings)
        #expect(rest.configuration == other.configuration)
        for column in rest.columns {
            #expect(try rest.values(column) == other.values(column))
            #expect(try rest.measurements(column) == kept.map { try whole.measurements(column)[$0] })
        }
        #expect(rest.copies.map(\.position) == [13])
        #expect(rest.measurement("test_accuracy", of: rest.copies[0].id)?.value == 2)
        #expect(whole.without([]).models == whole.models)
    }

    @Test("Networks that learned nothing make a correlation, and without them the word is another")
    func turned() throws {
        let population = try collapsing()
        let health = try #require(Health(of: population))
        #expect(health.collapsedRows == [5, 18, 31])
        let verdicts = try StudyVerdicts(of: population, rule: .init())
        let without = try #require(
            try VerdictsWithoutCollapsed(of: population, health, beside: verdicts))
        #expect(without.count == 3)
        let change = try #require(without.changes.first { $0.measure == "weight_norm_l2" })
        #expect(change.without.raw.count == 37 && change.with.raw.count == 40)
        #expect(change.without.word == .undetectable && change.with.word != .undetectable)
        #expect(!without.changes.contains { $0.measure == "dead_units" })
        let fresh = try StudyVerdicts(of: population.without([5, 18, 31]))
        #expect(without.verdicts.rows.map(\.verdict.word) == fresh.rows.map(\.verdict.word))
    }

    @Test("Where no network collapsed there is nothing to leave out")
    func none() throws {
        let population = try KnownTruth().enter(in: Archive())
        let health = try #require(Health(of: population))
        let verdicts = try StudyVerdicts(of: population)
        #expect(try VerdictsWithoutCollapsed(of: population, health, beside: verdicts) == nil)
    }
}
