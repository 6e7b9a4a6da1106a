import Analysis
import Statistics
import SyntheticStudies
import Testing

@Suite struct ContrastTests {
    /// Networks whose columns are the accuracy with so much noise, or noise alone where that is infinite.
    private func population(_ noises: [String: Double], count: Int = 80) throws -> Population {
        let names = noises.keys.sorted()
        let draws = noise(seed: 31, count: (names.count + 1) * count)
        let networks = (0..<count).map { place in
            var columns = ["test_accuracy": draws[place]]
            for (index, name) in names.enumerated() {
                let draw = draws[(index + 1) * count + place]
                let noise = noises[name] ?? 0
                columns[name] = noise.isFinite ? draws[place] + noise * draw : draw
            }
            return SyntheticStudy.Network(columns: columns, seed: UInt64(place))
        }
        return try Archive().population(SyntheticStudy(networks: networks))
    }

    private func contrast(_ noises: [String: Double], count: Int = 80) throws -> Contrast {
        let population = try population(noises, count: count)
        return try Contrast(of: population, MeasureCorrelations(of: population))
    }

    @Test("The question comes first, then the strongest measures of the two strongest families")
    func pairs() throws {
        let found = try contrast([
            "pair_proxy": 2, "hessian_trace": 3, "weight_norm_l2": 1, "weight_norm_l1": 0.5, "epochs": 0.7,
            // Stronger than all, but it reads unseen labels, as does a column that no measure is known for.
            "test_loss": 0.1, "of_my_own": 0.1,
        ])
        #expect(found.target == "test_accuracy")
        #expect(found.pairs.map(\.first) == ["pair_proxy", "weight_norm_l1"])
        #expect(found.pairs.map(\.second) == ["hessian_trace", "epochs"])
        #expect(found.pairs.map(\.choice) == [.question, .strongest])
        #expect(found.pairs.map(\.families.first) == ["weakness", "simplicity"])
        #expect(found.pairs.map(\.families.second) == ["sharpness", "optimisation"])
    }

    @Test("The comparison is that of the columns themselves, by sizes and with the bootstrap of all correlations")
    func comparison() throws {
        let population = try population(["pair_proxy": 2, "hessian_trace": 3])
        let found = try Contrast(of: population, MeasureCorrelations(of: population))
        let columns = try ["pair_proxy", "hessian_trace", "test_accuracy"].map {
            Variable($0, try population.values($0).compactMap(\.self))
        }
        #expect(found.pairs.count == 1)
        #expect(
            found.pairs.first?.comparison
                == compareCorrelations(
                    columns[0], columns[1], with: columns[2], comparesSizes: true,
                    bootstrap: MeasureCorrelations.bootstrap))
        #expect(
            try PredictorComparison(of: population, ["pair_proxy", "hessian_trace"]).rows[0].comparison
                == found.pairs[0].comparison)
    }

    @Test("The question is asked once, also where the two are the strongest in the other order")
    func once() throws {
        for noises in [["pair_proxy": 0.5, "hessian_trace": 2], ["pair_proxy": 2, "hessian_trace": 0.5]] {
            let found = try contrast(noises)
            #expect(found.pairs.map(\.choice) == [.question] && found.pairs.map(\.first) == ["pair_proxy"])
        }
        #expect(try contrast(["pair_proxy": 1, "weight_norm_l2": 2]).pairs.map(\.choice) == [.strongest])
    }

    @Test("Which one is told only where test and interval agree that the sizes differ")
    func outcomes() throws {
        #expect(try contrast(["pair_proxy": 0.3, "hessian_trace": 5]).pairs.first?.outcome == .first)
        #expect(try contrast(["pair_proxy": 5, "hessian_trace": 0.3]).pairs.first?.outcome == .second)
        let open = try #require(try contrast(["pair_proxy": 1.5, "hessian_trace": 1.6]).pairs.first)
        #expect(open.outcome == .open)
        let bounds = try #require(try open.comparison.get().bootstrap?.bounds)
        #expect(bounds.lower < 0 && bounds.upper > 0)
    }

    @Test("Of more networks than are resampled the test alone tells")
    func withoutBootstrap() throws {
        let count = MeasureCorrelations.mostForBootstrap + 1
        for (other, outcome) in [(1.0, Contrast.Outcome.open), (1.2, .first)] {
            let pair = try #require(try contrast(["pair_proxy": 1, "hessian_trace": other], count: count).pairs.first)
            let found = try pair.comparison.get()
            #expect(found.bootstrap == nil && pair.outcome == outcome)
            #expect((try #require(found.williams).pValue < 0.05) == (outcome == .first))
        }
    }

    @Test("One family, or none, has nothing to be held against")
    func nothing() throws {
        #expect(try contrast(["weight_norm_l2": 1, "weight_norm_l1": 1, "test_loss": 1]).pairs.isEmpty)
        #expect(try contrast(["test_loss": 1]).pairs.isEmpty)
    }

    @Test("A measure of the question without a correlation leaves the reason")
    func undefined() throws {
        let draws = noise(seed: 3, count: 40)
        let networks = (0..<20).map { place in
            SyntheticStudy.Network(
                columns: ["test_accuracy": draws[place], "pair_proxy": draws[20 + place], "hessian_trace": 4],
                seed: UInt64(place))
        }
        let population = try Archive().population(SyntheticStudy(networks: networks))
        let found = try Contrast(of: population, MeasureCorrelations(of: population))
        #expect(found.pairs.map(\.choice) == [.question] && found.pairs[0].outcome == .open)
        #expect(found.pairs[0].comparison == .failure(.correlation(.constant(variable: "hessian_trace"))))
    }
}
