import Results
import Testing

@Suite struct ResultsStoreFailuresTests {
    private func fail(_ toy: Toy, _ position: Int, _ reason: String, run: RunRecord.ID? = nil) throws -> ModelRecord.ID?
    {
        var model = NewModel.example(position, weights: nil)
        model.outcome = .failed(reason: reason)
        model.epochs = 3
        return try toy.store.add(model, study: toy.study.id, run: run ?? toy.run)
    }

    @Test("A model takes the place of a failed one, which moves to the earlier failures with all its facts")
    func replaced() throws {
        let toy = try Toy()
        let second = try toy.store.beginRun(of: toy.study.id, jobs: 1, provenance: .example)
        try toy.add(0)
        _ = try fail(toy, 1, "diverged")
        _ = try fail(toy, 2, "out of memory")
        #expect(try toy.store.failedPositions(of: toy.study.id) == [1, 2])
        #expect(try toy.store.earlierFailures(of: toy.study.id) == [])
        let id = try #require(
            try toy.store.add(
                .example(1), measurements: [MeasurementRecord(measure: "a", value: 4)], study: toy.study.id, run: second
            ))
        #expect(try toy.store.model(of: toy.study.id, at: 1)?.id == id)
        #expect(try toy.store.model(of: toy.study.id, at: 1)?.outcome == .trained)
        #expect(try toy.store.measurements(of: toy.study.id)[id]?.map(\.value) == [4])
        #expect(try toy.store.failedPositions(of: toy.study.id) == [2])
        let earlier = try toy.store.earlierFailures(of: toy.study.id)
        #expect(earlier.map(\.position) == [1])
        #expect(earlier.map(\.reason) == ["diverged"])
        #expect(earlier.map(\.label) == ["seed 1"] && earlier.map(\.digest) == ["m1"])
        #expect(earlier.map(\.seconds) == [1.5] && earlier.map(\.epochs) == [3] && earlier.map(\.runID) == [toy.run])
    }

    @Test("A trained model is replaced by none, be it trained or failed")
    func trainedStays() throws {
        let toy = try Toy()
        let id = try toy.add(0)
        #expect(try fail(toy, 0, "late") == nil)
        #expect(try toy.add(0) == nil)
        #expect(try toy.store.model(of: toy.study.id, at: 0)?.id == id)
        #expect(try toy.store.earlierFailures(of: toy.study.id) == [])
    }

    @Test("Every failure of a position stays on record, and the view tells those that a later try mended")
    func view() throws {
        let toy = try Toy()
        for reason in ["first", "second"] { for position in 0..<2 { _ = try fail(toy, position, reason) } }
        try toy.add(1)
        #expect(
            try ReadOnlyQuery(
                "SELECT position, measure, status, reason, recovered FROM failed ORDER BY position, reason",
                at: toy.store.path
            ).rows == [
                [.integer(0), .null, .text("failed"), .text("first"), .integer(0)],
                [.integer(0), .null, .text("failed"), .text("second"), .integer(0)],
                [.integer(1), .null, .text("failed"), .text("first"), .integer(1)],
                [.integer(1), .null, .text("failed"), .text("second"), .integer(1)],
            ])
    }

    @Test("A model that cannot be added leaves the failed one in its place")
    func notAdded() throws {
        let toy = try Toy()
        _ = try fail(toy, 0, "diverged")
        #expect(throws: ResultsError.self) { try toy.add(0, ["label": 1]) }
        #expect(try toy.store.failedPositions(of: toy.study.id) == [0])
        #expect(try toy.store.earlierFailures(of: toy.study.id) == [])
    }
}
