import Results
import Testing

@Suite struct ResultsStoreMeasurementsTests {
    @Test("A measurement added later joins those that are there, which stay as they are")
    func addedLater() throws {
        let toy = try Toy()
        let id = try #require(try toy.add(0, ["pair_proxy": 894]))
        let later = [
            MeasurementRecord(measure: "pair_proxy", value: 1), MeasurementRecord(measure: "epochs", value: 160),
        ]
        #expect(try toy.store.add(later, to: id, run: toy.run) == 1)
        #expect(try toy.store.measurements(of: toy.study.id)[id]?.map(\.value) == [160, 894])
    }

    @Test("Missing measures are told by model, with whether its weights are kept; failed models lack nothing")
    func missing() throws {
        let toy = try Toy()
        let complete = try toy.add(0, ["a": 1, "b": 2])
        let partial = try #require(try toy.add(1, ["b": 2]))
        let bare = try #require(try toy.store.add(.example(2, weights: nil), study: toy.study.id, run: toy.run))
        var failed = NewModel.example(3)
        failed.outcome = .failed(reason: "diverged")
        try toy.store.add(failed, study: toy.study.id, run: toy.run)
        let missing = try toy.store.missingMeasures(of: toy.study.id, among: ["c", "b", "a"])
        #expect(missing.map(\.modelID) == [complete, partial, bare])
        #expect(missing.map(\.measures) == [["c"], ["c", "a"], ["c", "b", "a"]])
        #expect(missing.map(\.hasWeights) == [true, true, false])
        #expect(missing.map(\.position) == [0, 1, 2])
        #expect(try toy.store.missingMeasures(of: toy.study.id, among: ["b"]).map(\.position) == [2])
    }

    @Test("A measurement that failed counts as taken")
    func failedIsTaken() throws {
        let toy = try Toy()
        let failed = MeasurementRecord(measure: "a", status: .failed, reason: "no luck")
        try toy.store.add(.example(0), measurements: [failed], study: toy.study.id, run: toy.run)
        #expect(try toy.store.missingMeasures(of: toy.study.id, among: ["a"]) == [])
    }

    @Test(
        "A value that is not finite becomes undefined, with the reason",
        arguments: [
            (Double.nan, 0, "the value is nan"), (.infinity, 0, "the value is inf"),
            (-.infinity, 0, "the value is -inf"),
            (1, .nan, "the standard error is nan"), (1, .infinity, "the standard error is inf"),
            (1, -1, "the standard error is -1.0"),
        ])
    func notFinite(value: Double, standardError: Double, reason: String) throws {
        let toy = try Toy()
        let record = MeasurementRecord(
            measure: "a", value: value, standardError: standardError, effort: 3, reason: "a remark")
        #expect(record.status == .undefined)
        #expect(record.value == nil && record.standardError == nil)
        #expect(record.reason == reason + "; a remark")
        let id = try #require(try toy.store.add(.example(0), measurements: [record], study: toy.study.id, run: toy.run))
        #expect(try toy.store.measurements(of: toy.study.id)[id] == [record])
        #expect(
            try ReadOnlyQuery("SELECT measure, status, reason FROM failed", at: toy.store.path).rows
                == [[.text("a"), .text("undefined"), .text(reason + "; a remark")]])
    }

    @Test(
        "Values come back with all their bits",
        arguments: [
            0.1, 1.0 / 3, -.leastNormalMagnitude, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 894,
            9_007_199_254_740_992,
        ])
    func allBits(value: Double) throws {
        let toy = try Toy()
        let id = try #require(try toy.add(0, ["a": value]))
        #expect(try toy.store.measurements(of: toy.study.id)[id]?[0].value?.bitPattern == value.bitPattern)
    }

    @Test("Details that are not finite become null, whole ones have no fraction")
    func detail() throws {
        let toy = try Toy()
        let record = MeasurementRecord(measure: "a", value: 1, detail: ["whole": 3, "half": 0.5, "none": .nan])
        try toy.store.add(.example(0), measurements: [record], study: toy.study.id, run: toy.run)
        #expect(
            try ReadOnlyQuery("SELECT detail FROM measurement", at: toy.store.path).rows
                == [[.text(#"{"half":0.5,"none":null,"whole":3}"#)]])
    }
}
