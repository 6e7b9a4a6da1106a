import Analysis
import Statistics
import SyntheticStudies
import Testing

@Suite struct GroupedCorrelationsTests {
    private func grouped(_ networks: [SyntheticStudy.Network]) throws -> GroupedCorrelations {
        let population = try Archive().population(SyntheticStudy(networks: networks))
        return try GroupedCorrelations(of: population, by: #require(population.groupings.first))
    }

    private func row(_ measure: String, of grouped: GroupedCorrelations) throws -> GroupedCorrelations.Row {
        try #require(grouped.rows.first { $0.measure == measure })
    }

    @Test("Two clusters without inner correlation make a raw one that comes from the groups")
    func clusters() throws {
        let trace = try row("hessian_trace", of: grouped(twoRegimes()))
        #expect(try #require(trace.raw.estimate) < -0.5)
        #expect(trace.rawCorrected == 0.001)
        #expect(try #require(trace.given.pValue) > 0.05)
        #expect(trace.outcome == .fromTheGroups)
    }

    @Test("A common trend holds within the groups")
    func trend() throws {
        let norm = try row("weight_norm_l2", of: grouped(twoRegimes()))
        #expect(norm.outcome == .holds)
        #expect(norm.within.allSatisfy { ($0.estimate ?? 0) > 0.8 && $0.count == 25 })
    }

    @Test("Groups that rise as a whole while each falls turn the sign")
    func reversed() throws {
        let networks = (0..<40).map { index in
            let (group, place) = (index / 20, Double(index % 20))
            return SyntheticStudy.Network(
                regime: "\(group)",
                columns: ["test_accuracy": Double(group) * 100 + place, "weight_norm_l2": Double(group) * 100 - place])
        }
        let norm = try row("weight_norm_l2", of: grouped(networks))
        #expect(norm.outcome == .reversed)
        #expect(abs(try #require(norm.given.estimate) + 1) < 1e-12)
    }

    @Test("Groups far apart with a slight common trend leave less than half, but not nothing")
    func weakened() throws {
        let networks = (0..<300).map { index in
            let (group, place) = (Double(index / 150), Double(index % 150))
            // Another order of the same places stands for noise.
            let noise = Double(index % 150 * 37 % 150)
            return SyntheticStudy.Network(
                regime: "\(group)",
                columns: [
                    "test_accuracy": 1000 * group + place, "weight_norm_l2": 1000 * group + 0.3 * place + noise,
                ])
        }
        let norm = try row("weight_norm_l2", of: grouped(networks))
        #expect(try #require(norm.raw.estimate) > 0.7)
        #expect(try #require(norm.given.estimate) < 0.35)
        #expect(norm.outcome == .weakened)
    }

    @Test("Groups that lie so that a trend cancels hide it")
    func masked() throws {
        // Each group rises by 20; the second lies to the left by 25 and above by 25.
        let networks = (0..<40).map { index in
            let (group, place) = (index / 20, Double(index % 20))
            return SyntheticStudy.Network(
                regime: "\(group)",
                columns: ["test_accuracy": place + 12 * Double(group), "weight_norm_l2": place - 12 * Double(group)])
        }
        let norm = try row("weight_norm_l2", of: grouped(networks))
        #expect(abs(try #require(norm.raw.estimate)) < 0.3)
        #expect(norm.outcome == .masked)
    }

    @Test("Without any correlation nothing is left, and a measure that the groups determine has none")
    func nothing() throws {
        let networks = (0..<30).map { index in
            SyntheticStudy.Network(
                regime: "\(index % 2)",
                columns: [
                    "test_accuracy": noise(seed: 3)[index],
                    "hessian_trace": noise(seed: 4)[index],
                    "weight_norm_l2": Double(index % 2),
                ])
        }
        let found = try grouped(networks)
        #expect(try row("hessian_trace", of: found).outcome == .neither)
        #expect(try row("weight_norm_l2", of: found).outcome == .undefined)
    }

    @Test("The correction runs over the predictors alone; other columns are shown when asked for")
    func predictors() throws {
        var networks = twoRegimes()
        for index in networks.indices { networks[index].columns["test_loss"] = noise(seed: 9)[index] }
        let population = try Archive().population(SyntheticStudy(networks: networks))
        let grouping = try #require(population.groupings.first)
        #expect(
            try GroupedCorrelations(of: population, by: grouping).rows.map(\.measure) == [
                "hessian_trace", "weight_norm_l2",
            ])
        let all = try GroupedCorrelations(of: population, by: grouping, measures: ["hessian_trace", "test_loss"])
        #expect(all.rows.map { $0.rawCorrected == nil } == [false, true])
        let alone = try GroupedCorrelations(of: population, by: grouping, measures: ["hessian_trace"])
        #expect(all.rows[0].rawCorrected == alone.rows[0].rawCorrected)
    }
}
