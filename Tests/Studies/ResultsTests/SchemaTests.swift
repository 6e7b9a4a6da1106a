import Definitions
import Foundation
import GRDB
import Results
import Synchronization
import Testing

/// `Fixtures/schema-1.sql` is a results file of schema 1 as SQL text, and so on.
@Suite struct SchemaTests {
    private func fixture(_ schema: Int) throws -> String {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/schema-\(schema)", withExtension: "sql"))
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// A closed file with the fixture's rows, in WAL mode as every Basin has made its files.
    private func file(ofSchema schema: Int) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path())
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: fixture(schema))
            try db.execute(sql: "PRAGMA journal_mode = WAL")
        }
        try queue.close()
        return folder
    }

    @Test("A file of schema 1 is brought up to date with all its rows, and is then read as any other")
    func migratesSchema1() throws {
        let folder = try file(ofSchema: 1)
        for open in [{ path in try ResultsStore.open(at: path) }, ResultsStore.openReadOnly(at:)] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            let models = try store.models(of: study.id)
            #expect(models.map(\.seed) == [0, 1])
            #expect(models.map(\.trainingDigest) == ["m0", "m1"] && models.map(\.variant) == [nil, nil])
            #expect(try store.weights(of: models[0].id) == [1, 2, 3])
            #expect(try store.weights(ofNetwork: "m1")?.modelID == models[1].id)
            #expect(try store.measurements(of: study.id)[models[0].id]?.map(\.value) == [894, 0.7508])
            #expect(try store.replication(of: study).map(\.agrees) == [true])
            #expect(try store.correlations(of: study.id).map(\.estimate) == [0.375])
            #expect(try store.runs(of: study.id).map(\.outcome) == [.finished])
            #expect(try store.runs(of: study.id).map(\.process) == [nil])
            #expect(try store.reservations(of: study.id) == [:])
            #expect(try store.kept(of: study.id, measure: "pair_proxy") == [])
            #expect(try store.judgements(of: study.id) == [])
            try store.close()
        }
        #expect(
            try ReadOnlyQuery("SELECT pair_proxy, test_accuracy, variant FROM models WHERE seed = 0", at: folder.path())
                .rows
                == [[.real(894), .real(0.7508), .null]])
        #expect(try ReadOnlyQuery("PRAGMA foreign_key_check", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA user_version", at: folder.path()).rows == [[.integer(10)]])
    }

    @Test(
        "A file of an older schema is read as if it were brought up to date, and is not changed by that",
        arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    func readingDoesNotMigrate(schema: Int) throws {
        let folder = try file(ofSchema: schema)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path()))
        let store = try ResultsStore.openReadOnly(at: folder.path())
        let study = try store.study(named: "toy")
        #expect(try store.models(of: study.id).map(\.seed).prefix(2) == [0, 1])
        #expect(try store.models(of: study.id).first?.weightsDigest != nil && store.damages() == [])
        #expect(
            try ReadOnlyQuery("SELECT study, pair_proxy FROM models", at: folder.path()).rows.first
                == [.text("toy"), .real(894)])
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == before)
        #expect(try folder.names() == ["basin.sqlite"])
    }

    @Test("Stores that bring one file up to date at the same moment all find it ready")
    func migratedAtOnce() throws {
        let folder = try file(ofSchema: 1)
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            do {
                let store = try ResultsStore.open(at: folder.path())
                let study = try store.study(named: "toy")
                let run = try store.beginRun(of: study.id, jobs: 1, provenance: .example)
                _ = try store.reserve(study: study.id, position: 2, run: run)
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock(\.self) == [])
        let store = try ResultsStore.openReadOnly(at: folder.path())
        let study = try store.study(named: "toy")
        #expect(try store.models(of: study.id).map(\.trainingDigest) == ["m0", "m1"])
        #expect(try store.runs(of: study.id).count == 7)
        #expect(try store.reservations(of: study.id).count == 1)
    }

    @Test("A file of schema 2 is brought up to date with all its rows, and is then read as any other")
    func migratesSchema2() throws {
        let folder = try file(ofSchema: 2)
        for open in [{ path in try ResultsStore.open(at: path) }, ResultsStore.openReadOnly(at:)] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            try checkLongStudy(study, in: store)
            #expect(try store.judgements(of: study.id) == [])
            try store.close()
        }
        #expect(try ReadOnlyQuery("SELECT * FROM verdict", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA foreign_key_check", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA user_version", at: folder.path()).rows == [[.integer(10)]])
    }

    @Test("A file of schema 3 is brought up to date with all its rows, and is then read as any other")
    func migratesSchema3() throws {
        let folder = try file(ofSchema: 3)
        for open in [{ path in try ResultsStore.open(at: path) }, ResultsStore.openReadOnly(at:)] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            try checkJudgedStudy(study, in: store)
            #expect(try store.figures(of: study.id) == [] && store.findings(of: study.id) == [])
            try store.close()
        }
        #expect(
            try ReadOnlyQuery("SELECT measure, rho FROM verdict", at: folder.path()).rows
                == [[.text("pair_proxy"), .real(0.375)], [.text("dead_units"), .null]])
        #expect(try ReadOnlyQuery("SELECT * FROM claims", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA foreign_key_check", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA user_version", at: folder.path()).rows == [[.integer(10)]])
    }

    @Test("A file of schema 4 is brought up to date with all its rows, and is then read as any other")
    func migratesSchema4() throws {
        let folder = try file(ofSchema: 4)
        for open in [{ path in try ResultsStore.open(at: path) }, ResultsStore.openReadOnly(at:)] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            try checkClaimedStudy(study, in: store)
            // What the view answered before is written down; how many models entered was never known.
            #expect(try store.replication(of: study).map(\.measured) == [894, 1682])
            #expect(try store.replication(of: study).map(\.count) == [nil, nil])
            try store.close()
        }
        #expect(
            try ReadOnlyQuery("SELECT claim, agrees FROM claims", at: folder.path()).rows.map(\.last)
                == [.integer(1), .integer(0), .null])
        #expect(
            try ReadOnlyQuery("SELECT measured, difference, agrees FROM replication", at: folder.path()).rows
                == [[.real(894), .real(0), .integer(1)], [.real(1682), .real(0), .integer(1)]])
        #expect(try ReadOnlyQuery("PRAGMA foreign_key_check", at: folder.path()).rows == [])
        #expect(try ReadOnlyQuery("PRAGMA user_version", at: folder.path()).rows == [[.integer(10)]])
    }

    @Test("A file of schema 5 opens with all its rows, for reading and for writing")
    func opensSchema5() throws {
        let folder = try file(ofSchema: 5)
        for open in [ResultsStore.openReadOnly(at:), { path in try ResultsStore.open(at: path) }] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            try checkClaimedStudy(study, in: store)
            #expect(try store.replication(of: study).map(\.measured) == [894, 1682])
            #expect(try store.replication(of: study).map(\.count) == [1, 1])
            try store.close()
        }
    }

    @Test(
        "A file of schema 6 to 10 opens with all its rows, for reading and for writing, and each row verifies",
        arguments: [6, 7, 8, 9, 10])
    func opensSealed(schema: Int) throws {
        let folder = try file(ofSchema: schema)
        for open in [ResultsStore.openReadOnly(at:), { path in try ResultsStore.open(at: path) }] {
            let store = try open(folder.path())
            let study = try store.study(named: "toy")
            try checkClaimedStudy(study, in: store)
            #expect(try store.damages() == [] && store.models(of: study.id).compactMap(\.weightsDigest).count == 2)
            let history = try store.histories(of: study.id).values.map { $0.course(of: .trainLoss).map(\.value) }
            #expect(history == (schema < 8 ? [] : [[2.25, 0.5]]))
            try store.close()
        }
    }

    @Test("A judgement that was damaged in a file of schema 6 is still told once it is brought up to date")
    func keepsDamage() throws {
        let folder = try file(ofSchema: 6)
        let queue = try DatabaseQueue(path: folder.path())
        try queue.write { db in try db.execute(sql: "UPDATE judgement SET estimate = -estimate WHERE place = 0") }
        try queue.close()
        let store = try ResultsStore.open(at: folder.path())
        #expect(try store.damages().map(\.table) == ["judgement"])
    }

    /// The rows that the files of schemas 4 to 10 have in common.
    private func checkClaimedStudy(_ study: StudyRecord, in store: ResultsStore) throws {
        try checkJudgedStudy(study, in: store)
        #expect(
            try store.figures(of: study.id) == [
                Figure(
                    name: "phases", title: "When?", kind: .heatMap, x: "learning_rate", y: "seed",
                    value: "test_accuracy",
                    boundary: "critical", scale: .logX, selection: ModelSelection(["regime": [.word("large")]]))
            ])
        let findings = try store.findings(of: study.id)
        #expect(findings.map(\.claim.origin) == [.paper, .restated, .derived])
        #expect(findings.map(\.claim.statistic) == [.slope, .mean, .value])
        #expect(findings.map(\.measured) == [0.5, 858.5, nil] && findings.map(\.agrees) == [true, false, nil])
        #expect(
            findings.map(\.count) == [3, 3, 0] && findings.map(\.reason) == [nil, nil, "No model is selected."])
        let first = try #require(findings.first)
        #expect(
            first.claim.over == "seed" && first.standardError == 0.125 && first.claim.limit == "Of three seeds.")
        #expect(first.claim.atLeast == 0.25 && first.claim.atMost == 0.75 && first.claim.expected == nil)
        #expect(
            first.claim.selection.conditions == [
                "learning_rate": [.number(0.1)], "regime": [.word("large"), .word("small")],
            ])
        #expect(findings[1].claim.expected == 4 && findings[1].claim.tolerance == 0.5)
    }

    /// The rows that the files of schemas 3 to 10 have in common.
    private func checkJudgedStudy(_ study: StudyRecord, in store: ResultsStore) throws {
        try checkLongStudy(study, in: store)
        let judgements = try store.judgements(of: study.id)
        #expect(judgements.map(\.measure) == ["pair_proxy", "dead_units"])
        #expect(
            judgements.map(\.verdict) == ["confounded", nil] && judgements.map(\.reason) == [nil, "It is constant."])
        #expect(judgements.map(\.tried) == [2, 2] && judgements.map(\.count) == [100, 100])
        let first = try #require(judgements.first)
        #expect(first.estimate == 0.375 && first.interval == 0.25...0.5 && first.detectable == 0.3125)
        #expect(first.given == ["regime", "epochs"] && first.givenEstimate == 0.125 && first.givenPValue == 0.25)
        #expect(first.gain == -0.0625 && first.gainError == 0.125 && first.reads == "random labels")
    }

    /// The rows that the files of schemas 2 to 10 have in common.
    private func checkLongStudy(_ study: StudyRecord, in store: ResultsStore) throws {
        let models = try store.models(of: study.id)
        #expect(models.map(\.trainingDigest) == ["m0", "m1", "m1"])
        #expect(models.map(\.variant) == [nil, nil, "layer 1 x 2"] && models.map(\.regime) == [nil, "large", "large"])
        #expect(try store.weights(ofNetwork: "m1")?.modelID == models[1].id)
        #expect(try store.measurements(of: study.id)[models[2].id]?.map(\.value) == [1682])
        #expect(try store.kept(of: study.id, measure: "pair_proxy").map(\.data) == [[4, 5]])
        #expect(try store.replication(of: study).map(\.agrees) == [true, true])
        #expect(try store.replication(of: study).map(\.published.variant) == [nil, "layer 1 x 2"])
        #expect(try store.checkpoint(ofNetwork: "m3") == Checkpoint(epochs: 40, seconds: 12.5, state: [6, 7]))
        #expect(try store.earlierFailures(of: study.id).map(\.reason) == ["diverged"])
        let run = try #require(try store.runs(of: study.id).first)
        #expect(run.process == ProcessIdentity(host: "here", pid: 7, start: "boot 123"))
        #expect(run.heartbeatAt == run.startedAt + 30)
        #expect(try store.reservations(of: study.id) == [3: run.id])
    }

    @Test(
        "Each schema is as it was released: later changes are further migrations",
        arguments: [
            (1, "1 tables"), (2, "2 long studies"), (3, "3 judgements"), (4, "4 figures and claims"),
            (5, "5 replication"), (6, "6 integrity"), (7, "7 conditions"), (8, "8 history"),
            (9, "9 kernels"), (10, "10 external measures"),
        ])
    func isFrozen(schema: Int, migration: String) throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.path())
        try Schema.migrator.migrate(queue, upTo: migration)
        func definitions(_ db: Database) throws -> Set<String> {
            try String.fetchSet(
                db,
                sql: """
                    SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT \
                    LIKE 'sqlite_%'
                        AND name NOT LIKE 'grdb_%'
                    """)
        }
        let fixtureFolder = try file(ofSchema: schema)
        let released = try DatabaseQueue(path: fixtureFolder.path()).read(definitions)
        #expect(released.count > 8)
        #expect(try queue.read(definitions) == released)
    }

    @Test("Every migration has a file of its schema among the fixtures")
    func fixtures() throws {
        for schema in 1...Schema.version { #expect(try fixture(schema).contains("PRAGMA user_version = \(schema);")) }
    }
}
