import Definitions
import Results
import Testing

@Suite struct ResultsStorePublishedTests {
    private let figures: [PublishedValue] = [
        .init(
            kind: .correlation, measure: "proxy", target: "accuracy", value: 0.25, tolerance: 0.125, source: "Table 1"),
        .init(kind: .model, measure: "accuracy", regime: "large", seed: .max, variant: "layer 1 x 2", value: 0.5),
        .init(kind: .mean, measure: "accuracy", value: 0.75, tolerance: 0),
    ]

    private var found: [ReplicationRecord] {
        [
            ReplicationRecord(figures[0], measured: 0.375, count: 3, agrees: true),
            ReplicationRecord(figures[1], measured: 0.25, count: 1),
            ReplicationRecord(figures[2], count: 0, reason: "The study has no model yet."),
        ]
    }

    @Test("Figures come back with what was found of them, in the order of the file, and so does the view show them")
    func roundTrip() throws {
        let toy = try Toy()
        try toy.store.record(replication: found, study: toy.study.id)
        let rows = try toy.store.replication(of: toy.study)
        #expect(rows == found && rows.map(\.difference) == [0.125, -0.25, nil])
        #expect(try toy.store.published(of: toy.study.id) == figures)
        #expect(
            try ReadOnlyQuery("SELECT measure, measured, difference, agrees FROM replication", at: toy.store.path).rows
                == [
                    [.text("proxy"), .real(0.375), .real(0.125), .integer(1)],
                    [.text("accuracy"), .real(0.25), .real(-0.25), .null], [.text("accuracy"), .null, .null, .null],
                ])
    }

    @Test("A figure that is recorded again keeps what was found of it; a new one has nothing, and one that is gone is")
    func kept() throws {
        let toy = try Toy()
        try toy.store.record(replication: found, study: toy.study.id)
        let new = PublishedValue(kind: .minimum, measure: "accuracy", value: 0.25)
        try toy.store.record([new, figures[1], figures[0]], study: toy.study.id)
        #expect(try toy.store.replication(of: toy.study) == [ReplicationRecord(new), found[1], found[0]])
    }

    @Test("Rows of figures that are as they were keep their numbers")
    func rowNumbers() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        for study in [toy.study, other] { try toy.store.record(figures, study: study.id) }
        let rows = try ReadOnlyQuery("SELECT id FROM published", at: toy.store.path).rows
        try toy.store.record(replication: found, study: toy.study.id)
        try toy.store.record(figures, study: toy.study.id)
        #expect(try ReadOnlyQuery("SELECT id FROM published", at: toy.store.path).rows == rows)
        #expect(try toy.store.replication(of: toy.study) == found)
    }

    @Test("Recording again replaces, for that study alone")
    func replaced() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        let figure = PublishedValue(kind: .mean, measure: "a", value: 1)
        try toy.store.record([figure, figure], study: toy.study.id)
        try toy.store.record([figure], study: other.id)
        try toy.store.record([figure], study: toy.study.id)
        #expect(try toy.store.replication(of: toy.study).count == 1)
        #expect(try toy.store.replication(of: other).count == 1)
    }
}
