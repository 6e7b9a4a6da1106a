import Foundation
import GRDB
import Results
import Synchronization
import Testing

@Suite struct ResultsStoreClaimsTests {
    /// Times are kept in milliseconds, so these are whole.
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    /// A store that stands for a process of its own on the toy's file, begun at `start`; `alive` answers for all
    /// others.
    private func process(
        _ pid: Int32, host: String = "here", of toy: Toy,
        alive: @escaping @Sendable (ProcessIdentity) -> Bool? = { _ in true }
    ) throws -> (store: ResultsStore, run: RunRecord.ID) {
        let identity = ProcessIdentity(host: host, pid: pid, start: "boot \(pid)")
        let store = try ResultsStore.open(
            at: toy.store.path, processes: ProcessTable(current: identity, isAlive: alive))
        return (store, try store.beginRun(of: toy.study.id, jobs: 1, provenance: .example, at: start))
    }

    private func run(_ id: RunRecord.ID, in toy: Toy) throws -> RunRecord {
        try #require(try toy.store.runs(of: toy.study.id).first { $0.id == id })
    }

    @Test("A position is granted once, to whichever run asks first, until it is given back")
    func once() throws {
        let toy = try Toy()
        let a = try process(1, of: toy), b = try process(2, of: toy)
        let other = try toy.store.enter(.example(digest: "d2"))
        #expect(try a.store.reserve(study: toy.study.id, position: 3, run: a.run) == .granted)
        #expect(try b.store.reserve(study: toy.study.id, position: 3, run: b.run) == .held(by: a.run))
        #expect(try a.store.reserve(study: toy.study.id, position: 3, run: a.run) == .held(by: a.run))
        #expect(try b.store.reserve(study: toy.study.id, position: 4, run: b.run) == .granted)
        #expect(try b.store.reserve(study: other.id, position: 3, run: b.run) == .granted)
        #expect(try toy.store.reservations(of: toy.study.id) == [3: a.run, 4: b.run])
        try b.store.release(study: toy.study.id, position: 3, run: b.run)
        #expect(
            try b.store.reserve(study: toy.study.id, position: 3, run: b.run) == .held(by: a.run), "not b's to release")
        try a.store.release(study: toy.study.id, position: 3, run: a.run)
        #expect(try b.store.reserve(study: toy.study.id, position: 3, run: b.run) == .granted)
    }

    @Test("A model that is added releases its claim, that of another run stays until that run adds in vain")
    func added() throws {
        let toy = try Toy()
        let a = try process(1, of: toy), b = try process(2, of: toy)
        for position in 0..<2 { _ = try a.store.reserve(study: toy.study.id, position: position, run: a.run) }
        try b.store.add(.example(0), study: toy.study.id, run: b.run)
        try a.store.add(.example(1), study: toy.study.id, run: a.run)
        #expect(try toy.store.reservations(of: toy.study.id) == [0: a.run])
        #expect(try a.store.add(.example(0), study: toy.study.id, run: a.run) == nil)
        #expect(try toy.store.reservations(of: toy.study.id) == [:])
    }

    @Test("A model that cannot be added keeps its claim")
    func notAdded() throws {
        let toy = try Toy()
        _ = try toy.store.reserve(study: toy.study.id, position: 0, run: toy.run)
        #expect(throws: ResultsError.self) { try toy.add(0, ["label": 1]) }
        #expect(try toy.store.reservations(of: toy.study.id) == [0: toy.run])
    }

    @Test("A run that ends releases all its claims, and may claim no more")
    func ended() throws {
        let toy = try Toy()
        let a = try process(1, of: toy), b = try process(2, of: toy)
        for position in 0..<3 { _ = try a.store.reserve(study: toy.study.id, position: position, run: a.run) }
        _ = try b.store.reserve(study: toy.study.id, position: 3, run: b.run)
        try a.store.endRun(a.run, outcome: .failed)
        #expect(try toy.store.reservations(of: toy.study.id) == [3: b.run])
        #expect(throws: ResultsError.runEnded(path: toy.store.path, run: a.run)) {
            try a.store.reserve(study: toy.study.id, position: 0, run: a.run)
        }
        #expect(try a.store.heartbeat(run: a.run) == false)
    }

    @Test("A run whose process is gone is interrupted at its last heartbeat, and all its claims are free")
    func dead() throws {
        let toy = try Toy()
        let a = try process(1, of: toy)
        for position in 0..<2 { _ = try a.store.reserve(study: toy.study.id, position: position, run: a.run) }
        #expect(try a.store.heartbeat(run: a.run, now: start + 30))
        // Alive while b begins, so that it is the claim that finds a dead.
        let isDead = Mutex(false)
        let b = try process(2, of: toy) { process in !(process.pid == 1 && isDead.withLock(\.self)) }
        #expect(
            try b.store.reserve(study: toy.study.id, position: 0, run: b.run, now: start + 3600) == .held(by: a.run))
        isDead.withLock { $0 = true }
        #expect(try b.store.reserve(study: toy.study.id, position: 0, run: b.run, now: start + 31) == .granted)
        #expect(try toy.store.reservations(of: toy.study.id) == [0: b.run])
        let found = try run(a.run, in: toy)
        #expect(found.outcome == .interrupted && found.endedAt == start + 30)
        #expect(found.process == ProcessIdentity(host: "here", pid: 1, start: "boot 1"))
    }

    @Test(
        "Where a process cannot be seen, its last heartbeat counts",
        arguments: [(120.0, true), (120.001, false), (-60, true)])
    func heartbeats(age: Double, holds: Bool) throws {
        let toy = try Toy()
        let a = try process(1, host: "there", of: toy), b = try process(2, of: toy) { _ in nil }
        _ = try a.store.reserve(study: toy.study.id, position: 0, run: a.run)
        #expect(try a.store.heartbeat(run: a.run, now: start + 1000))
        let claim = try b.store.reserve(study: toy.study.id, position: 0, run: b.run, now: start + 1000 + age)
        #expect(claim == (holds ? .held(by: a.run) : .granted))
        #expect(try run(a.run, in: toy).outcome == (holds ? .running : .interrupted))
        #expect(try a.store.heartbeat(run: a.run, now: start + 2000) == holds)
    }

    @Test("A run that begins ends the dead runs of its study, but none of schema 1, which tell no process")
    func buriedAtBeginning() throws {
        let toy = try Toy()
        try alterSoundly(
            toy, "UPDATE run SET host = NULL, pid = NULL, process_start = NULL, heartbeat_at = NULL")
        let a = try process(1, of: toy)
        let b = try process(2, of: toy) { $0.pid != 1 }
        #expect(try toy.store.runs(of: toy.study.id).map(\.outcome) == [.running, .interrupted, .running])
        #expect(try run(a.run, in: toy).endedAt == start)
        #expect(try toy.store.runs(of: toy.study.id)[0].process == nil)
        #expect(try run(b.run, in: toy).process?.pid == 2)
    }

    @Test("Runs that race for claims through stores and threads of their own are never granted the same position")
    func race() throws {
        let toy = try Toy()
        let runs = try (1...8).map { try process($0, of: toy) }
        let granted = Mutex<[Int: [RunRecord.ID]]>([:])
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: runs.count) { worker in
            let (store, run) = runs[worker]
            do {
                for position in 0..<60
                where try store.reserve(study: toy.study.id, position: position, run: run) == .granted {
                    granted.withLock { $0[position, default: []].append(run) }
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock(\.self) == [])
        #expect(granted.withLock { $0.values.map(\.count) } == [Int](repeating: 1, count: 60))
        #expect(try toy.store.reservations(of: toy.study.id) == granted.withLock { $0.mapValues { $0[0] } })
    }

    @Test("A dead run's claims go to one of those that race for them")
    func raceForTheDead() throws {
        let toy = try Toy()
        let dead = try process(99, of: toy)
        for position in 0..<20 { _ = try dead.store.reserve(study: toy.study.id, position: position, run: dead.run) }
        let isDead = Mutex(false)
        let runs = try (1...6).map {
            try process($0, of: toy) { process in !(process.pid == 99 && isDead.withLock(\.self)) }
        }
        isDead.withLock { $0 = true }
        let granted = Mutex<[Int]>([])
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: runs.count) { worker in
            let (store, run) = runs[worker]
            do {
                for position in 0..<20
                where try store.reserve(study: toy.study.id, position: position, run: run) == .granted {
                    granted.withLock { $0.append(position) }
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock(\.self) == [])
        #expect(granted.withLock { $0.sorted() } == Array(0..<20))
    }

    @Test("A real process holds its claims while it lives, not a moment after it was killed")
    func realProcess() throws {
        let toy = try Toy()
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/bin/sleep")
        child.arguments = ["600"]
        try child.run()
        let identity = ProcessTable.identity(of: child.processIdentifier)
        let its = try ResultsStore.open(
            at: toy.store.path, processes: ProcessTable(current: identity, isAlive: ProcessTable.system.isAlive))
        let run = try its.beginRun(of: toy.study.id, jobs: 1, provenance: .example, at: start)
        _ = try its.reserve(study: toy.study.id, position: 0, run: run)
        #expect(try toy.store.reserve(study: toy.study.id, position: 0, run: toy.run) == .held(by: run))
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        #expect(try toy.store.reserve(study: toy.study.id, position: 0, run: toy.run) == .granted)
        #expect(try self.run(run, in: toy).outcome == .interrupted)
    }
}
