import Results
import Testing

@Suite struct ResultsStoreModelsTests {
    @Test("A model comes back as it was recorded, with weights and measurements")
    func roundTrip() throws {
        let toy = try Toy()
        let value = 0.1 + 0.2
        let measurements = [
            MeasurementRecord(
                measure: "hessian_trace_hutchinson", value: value, standardError: 0.25, effort: 30, seconds: 2,
                detail: ["smallest": -1.5, "undecided": 3]),
            MeasurementRecord(measure: "pair_proxy", status: .failed, reason: "the solver gave up", effort: 7),
        ]
        let id = try #require(
            try toy.store.add(.example(4), measurements: measurements, study: toy.study.id, run: toy.run))

        let model = try #require(try toy.store.models(of: toy.study.id).first)
        #expect(model.id == id)
        #expect(model.runID == toy.run)
        #expect(model.position == 4)
        #expect(model.label == "seed 4")
        #expect(model.seed == 4)
        #expect(model.regime == nil)
        #expect(model.epochs == 160)
        #expect(model.outcome == .trained)
        #expect(try toy.store.weights(of: id) == [1, 2, 7])
        #expect(try toy.store.measurements(of: toy.study.id) == [id: measurements])
    }

    @Test("A position is taken once: the second model leaves no trace")
    func positionTaken() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 900])
        #expect(try toy.add(0, ["pair_proxy": 1, "extra": 2]) == nil)
        let found = try toy.store.measurements(of: toy.study.id).values.flatMap(\.self)
        #expect(found.map(\.value) == [900])
        #expect(try toy.store.models(of: toy.study.id).count == 1)
    }

    @Test("Finished positions hold trained and failed models of that version only")
    func finished() throws {
        let toy = try Toy()
        try toy.add(2)
        var failed = NewModel.example(5, weights: nil)
        failed.outcome = .failed(reason: "loss is not finite after epoch 3")
        try toy.store.add(failed, study: toy.study.id, run: toy.run)
        let next = try toy.store.enter(.example(digest: "d2"))
        #expect(try toy.store.finishedPositions(of: toy.study.id) == [2, 5])
        #expect(try toy.store.finishedPositions(of: next.id) == [])
        #expect(try toy.store.models(of: toy.study.id)[1].outcome == failed.outcome)
    }

    @Test("A model whose measurements cannot be recorded is not recorded either")
    func allOrNothing() throws {
        let toy = try Toy()
        #expect(throws: ResultsError.self) { try toy.add(0, ["label": 1]) }
        #expect(try toy.store.models(of: toy.study.id).isEmpty)
    }

    @Test("Seeds keep all 64 bits")
    func largestSeed() throws {
        let toy = try Toy()
        var model = NewModel.example(0)
        model.seed = .max
        try toy.store.add(model, study: toy.study.id, run: toy.run)
        #expect(try toy.store.models(of: toy.study.id)[0].seed == .max)
    }
}
