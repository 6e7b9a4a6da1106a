import GRDB
import Results
import Testing

@Suite struct ViewsTests {
    private func rows(_ toy: Toy, _ sql: String) throws -> [[SQLValue]] {
        try ReadOnlyQuery(sql, at: toy.store.path).rows
    }

    @Test("models has one row a model of the newest version, its measures as columns")
    func models() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894, "epochs": 160])
        try toy.add(1, ["pair_proxy": 841])
        #expect(
            try rows(toy, "SELECT study, version, label, pair_proxy, epochs FROM models ORDER BY position") == [
                [.text("toy"), .integer(1), .text("seed 0"), .real(894), .real(160)],
                [.text("toy"), .integer(1), .text("seed 1"), .real(841), .null],
            ])
        let next = try toy.store.enter(.example(digest: "d2"))
        try toy.store.add(
            .example(7), measurements: [MeasurementRecord(measure: "rank", value: 8)], study: next.id, run: toy.run)
        #expect(
            try rows(toy, "SELECT version, position, rank, pair_proxy FROM models")
                == [[.integer(2), .integer(7), .real(8), .null]])
    }

    @Test("Columns of models come in the order in which measures first appeared, after the fixed ones")
    func columnOrder() throws {
        let toy = try Toy()
        try toy.add(0, ["zeta": 1])
        try toy.add(1, ["alpha": 1, "zeta": 2])
        let columns = try ReadOnlyQuery("SELECT * FROM models", at: toy.store.path).columns
        #expect(columns == ResultsStore.reservedColumns + ["zeta", "alpha"])
    }

    @Test(
        "Any name of a measure becomes a column as it is",
        arguments: [
            "it's", "a \"quoted\" name", "select", "x); DROP TABLE model; --", "ρ", "two words", "a,b", "[x]", "`x`",
        ])
    func oddNames(name: String) throws {
        let toy = try Toy()
        try toy.add(0, [name: 3])
        let result = try ReadOnlyQuery("SELECT * FROM models", at: toy.store.path)
        #expect(result.columns.last == name)
        #expect(result.rows.map(\.last) == [.real(3)])
        try toy.add(1, ["another": 4])
        #expect(try ReadOnlyQuery("SELECT * FROM models", at: toy.store.path).columns.suffix(2) == [name, "another"])
    }

    @Test(
        "A name that differs from a column in its case only, or takes a fixed one, is refused",
        arguments: [
            "Pair_Proxy", "seed", "LABEL", "",
        ])
    func takenNames(name: String) throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894])
        #expect(throws: ResultsError.self) { try toy.add(1, [name: 1]) }
        #expect(try toy.store.finishedPositions(of: toy.study.id) == [0])
    }

    @Test("A view that another program changed, or dropped, is renewed with all its columns")
    func renewed() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894])
        try DatabaseQueue(path: toy.store.path).write { db in
            try db.execute(sql: "DROP VIEW failed; CREATE VIEW failed AS SELECT 1; DROP VIEW replication")
        }
        let store = try ResultsStore.open(at: toy.store.path)
        #expect(try ReadOnlyQuery("SELECT * FROM failed", at: store.path).columns.contains("reason"))
        #expect(try ReadOnlyQuery("SELECT * FROM replication", at: store.path).columns.contains("measured"))
        #expect(try rows(toy, "SELECT pair_proxy FROM models") == [[.real(894)]])
    }

    @Test("A models view that was dropped gets its columns back from the measurements")
    func modelsDropped() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894])
        try DatabaseQueue(path: toy.store.path).write { db in try db.execute(sql: "DROP VIEW models") }
        _ = try ResultsStore.open(at: toy.store.path)
        #expect(try rows(toy, "SELECT pair_proxy FROM models") == [[.real(894)]])
    }

    @Test("failed lists models and measurements without a value, with their reasons")
    func failed() throws {
        let toy = try Toy()
        try toy.add(0, ["fine": 1])
        var model = NewModel.example(1)
        model.outcome = .failed(reason: "loss is not finite after epoch 3")
        try toy.store.add(model, study: toy.study.id, run: toy.run)
        try toy.store.add(
            .example(2), measurements: [MeasurementRecord(measure: "a", status: .undefined, reason: "no units")],
            study: toy.study.id, run: toy.run)
        #expect(
            try rows(toy, "SELECT position, measure, status, reason FROM failed ORDER BY position") == [
                [.integer(1), .null, .text("failed"), .text("loss is not finite after epoch 3")],
                [.integer(2), .text("a"), .text("undefined"), .text("no units")],
            ])
    }

    @Test("studies has one row a study with how far its newest version is")
    func studies() throws {
        let toy = try Toy()
        try toy.add(0)
        try toy.add(1)
        _ = try toy.store.enter(.example(name: "other"))
        #expect(
            try rows(toy, "SELECT study, version, trained, failed FROM studies ORDER BY study") == [
                [.text("other"), .integer(1), .integer(0), .integer(0)],
                [.text("toy"), .integer(1), .integer(2), .integer(0)],
            ])
    }

    @Test("regime_summary has the spread of every measure in every regime, without copies and missing values")
    func regimeSummary() throws {
        let toy = try Toy()
        let values: [(regime: String?, variant: String?, a: Double?)] = [
            ("small", nil, 1), ("small", nil, 2), ("small", nil, 6), ("small", nil, nil), ("small", "copy", 100),
            ("large", nil, 5), (nil, nil, 1e9), (nil, nil, 1e9 + 1),
        ]
        for (position, value) in values.enumerated() {
            var model = NewModel.example(position)
            (model.regime, model.variant) = (value.regime, value.variant)
            let measurement =
                value.a.map { MeasurementRecord(measure: "a", value: $0) }
                ?? MeasurementRecord(measure: "a", status: .undefined, reason: "no units")
            try toy.store.add(
                model, measurements: [measurement, MeasurementRecord(measure: "b", value: 0)], study: toy.study.id,
                run: toy.run)
        }
        let columns = try ReadOnlyQuery("SELECT * FROM regime_summary", at: toy.store.path).columns
        #expect(columns == ["study", "version", "regime", "measure", "networks", "mean", "sd", "min", "max"])
        let summary = try rows(
            toy, "SELECT regime, networks, mean, sd, min, max FROM regime_summary WHERE measure = 'a' ORDER BY regime")
        #expect(
            summary == [
                [.null, .integer(2), .real(1e9 + 0.5), .real(0.5.squareRoot()), .real(1e9), .real(1e9 + 1)],
                [.text("large"), .integer(1), .real(5), .null, .real(5), .real(5)],
                // Deviations of -2, -1 and 3 from the mean of 3.
                [.text("small"), .integer(3), .real(3), .real(7.0.squareRoot()), .real(1), .real(6)],
            ])
        #expect(
            try rows(toy, "SELECT regime, networks, sd FROM regime_summary WHERE measure = 'b' ORDER BY regime") == [
                [.null, .integer(2), .real(0)], [.text("large"), .integer(1), .null],
                [.text("small"), .integer(4), .real(0)],
            ])
    }

    @Test("regime_summary tells studies apart and shows each one's newest version")
    func regimeSummaryOfStudies() throws {
        let toy = try Toy()
        try toy.add(0, ["a": 1])
        let other = try toy.store.enter(.example(name: "other"))
        try toy.store.add(
            .example(0), measurements: [MeasurementRecord(measure: "a", value: 2)], study: other.id, run: toy.run)
        let query = "SELECT study, version, mean FROM regime_summary ORDER BY study"
        #expect(
            try rows(toy, query) == [[.text("other"), .integer(1), .real(2)], [.text("toy"), .integer(1), .real(1)]])
        let next = try toy.store.enter(.example(digest: "d2"))
        try toy.store.add(
            .example(0), measurements: [MeasurementRecord(measure: "a", value: 3)], study: next.id, run: toy.run)
        #expect(
            try rows(toy, query) == [[.text("other"), .integer(1), .real(2)], [.text("toy"), .integer(2), .real(3)]])
    }

    @Test("A view that an older file lacks is named with what adds it")
    func lackingView() throws {
        let toy = try Toy()
        try DatabaseQueue(path: toy.store.path).write { db in try db.execute(sql: "DROP VIEW regime_summary") }
        let error = #expect(throws: QueryError.self) {
            try ReadOnlyQuery("SELECT * FROM regime_summary", at: toy.store.path)
        }
        #expect(error?.description.contains("any command that writes adds the view") == true)
        _ = try ResultsStore.open(at: toy.store.path)
        #expect(throws: Never.self) { try ReadOnlyQuery("SELECT * FROM regime_summary", at: toy.store.path) }
    }

    @Test("Every table, view and column has a description, and nothing else has")
    func described() throws {
        let toy = try Toy()
        let all = try TableDescription.all(at: toy.store.path)
        #expect(all.prefix { $0.isView }.count == all.count { $0.isView }, "views come first")
        for table in all {
            #expect(table.summary != nil, "\(table.name)")
            for column in table.columns {
                #expect(column.meaning != nil, "\(table.name).\(column.name)")
                #expect(["INTEGER", "REAL", "TEXT", "BLOB"].contains(column.type), "\(table.name).\(column.name)")
            }
        }
        #expect(
            all.map { "\($0.name): \($0.columns.map(\.name).sorted())" }.sorted()
                == TableDescription.knownColumns.sorted())
        try toy.add(0, ["pair_proxy": 1])
        let models = try #require(try TableDescription.all(at: toy.store.path).first { $0.name == "models" })
        #expect(models.columns.map(\.name) == ResultsStore.reservedColumns + ["pair_proxy"])
        #expect(models.columns.last?.meaning == nil)
    }

    @Test("A table that another program added is listed last, without a description")
    func foreignTable() throws {
        let toy = try Toy()
        try DatabaseQueue(path: toy.store.path).write { db in try db.execute(sql: "CREATE TABLE aside (x REAL)") }
        let last = try #require(try TableDescription.all(at: toy.store.path).last)
        #expect(last.name == "aside" && !last.isView && last.summary == nil && last.columns.map(\.type) == ["REAL"])
    }
}
