import Analysis
import Reports
import Statistics
import SyntheticStudies
import Testing

@Suite struct RepetitionsTests {
    /// Three training subsets of twelve networks; the norm follows the accuracy more or less, the trace does not.
    private var networks: [SyntheticStudy.Network] {
        let draws = noise(seed: 31, count: 108)
        return (0..<36).map { index in
            SyntheticStudy.Network(
                hyperparameters: #"{"data.seed":\#(7 + index / 12)}"#,
                columns: [
                    "test_accuracy": draws[index],
                    "weight_norm_l2": draws[index] + Double(index / 12) * draws[36 + index],
                    "hessian_trace": draws[72 + index], "test_loss": -draws[index],
                ])
        }
    }

    /// rho of two columns over some of the networks.
    private func rho(_ column: String, _ rows: Range<Int>) -> Correlation {
        correlate(
            Variable(column, rows.map { networks[$0].columns[column] ?? 0 }),
            Variable("test_accuracy", rows.map { networks[$0].columns["test_accuracy"] ?? 0 }))
    }

    @Test("The subsets of one study are pooled as their correlations are by hand")
    func subsets() throws {
        var networks = networks
        // The first subset's correlation is 1, whose Fisher z is infinite: one of its networks swaps that.
        networks[0].columns["weight_norm_l2"] = 9
        let found = try Repetitions(of: Archive().population(SyntheticStudy(networks: networks)), over: "data.seed")
        #expect(found.over == "data.seed" && found.names == ["7", "8", "9"] && found.target == "test_accuracy")
        let row = try #require(found.rows.first { $0.measure == "hessian_trace" })
        let byHand = [0..<12, 12..<24, 24..<36].map { rho("hessian_trace", $0) }
        #expect(row.correlations.map(\.outcome) == byHand.map(\.outcome))
        let pooled = randomEffects(
            zip(["7", "8", "9"], byHand).map {
                StudyCorrelation($0, value: $1.estimate ?? .nan, count: 12)
            })
        #expect(row.pooled == pooled && row.leftOut == 0)
        let cells = found.table.cells("hessian_trace")
        let best = try pooled.get().pauleMandel
        #expect(cells["repetitions"]?.integer == 3 && cells["left_out"]?.integer == 0)
        #expect(cells["rho"]?.real == best.mean && cells["p"]?.real == best.pValue)
        #expect(cells["low"]?.real == best.interval?.lower && cells["high"]?.real == best.interval?.upper)
        #expect(cells["next_low"]?.real == best.predictionInterval?.lower)
        #expect(cells["tau"]?.real == best.tauSquared.squareRoot())
        #expect(cells["same_sign"]?.integer == byHand.count { ($0.estimate ?? 0) * best.mean > 0 })
        // Predictors first, then by size.
        #expect(found.rows.map(\.measure) == ["weight_norm_l2", "hessian_trace", "test_loss"])
        #expect(found.rows.map(\.mayPredict) == [true, true, false])
        #expect(found.table.unexplained.isEmpty && found.eachTable.unexplained.isEmpty)
    }

    @Test(
        """
        A repetition without a correlation, or with a perfect one, is left out, counted, and keeps its row with the \
        reason
        """
    )
    func leftOut() throws {
        var networks = networks
        for index in 12..<24 { networks[index].columns["hessian_trace"] = 4 }
        let found = try Repetitions(of: Archive().population(SyntheticStudy(networks: networks)), over: "data.seed")
        let trace = try #require(found.rows.first { $0.measure == "hessian_trace" })
        #expect(trace.leftOut == 1)
        #expect(
            trace.pooled
                == randomEffects(
                    zip(["7", "9"], [0..<12, 24..<36]).map {
                        StudyCorrelation($0, value: rho("hessian_trace", $1).estimate ?? .nan, count: 12)
                    }))
        let cells = found.table.cells("hessian_trace")
        #expect(cells["repetitions"]?.integer == 2 && cells["left_out"]?.integer == 1)
        #expect(cells["next_low"]?.reason == "Two repetitions give no prediction interval: it takes three.")
        // test_loss turns the accuracy round everywhere, so nothing of it can be pooled.
        let loss = found.table.cells("test_loss")
        #expect(
            loss["left_out"]?.integer == 3
                && loss["rho"]?.reason == "There are 0 repetitions, fewer than the 2 it takes.")
        #expect(found.table.unexplained.isEmpty && found.eachTable.unexplained.isEmpty)
        let each = found.eachTable
        #expect(each.columns.map(\.name) == ["measure", "data.seed", "n", "rho", "low", "high", "p"])
        #expect(each.rows.count == 9)
        let constant = try #require(each.rows.first { $0[0] == .text("hessian_trace") && $0[1] == .text("8") })
        #expect(constant[3].reason == "hessian_trace has the same value in every row.")
        let perfect = try #require(each.rows.first { $0[0] == .text("test_loss") })
        #expect(perfect[3].real == -1 && perfect[4].reason?.contains("Fisher's z is infinite") == true)
    }

    @Test("Studies are repetitions in the columns that all of them have")
    func studies() throws {
        let archive = try Archive()
        let populations = try [("a", 0..<12), ("b", 12..<24), ("c", 24..<36)].map { name, rows in
            var part = Array(networks[rows])
            for index in part.indices {
                part[index].hyperparameters = "{}"
                if name != "b" { part[index].columns["pair_proxy"] = Double(index) }
            }
            return try archive.population(SyntheticStudy(name: name, networks: part))
        }
        let found = try Repetitions(of: populations)
        #expect(found.over == "study" && found.names == ["a", "b", "c"])
        #expect(Set(found.rows.map(\.measure)) == ["weight_norm_l2", "hessian_trace", "test_loss"])
        let trace = try #require(found.rows.first { $0.measure == "hessian_trace" })
        #expect(
            trace.correlations.map(\.outcome) == [0..<12, 12..<24, 24..<36].map { rho("hessian_trace", $0).outcome })
        let error = #expect(throws: UnknownColumn.self) { try Repetitions(of: populations, target: "pair_proxy") }
        #expect(error?.study == "b")
    }

    @Test("One study by itself is refused with what to say; so is a hyperparameter that does not vary")
    func refused() throws {
        let population = try Archive().population(SyntheticStudy(networks: networks))
        let alone = #expect(throws: NotRepeated.self) { try Repetitions(of: [population]) }
        #expect(alone?.description.contains("'toy' is one study. Name several, or say with --over") == true)
        let typo = #expect(throws: UnknownColumn.self) { try Repetitions(of: population, over: "data.sed") }
        #expect(
            typo?.description == "'data.sed' is no regime or hyperparameter in which the models of 'toy' differ. "
                + "Did you mean 'data.seed'?")
        let target = #expect(throws: UnknownColumn.self) {
            try Repetitions(of: population, over: "data.seed", target: "test_los")
        }
        #expect(target?.description.contains("Did you mean 'test_loss'?") == true)
        let seedsAlone = try Archive().population(SyntheticStudy(networks: [.init(columns: ["test_accuracy": 1])]))
        let nothing = #expect(throws: UnknownColumn.self) { try Repetitions(of: seedsAlone, over: "data.seed") }
        #expect(
            nothing?.description == "The models of 'toy' differ in their seeds alone: 'data.seed' is no regime or "
                + "hyperparameter to tell them apart by.")
    }
}
