import Results
import Testing

@Suite struct ResultsStoreReuseTests {
    @Test("Same model at the same place is copied with its weights and the measures that mean the same")
    func copied() throws {
        let toy = try Toy()
        for position in 0..<4 { try toy.add(position, ["kept": Double(position), "changed": 1]) }
        let newer = try toy.store.enter(.example(digest: "d2"))
        try toy.store.add(
            .example(1, weights: [5]), measurements: [MeasurementRecord(measure: "kept", value: 50)], study: newer.id,
            run: toy.run)
        let copied = try toy.store.reuse(
            models: toy.study.id, in: newer.id, digests: [0: "m0", 1: "m1", 2: "another", 3: "m3", 4: "m4"],
            measures: ["kept", "new"])
        #expect(copied == [0, 3])
        let models = try toy.store.models(of: newer.id)
        #expect(models.map(\.position) == [0, 1, 3])
        #expect(models.map(\.label) == ["seed 0", "seed 1", "seed 3"])
        let measurements = try toy.store.measurements(of: newer.id)
        #expect(try models.map { try toy.store.weights(of: $0.id) } == [[1, 2, 3], [5], [1, 2, 6]])
        #expect(models.map { measurements[$0.id]?.map(\.measure) } == [["kept"], ["kept"], ["kept"]])
        #expect(models.map { measurements[$0.id]?[0].value } == [0, 50, 3])
        #expect(models.allSatisfy { $0.runID == toy.run })
        #expect(try toy.store.models(of: toy.study.id).count == 4)
        #expect(try toy.store.missingMeasures(of: newer.id, among: ["changed"]).map(\.position) == [0, 1, 3])
    }

    @Test("A copy has the network's digest, the variant, and what the named measures keep")
    func keptData() throws {
        let toy = try Toy()
        var model = NewModel.example(0)
        (model.trainingDigest, model.variant, model.regime) = ("t0", "layer 1 x 2", "large")
        try toy.store.add(
            model, measurements: [MeasurementRecord(measure: "agreement", value: 1)],
            kept: ["agreement": [1, 2], "other": [3]], study: toy.study.id, run: toy.run)
        let same = try toy.store.enter(.example(digest: "d2")), wider = try toy.store.enter(.example(digest: "d3"))
        try toy.store.reuse(models: toy.study.id, in: same.id, digests: [0: "m0"], measures: ["agreement"])
        try toy.store.reuse(models: toy.study.id, in: wider.id, digests: [0: "m0"], measures: [], kept: ["other"])
        for version in [same.id, wider.id] {
            let copy = try #require(try toy.store.model(of: version, at: 0))
            #expect(copy.trainingDigest == "t0" && copy.variant == "layer 1 x 2" && copy.regime == "large")
        }
        #expect(try toy.store.kept(of: same.id, measure: "agreement").map(\.data) == [[1, 2]])
        #expect(try toy.store.kept(of: same.id, measure: "other") == [])
        #expect(try toy.store.kept(of: wider.id, measure: "agreement") == [])
        #expect(try toy.store.kept(of: wider.id, measure: "other").map(\.data) == [[3]])
        #expect(try toy.store.measurements(of: wider.id).isEmpty)
    }
}
