import Definitions
import Foundation
import GRDB
import Measures
import Results
import Testing

/// A results file in which every table has a row, and what readers make of it.
private struct FullFile {
    let toy: Toy
    var path: String { toy.folder.path() }

    init() throws {
        toy = try Toy()
        let store = toy.store
        try toy.add(0, ["pair_proxy": 894, "test_accuracy": 0.75])
        try store.add(
            .example(1), measurements: [MeasurementRecord(measure: "pair_proxy", value: 0.5, standardError: 0.25)],
            kept: ["pair_proxy": [4, 5]],
            history: TrainingHistory([
                .init(epoch: 0, values: [.trainLoss: 2.5, .trainAccuracy: 0.25]),
                .init(epoch: 160, values: [.trainLoss: 0.5, .trainAccuracy: 0.75, .gradientNorm: 0.125]),
            ]), study: toy.study.id, run: toy.run)
        var failed = NewModel.example(2, weights: nil)
        failed.outcome = .failed(reason: "diverged")
        try store.add(failed, study: toy.study.id, run: toy.run)
        try store.add(.example(2, weights: nil), study: toy.study.id, run: toy.run)
        try store.save(Checkpoint(epochs: 3, seconds: 1, state: [7]), ofNetwork: "m9")
        try store.record(
            replication: [
                ReplicationRecord(
                    PublishedValue(
                        kind: .model, measure: "pair_proxy", seed: 0, value: 894, tolerance: 1, source: "paper"),
                    measured: 894, count: 1, agrees: true)
            ], study: toy.study.id)
        try store.record(
            figures: [Figure(name: "f", title: "F", kind: .scatter, x: "pair_proxy", y: "test_accuracy")],
            study: toy.study.id)
        try store.record(
            claims: [
                Claim(
                    claim: "It is so.", origin: .derived, statistic: .mean, measure: "test_accuracy", expected: 0.5,
                    tolerance: 1)
            ], study: toy.study.id)
        try store.record(
            [
                CorrelationRecord(
                    measure: "pair_proxy", target: "test_accuracy", method: "spearman", estimate: 0.5, pValue: 0.5,
                    count: 2)
            ], study: toy.study.id)
        try store.record(
            [
                JudgementRecord(
                    measure: "pair_proxy", target: "test_accuracy", verdict: "unstable", count: 2, tried: 1,
                    sentence: "So so.")
            ], about: "test_accuracy", study: toy.study.id)
    }

    /// All that a reader can ask for, as text; what a damaged row must not change without an error.
    func answers() throws -> String {
        let store = try ResultsStore.openReadOnly(at: path)
        defer { try? store.close() }
        let study = try store.study(named: "toy")
        let models = try store.models(of: study.id)
        let columns = try store.measurementColumns(of: study.id, rows: models.map(\.id))
        let parts: [Any] = try [
            study, models, columns.sorted { $0.key < $1.key }.map { column in models.indices.map { column.value[$0] } },
            models.map { try store.weights(of: $0.id) ?? [] },
            store.kept(of: study.id, measure: "pair_proxy"), store.replication(of: study), store.figures(of: study.id),
            store.findings(of: study.id), store.correlations(of: study.id), store.judgements(of: study.id),
            store.earlierFailures(of: study.id), store.runs(of: study.id), store.weights(ofNetwork: "m1") as Any,
            models.map { try store.history(of: $0.id) },
            store.model(of: study.id, at: 0) as Any, store.contentLines(of: study.id),
            ReadOnlyQuery("SELECT * FROM models", at: path), ReadOnlyQuery("SELECT * FROM replication", at: path),
        ]
        return parts.map { "\($0)" }.joined(separator: "\n")
    }

    /// Changes the file as another program does that knows nothing of checksums and of what columns may hold.
    func alter(_ sql: String, _ arguments: StatementArguments = []) throws {
        var configuration = GRDB.Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql, arguments: arguments)
        }
        try queue.close()
    }

    /// Tables that have rows, with their columns.
    func columns() throws -> [(table: String, column: String)] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master
                    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                    """
            ).flatMap { table in
                try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
                    .map { (table, $0) }
            }
        }
    }
}

@Suite struct IntegrityTests {
    /// What is no result, and how it may change: which runs are at work, and when they last reported.
    private static let free: Set<String> = [
        "claim.study_id", "claim.position", "claim.run_id", "claim.claimed_at", "run.outcome", "run.ended_at",
        "run.heartbeat_at",
    ]

    @Test("Every column of every table, with every kind of value: an answer as before, or an error; never a crash")
    func everyColumn() throws {
        let file = try FullFile()
        // Closed, the file is alone: it can be put back as it was.
        try file.toy.store.close()
        let sound = try file.answers()
        let original = try Data(contentsOf: URL(fileURLWithPath: file.path))
        let values: [(any DatabaseValueConvertible)?] = [
            nil, 0, -1, Int64.max, 0.5, -1e308, "", "abc", "{}", "[1]", "99999999999999999999", Data(),
            Data([1, 2, 3]),
        ]
        var changes = 0
        for (table, column) in try file.columns() {
            for value in values {
                do {
                    try file.alter("UPDATE \(table) SET \(column) = ?", [value])
                } catch {
                    continue  // SQLite itself does not let this in.
                }
                changes += 1
                do {
                    let answer = try file.answers()
                    if !Self.free.contains("\(table).\(column)") {
                        #expect(answer == sound, "\(table).\(column) = \(value as Any) answers otherwise, in silence")
                    }
                } catch {
                    #expect("\(error)".contains(file.path), "\(table).\(column): \(error)")
                }
                try original.write(to: URL(fileURLWithPath: file.path))
            }
        }
        #expect(changes > 500)
        #expect(try file.answers() == sound)
    }

    @Test(
        "A row that was changed is named, by readers and by a check of the whole file",
        arguments: [
            ("UPDATE model SET label = 'seed 9' WHERE position = 1", "model", "'seed 9'"),
            ("UPDATE measurement SET value = 895 WHERE measure = 'pair_proxy' AND status = 'ok'", "measurement", "894"),
            ("UPDATE kept SET data = x'00'", "kept", "pair_proxy of 'seed 1'"),
            ("UPDATE history SET train_loss = 0.1 WHERE epoch = 0", "history", "epoch 0 of 'seed 1'"),
            ("UPDATE study SET target = 'x'", "study", "study 'toy' version 1"),
            ("UPDATE published SET value = 5", "published", "model of pair_proxy"),
            ("UPDATE run SET blas_kernel = 'x'", "run", "run 1"),
            ("UPDATE claimed SET expected = 7", "claimed", "It is so."),
            ("UPDATE judgement SET estimate = 0.25", "judgement", "pair_proxy"),
        ])
    func changed(sql: String, table: String, row: String) throws {
        let file = try FullFile()
        try file.alter(sql)
        let error = #expect(throws: ResultsError.self) { try file.answers() }
        #expect(error?.description.contains("table \(table), ") == true && error?.exitStatus == 1)
        let damages = try ResultsStore.openReadOnly(at: file.path).damages()
        #expect(damages.contains { $0.table == table && $0.kind == .changed })
        if row != "894" { #expect(damages.contains { $0.rows.contains(row) }, "\(damages)") }
    }

    @Test(
        "A row that is missing is noticed, of each table whose rows make a number",
        arguments: [
            "model", "measurement", "kept", "history", "published", "claimed", "judgement", "correlation", "figure",
            "run",
        ])
    func missing(table: String) throws {
        let file = try FullFile()
        try file.alter("DELETE FROM \(table)")
        #expect(throws: ResultsError.self) { try file.answers() }
        let damages = try ResultsStore.openReadOnly(at: file.path).damages()
        #expect(
            damages.contains {
                if case .missing(0, let written) = $0.kind { $0.table == table && written > 0 } else { false }
            }, "\(damages)")
    }

    @Test("Weights that were changed are not read, and a checkpoint that was changed is none")
    func blobs() throws {
        let file = try FullFile()
        #expect(try file.toy.store.checkpoint(ofNetwork: "m9") != nil)
        try file.alter("UPDATE weights SET safetensors = x'0102' WHERE model_id = 1")
        try file.alter("UPDATE checkpoint SET state = x'08'")
        let error = #expect(throws: ResultsError.self) { try file.toy.store.weights(of: .init(1)) }
        #expect(error?.description.contains("'seed 0'") == true)
        #expect(throws: ResultsError.self) {
            try file.toy.store.network(
                #require(
                    try file.toy.store.weights(ofNetwork: "m0"))
            ) { $0 }
        }
        #expect(try file.toy.store.checkpoint(ofNetwork: "m9") == nil)
        #expect(try ResultsStore.openReadOnly(at: file.path).damages().map(\.table) == ["checkpoint", "weights"])
    }

    @Test("What does not verify is removed on request, and only that; the file is sound after")
    func removal() throws {
        let file = try FullFile()
        #expect(try file.toy.store.damages() == [] && file.toy.store.removeDamage().damages == [])
        try file.alter("UPDATE measurement SET value = 895 WHERE model_id = 1 AND measure = 'pair_proxy'")
        try file.alter("UPDATE model SET seed = 7 WHERE position = 1")
        try file.alter("UPDATE weights SET safetensors = x'' WHERE model_id = 1")
        let removed = try file.toy.store.removeDamage()
        #expect(removed.rows == ["measurement": 2, "model": 1, "kept": 1, "history": 2, "weights": 2])
        #expect(Set(removed.damages.map(\.table)) == ["measurement", "model", "weights"])
        #expect(try file.toy.store.damages() == [])
        #expect(try file.toy.store.models(of: file.toy.study.id).map(\.position) == [0, 2])
        #expect(
            try file.toy.store.missingMeasures(of: file.toy.study.id, among: ["pair_proxy"]).map(\.position) == [0, 2])
        #expect(try file.toy.store.weights(of: .init(1)) == nil)
    }

    @Test(
        "All that writes keeps the seals: models by one and by many, measures added and replaced, failures tried again")
    func sealed() throws {
        let toy = try Toy()
        let store = toy.store
        func sound() throws { #expect(try store.damages() == []) }
        let id = try #require(try toy.add(0, ["a": -0.0, "b": .leastNonzeroMagnitude]))
        try sound()
        try store.add([MeasurementRecord(measure: "c", value: 3)], to: id, kept: ["c": [1]], run: toy.run)
        try sound()
        try store.replace([(id, MeasurementRecord(measure: "a", value: 4, reason: "\0tail"))], run: toy.run)
        try sound()
        try store.add(
            (1..<4).map { FinishedModel(.example($0), measurements: [MeasurementRecord(measure: "a", value: 1)]) },
            study: toy.study.id, run: toy.run)
        try sound()
        var failed = NewModel.example(5, weights: nil)
        failed.outcome = .failed(reason: "diverged")
        try store.add(failed, study: toy.study.id, run: toy.run)
        try store.add(.example(5), study: toy.study.id, run: toy.run)
        try sound()
        let newer = try store.enter(.example(digest: "d2"))
        try store.reuse(models: toy.study.id, in: newer.id, digests: [0: "m0", 1: "m1"], measures: ["a", "c"])
        try sound()
        try store.heartbeat(run: toy.run)
        try store.endRun(toy.run, outcome: .finished)
        try sound()
        #expect(try store.models(of: newer.id).count == 2)
    }
}
