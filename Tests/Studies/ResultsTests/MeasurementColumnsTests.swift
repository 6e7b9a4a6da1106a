import Results
import Testing

@Suite struct MeasurementColumnsTests {
    /// Models with the same measures and with others, values and none of each kind, and one without any.
    private static func toy() throws -> Toy {
        let toy = try Toy()
        let all: [[MeasurementRecord]] = [
            [
                MeasurementRecord(
                    measure: "a", value: 1.5, standardError: 0.25, effort: 30, seconds: 2, reason: "a remark"),
                MeasurementRecord(measure: "b", value: -2, detail: ["pairs": 45, "undecided": 0.5]),
            ],
            [
                MeasurementRecord(measure: "a", value: 3),
                MeasurementRecord(measure: "b", status: .failed, reason: "no luck"),
            ],
            [],
            [MeasurementRecord(measure: "c", value: 7), MeasurementRecord(measure: "ä b", value: 8)],
            [
                MeasurementRecord(measure: "a", value: .nan, effort: 5), MeasurementRecord(measure: "b", value: 0),
                MeasurementRecord(measure: "c", value: .infinity, reason: "of zeros"),
            ],
        ]
        for (position, measurements) in all.enumerated() {
            try toy.store.add(.example(position), measurements: measurements, study: toy.study.id, run: toy.run)
        }
        return toy
    }

    @Test("Columns hold what the records hold, row by row", arguments: [[0, 1, 2, 3, 4], [4, 0], [2], []])
    func sameAsRecords(positions: [Int]) throws {
        let toy = try Self.toy()
        let models = try toy.store.models(of: toy.study.id)
        let rows = positions.map { models[$0].id }
        let records = try toy.store.measurements(of: toy.study.id)
        let columns = try toy.store.measurementColumns(of: toy.study.id, rows: rows)
        #expect(Set(columns.keys) == Set(rows.flatMap { records[$0] ?? [] }.map(\.measure)))
        for (measure, column) in columns {
            let expected = rows.map { row in records[row]?.first { $0.measure == measure } }
            #expect(column.measure == measure && column.count == rows.count)
            #expect(rows.indices.map { column[$0] } == expected)
            #expect(column.values == expected.map { $0?.value })
            #expect(column.standardErrors == expected.map { $0?.standardError })
            #expect(column.measured == expected.count { $0 != nil })
        }
    }

    @Test("Columns are of one study alone")
    func oneStudy() throws {
        let toy = try Self.toy()
        let other = try toy.store.enter(.example(name: "other", digest: "d2"))
        let run = try toy.store.beginRun(of: other.id, jobs: 1, provenance: .example)
        let id = try #require(
            try toy.store.add(
                .example(0), measurements: [MeasurementRecord(measure: "z", value: 1)], study: other.id, run: run))
        #expect(try toy.store.measurementColumns(of: toy.study.id, rows: [id]).isEmpty)
        #expect(try toy.store.measurementColumns(of: other.id, rows: [id]).keys.sorted() == ["z"])
    }

    @Test("Many models added at once are those added one by one")
    func batch() throws {
        let models = (0..<6).map { position in
            var model = NewModel.example(position)
            if position == 2 { model.outcome = .failed(reason: "loss is not finite after epoch 3") }
            return FinishedModel(
                model, measurements: [MeasurementRecord(measure: "m\(position % 3)", value: Double(position))],
                kept: position == 4 ? ["kept": [1, 2]] : [:])
        }
        let (together, apart) = (try Toy(), try Toy())
        #expect(try together.store.add(models, study: together.study.id, run: together.run) == 6)
        for item in models {
            try apart.store.add(
                item.model, measurements: item.measurements, kept: item.kept, study: apart.study.id, run: apart.run)
        }
        let lines = try together.store.contentLines(of: together.study.id)
        #expect(try apart.store.contentLines(of: apart.study.id) == lines)
        #expect(lines.count == 6 + 6 + 1)
        // The view for people has the columns, and a position that is taken stays as it is.
        let shown = try ReadOnlyQuery("SELECT m0, m1, m2 FROM models WHERE position = 3", at: together.folder.path())
        #expect(shown.rows == [[.real(3), .null, .null]])
        #expect(try together.store.add([models[0]], study: together.study.id, run: together.run) == 0)
        #expect(try together.store.contentLines(of: together.study.id) == lines)
    }
}
