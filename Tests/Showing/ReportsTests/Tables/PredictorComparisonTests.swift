import Analysis
import Reports
import Statistics
import SyntheticStudies
import Testing

@Suite struct PredictorComparisonTests {
    private func variable(_ name: String, _ population: Population) throws -> Variable {
        Variable(name, try population.values(name).compactMap(\.self))
    }

    @Test("Each pair is compared as the statistics do it on the columns, in the order in which they were named")
    func values() throws {
        let population = try Archive().population(KnownTruth().study)
        let names = ["pair_proxy", "weight_norm_l2", "hessian_trace"]
        let found = try PredictorComparison(of: population, names)
        #expect(
            found.rows.map { [$0.first, $0.second] } == [
                [names[0], names[1]], [names[0], names[2]], [names[1], names[2]],
            ])
        let target = try variable("test_accuracy", population)
        let folds = CrossFitting(seed: MeasureCorrelations.bootstrap.seed)
        for (row, line) in zip(found.rows, found.table.rows) {
            let (x, y) = (try variable(row.first, population), try variable(row.second, population))
            #expect(
                row.comparison
                    == compareCorrelations(
                        x, y, with: target, comparesSizes: true, bootstrap: MeasureCorrelations.bootstrap))
            #expect(row.gains.first == crossFittedGain(of: x, beyond: [y], target: target, crossFitting: folds))
            #expect(row.gains.second == crossFittedGain(of: y, beyond: [x], target: target, crossFitting: folds))
            let cells = Dictionary(uniqueKeysWithValues: zip(found.table.columns.map(\.name), line))
            let comparison = try row.comparison.get()
            #expect(cells["rho_first"]?.real == comparison.first && cells["difference"]?.real == comparison.difference)
            #expect(cells["low"]?.real == comparison.bootstrap?.bounds?.lower)
            #expect(
                cells["p_williams"]?.real == comparison.williams?.pValue
                    && cells["p_steiger"]?.real == comparison.steiger?.pValue)
            let gains = (try row.gains.first.get(), try row.gains.second.get())
            #expect(cells["gain_first"]?.real == gains.0.gain && cells["gain_second_se"]?.real == gains.1.standardError)
        }
        #expect(found.table.unexplained.isEmpty)
    }

    @Test("Where many configurations repeat, they are drawn again as a whole, as for the correlations themselves")
    func configurations() throws {
        let regimes = (0..<12).map { "regime \($0)" }
        let population = try Archive().population(KnownTruth(regimes: regimes).study)
        let found = try PredictorComparison(of: population, ["pair_proxy", "weight_norm_l2"])
        #expect(try found.rows[0].comparison.get().bootstrap?.clusters == 12)
    }

    @Test("Columns that rank alike, a constant one and too few networks leave a reason")
    func reasons() throws {
        var study = KnownTruth().study
        for index in study.networks.indices {
            study.networks[index].columns["weight_norm_l1"] = study.networks[index].columns["pair_proxy"].map { 2 * $0 }
            study.networks[index].columns["epochs"] = 4
        }
        let found = try PredictorComparison(
            of: Archive().population(study), ["pair_proxy", "weight_norm_l1", "epochs"])
        #expect(found.rows[0].comparison == .failure(.samePredictor("pair_proxy", "weight_norm_l1")))
        #expect(found.table.rows[0][2].reason?.contains("correlate perfectly with each other") == true)
        #expect(found.table.rows[1][2].reason == "epochs has the same value in every row.")
        #expect(found.table.unexplained.isEmpty)
        for networks in 1...5 {
            let few = try PredictorComparison(
                of: Archive().population(KnownTruth(networks: networks).study),
                ["pair_proxy", "weight_norm_l2", "test_loss"])
            #expect(few.table.unexplained.isEmpty, "\(few.table.unexplained)")
        }
    }

    @Test("An unknown column or target is refused with the nearest one")
    func unknown() throws {
        let population = try Archive().population(KnownTruth(networks: 6).study)
        let error = #expect(throws: UnknownColumn.self) {
            try PredictorComparison(of: population, ["pair_prox", "dead_units"])
        }
        #expect(error?.description.contains("Did you mean 'pair_proxy'?") == true)
        #expect(throws: UnknownColumn.self) {
            try PredictorComparison(of: population, ["pair_proxy", "dead_units"], target: "test_acc")
        }
    }
}
