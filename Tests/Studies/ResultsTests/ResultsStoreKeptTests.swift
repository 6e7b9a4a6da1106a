import Definitions
import GRDB
import Results
import Testing

@Suite struct ResultsStoreKeptTests {
    @Test("What measures keep comes back by position, for one study and one measure; what is there stays")
    func roundTrip() throws {
        let toy = try Toy()
        var model = NewModel.example(5)
        model.trainingDigest = "t5"
        let late = try #require(
            try toy.store.add(model, kept: ["agreement": [5, 5], "other": []], study: toy.study.id, run: toy.run))
        let early = try #require(try toy.add(2))
        try toy.add(3)
        #expect(try toy.store.add([], to: early, kept: ["agreement": [2]], run: toy.run) == 0)
        try toy.store.add([], to: early, kept: ["agreement": [9]], run: toy.run)
        let next = try toy.store.enter(.example(digest: "d2"))
        try toy.store.add(.example(0), kept: ["agreement": [1]], study: next.id, run: toy.run)
        let found = try toy.store.kept(of: toy.study.id, measure: "agreement")
        #expect(found.map(\.modelID) == [early, late])
        #expect(found.map(\.position) == [2, 5])
        #expect(found.map(\.network) == [[1, 2, 5], [1, 2, 8]].map { WeightsDigest.of($0) })
        #expect(found.map(\.data) == [[2], [5, 5]])
        #expect(try toy.store.kept(of: toy.study.id, measure: "other").map(\.data) == [[]])
        #expect(try toy.store.kept(of: toy.study.id, measure: "third") == [])
    }

    @Test("Replacing writes what is new or differs, and touches no row that differs in time and run alone")
    func replaced() throws {
        let toy = try Toy()
        let ids = try (0..<3).map { try #require(try toy.add($0)) }
        let second = try toy.store.beginRun(of: toy.study.id, jobs: 1, provenance: .example)
        func records(_ values: [Double], seconds: Double) -> [(modelID: ModelRecord.ID, measurement: MeasurementRecord)]
        {
            zip(ids, values).map { id, value in
                (
                    id,
                    MeasurementRecord(
                        measure: "agreement", value: value, standardError: 0.5, seconds: seconds,
                        detail: ["models": value, "none": .nan])
                )
            }
        }
        func rows() throws -> [[SQLValue]] {
            try ReadOnlyQuery("SELECT value, seconds, run_id FROM measurement ORDER BY model_id", at: toy.store.path)
                .rows
        }
        let first = SQLValue.integer(toy.run.rawValue), then = SQLValue.integer(second.rawValue)
        #expect(try toy.store.replace(records([1, 0.1, 3], seconds: 1), run: toy.run) == 3)
        #expect(try toy.store.replace(records([1, 0.1, 3], seconds: 2), run: second) == 0)
        #expect(
            try rows() == [[.real(1), .real(1), first], [.real(0.1), .real(1), first], [.real(3), .real(1), first]])
        #expect(try toy.store.replace(records([1, (0.1 as Double).nextUp, 3], seconds: 2), run: second) == 1)
        #expect(try rows()[1] == [.real((0.1 as Double).nextUp), .real(2), then])
        #expect(try rows()[0][2] == first && rows()[2][2] == first)
        #expect(
            try ReadOnlyQuery("SELECT agreement FROM models WHERE position = 2", at: toy.store.path).rows == [
                [.real(3)]
            ])
    }

    @Test("Each part of a measurement's content counts when it is replaced")
    func everyPart() throws {
        let toy = try Toy()
        let id = try #require(try toy.add(0))
        let versions = [
            MeasurementRecord(measure: "a", value: 1), MeasurementRecord(measure: "a", value: 1, standardError: 0.5),
            MeasurementRecord(measure: "a", value: 1, effort: 3),
            MeasurementRecord(measure: "a", value: 1, reason: "a remark"),
            MeasurementRecord(measure: "a", value: 1, detail: ["pairs": 3]),
            MeasurementRecord(measure: "a", value: 1, detail: ["pairs": 4]),
            MeasurementRecord(measure: "a", status: .undefined, reason: "r"),
            MeasurementRecord(measure: "a", status: .failed, reason: "r"),
        ]
        for version in versions {
            #expect(try toy.store.replace([(id, version)], run: toy.run) == 1)
            #expect(try toy.store.replace([(id, version)], run: toy.run) == 0)
            #expect(try toy.store.measurements(of: toy.study.id)[id] == [version])
        }
    }

    @Test("Replacing is all or nothing")
    func allOrNothing() throws {
        let toy = try Toy()
        let id = try #require(try toy.add(0, ["a": 1]))
        let stranger = ModelRecord.ID(id.rawValue + 1)
        #expect(throws: (any Error).self) {
            try toy.store.replace(
                [
                    (id, MeasurementRecord(measure: "a", value: 2)),
                    (stranger, MeasurementRecord(measure: "a", value: 2)),
                ],
                run: toy.run)
        }
        #expect(try toy.store.measurements(of: toy.study.id)[id]?.map(\.value) == [1])
    }
}
