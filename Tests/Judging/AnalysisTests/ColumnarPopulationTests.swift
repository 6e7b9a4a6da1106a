import Analysis
import Results
import Statistics
import SyntheticStudies
import Testing

/// A population is held as columns of numbers: it must say what the file's records say one by one.
@Suite struct ColumnarPopulationTests {
    /// Networks of which some failed, some repeat others, some are copies, and many lack a value of one kind or
    /// another.
    private static func study() -> SyntheticStudy {
        var networks: [SyntheticStudy.Network] = (0..<24).map { index in
            var columns: [String: Double] = [
                "test_accuracy": Double(index * 7 % 11), "weight_norm_l2": Double(index * 5 % 13),
                "pair_proxy": index % 6 == 5 ? .nan : Double(index % 9),
            ]
            if index % 4 == 1 { columns["pair_proxy"] = nil }
            if index % 5 == 0 { columns["own_measure"] = Double(index) / 3 }
            return SyntheticStudy.Network(
                regime: index % 7 == 6 ? nil : index % 2 == 0 ? "small-batch" : "large-batch",
                hyperparameters:
                    #"{"depth":\#(index % 3),"kind":"\#(index % 3)","rate":\#(index % 2 == 0 ? "0.1" : "0.5")}"#,
                columns: columns, digest: "network \(index % 20)")
        }
        networks[3].failure = "loss is not finite after epoch 3"
        networks[3].columns = [:]
        networks.append(.init(columns: ["test_accuracy": 1, "only_of_copies": 2], copyOf: 0, variant: "layer 1 x 2"))
        networks.append(.init(columns: ["test_accuracy": 2], failure: "no luck", copyOf: 1, variant: "layer 1 x 2"))
        networks.append(.init(columns: ["test_accuracy": 3, "pair_proxy": .nan], copyOf: 2, variant: "layer 1 x 5"))
        return SyntheticStudy(networks: networks)
    }

    @Test("Columns, values, measurements and copies are those of the records")
    func sameAsRecords() throws {
        let archive = try Archive()
        let study = try Self.study().enter(in: archive.store)
        // Measurements of all shapes besides.
        let models = try archive.store.models(of: study.id)
        let run = try #require(try archive.store.runs(of: study.id).first)
        for (index, model) in models.enumerated() where model.outcome == .trained && index % 3 == 0 {
            try archive.store.add(
                [
                    index % 2 == 0
                        ? MeasurementRecord(measure: "hessian_trace", status: .failed, reason: "no luck", effort: index)
                        : MeasurementRecord(
                            measure: "hessian_trace", value: Double(index), standardError: 0.5, effort: 30,
                            seconds: 1.5,
                            reason: "a remark", detail: ["probes": 30])
                ], to: model.id, run: run.id)
        }
        let population = try Population(of: study, in: archive.store)

        let records = try archive.store.measurements(of: study.id)
        func record(_ column: String, _ model: ModelRecord) -> MeasurementRecord? {
            records[model.id]?.first { $0.measure == column }
        }
        var digests: Set<String> = []
        let networks = models.filter { $0.variant == nil && $0.outcome == .trained }
        let distinct = networks.filter { digests.insert($0.digest).inserted }
        #expect(population.models == distinct && distinct.count == 20)
        #expect(population.repeats == networks.count - distinct.count && population.repeats == 3)
        #expect(population.failed == models.filter { $0.variant == nil && $0.outcome != .trained })
        #expect(population.copies == models.filter { $0.variant != nil && $0.outcome == .trained })
        #expect(population.failedCopies == models.filter { $0.variant != nil && $0.outcome != .trained })
        #expect(
            population.columns == ["hessian_trace", "weight_norm_l2", "pair_proxy", "test_accuracy", "own_measure"])
        for column in population.columns {
            let expected = distinct.map { record(column, $0) }
            #expect(try population.measurements(column) == expected)
            #expect(try population.values(column) == expected.map { $0?.value })
            #expect(try population.standardErrors(column) == expected.map { $0?.standardError })
            #expect(try population.column(column).measured == expected.count { $0 != nil })
        }
        for copy in population.copies {
            for column in population.columns + ["only_of_copies"] {
                #expect(population.measurement(column, of: copy.id) == record(column, copy))
            }
        }
        #expect(population.measurement("test_accuracy", of: distinct[0].id) == nil)
        #expect(throws: UnknownColumn.self) { try population.values("only_of_copies") }
        #expect(throws: UnknownColumn.self) { try population.column("pair_prxy") }
    }

    @Test("Groupings are those of each model's own hyperparameters")
    func groupings() throws {
        let population = try Archive().population(Self.study())
        // "kind" splits as "depth" does.
        #expect(population.groupings.map(\.name) == ["regime", "depth", "rate"])
        let (regime, depth, rate) = (population.groupings[0], population.groupings[1], population.groupings[2])
        let indices = population.models.map { $0.position }
        #expect(regime.labels == population.models.map(\.regime))
        #expect(regime.distinctLabels == ["small-batch", "large-batch"])
        #expect(depth.labels == indices.map { "\($0 % 3)" } && depth.distinctLabels == ["0", "1", "2"])
        #expect(rate.numbers == indices.map { $0 % 2 == 0 ? 0.1 : 0.5 })
        let whole = try #require(population.configuration)
        for (row, label) in whole.labels.enumerated() {
            #expect(
                label
                    == """
                    regime \(regime.labels[row] ?? "-"), depth \(depth.labels[row] ?? "-"), rate \
                    \(rate.labels[row] ?? "-")
                    """
            )
        }
        for grouping in population.groupings + [whole] {
            for label in grouping.distinctLabels {
                #expect(grouping.rows(of: label) == indices.indices.filter { grouping.labels[$0] == label })
            }
            #expect(grouping.rows(of: "no such label").isEmpty)
        }
    }
}
