import Foundation
import GRDB
import Results
import Synchronization
import Testing

/// Several writers, and writers that die.
@Suite struct ConcurrencyTests {
    @Test("Two stores on one file record every model once, and the view shows both stores' measures")
    func twoWriters() throws {
        let toy = try Toy()
        let other = try ResultsStore.open(at: toy.store.path)
        let added = Mutex(0)
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            let store = worker % 2 == 0 ? toy.store : other
            for position in 0..<20 {
                do {
                    let measurement = MeasurementRecord(
                        measure: "measure_\(position)_\(worker % 2)", value: Double(position))
                    let id = try store.add(
                        .example(position), measurements: [measurement], study: toy.study.id, run: toy.run)
                    if id != nil { added.withLock { $0 += 1 } }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(failures.withLock(\.self) == [])
        #expect(added.withLock(\.self) == 20)
        #expect(try toy.store.finishedPositions(of: toy.study.id) == Set(0..<20))
        let measurements = try toy.store.measurements(of: toy.study.id).values.flatMap(\.self)
        #expect(measurements.count == 20)
        let shown = Set(try ReadOnlyQuery("SELECT * FROM models", at: toy.store.path).columns)
        #expect(shown.isSuperset(of: measurements.map(\.measure)))
    }

    @Test("Stores that make one file at the same moment all find it ready")
    func createdAtOnce() throws {
        let folder = try TemporaryFolder()
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { worker in
            do {
                _ = try ResultsStore.open(at: folder.path()).enter(.example(name: "study-\(worker)"))
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock(\.self) == [])
        #expect(try ResultsStore.openReadOnly(at: folder.path()).studies().count == 6)
    }

    @Test("What a killed writer leaves on disk in the middle of a transaction is the state before it")
    func killedInTransaction() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894])
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: toy.store.path)
        try queue.write { db in
            // So small a cache spills the unfinished transaction into the log, as a large one would.
            try db.execute(sql: "PRAGMA cache_size = 1")
            for position in 1..<200 {
                try db.execute(
                    sql: """
                        INSERT INTO model (study_id, run_id, position, label, digest, hyperparameters, status, seconds)
                        VALUES (?, ?, ?, ?, 'd', '{}', 'trained', 0)
                        """,
                    arguments: [toy.study.id.rawValue, toy.run.rawValue, position, String(repeating: "x", count: 1000)])
            }
            // A killed process leaves the files as they are at that moment.
            for ending in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: toy.store.path + ending, toPath: folder.path() + ending)
            }
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.path() + "-wal"))
        #expect(log.count > 200_000, "the unfinished transaction is in the log")
        let store = try ResultsStore.open(at: folder.path())
        #expect(try store.finishedPositions(of: toy.study.id) == [0])
        #expect(try ReadOnlyQuery("PRAGMA integrity_check", at: folder.path()).rows == [[.text("ok")]])
        let run = try store.beginRun(of: toy.study.id, jobs: 1, provenance: .example)
        try store.add(.example(1), study: toy.study.id, run: run)
        #expect(try store.finishedPositions(of: toy.study.id) == [0, 1])
    }
}
