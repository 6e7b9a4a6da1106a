import Foundation
import GRDB
import Results
import Testing

@Suite struct DatabaseFileTests {
    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    @Test("A new file is in WAL mode, marked as Basin's, and a single file once it is closed")
    func newFile() throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder.path())
        #expect(try ReadOnlyQuery("PRAGMA journal_mode", at: folder.path()).rows == [[.text("wal")]])
        #expect(try ReadOnlyQuery("PRAGMA application_id", at: folder.path()).rows == [[.integer(0x4261_736E)]])
        #expect(try ReadOnlyQuery("PRAGMA user_version", at: folder.path()).rows == [[.integer(10)]])
        #expect(try ReadOnlyQuery("PRAGMA integrity_check", at: folder.path()).rows == [[.text("ok")]])
        try store.close()
        #expect(try folder.names() == ["basin.sqlite"])
    }

    @Test("All tables are strict")
    func strictTables() throws {
        let folder = try TemporaryFolder()
        _ = try ResultsStore.open(at: folder.path())
        let loose = try ReadOnlyQuery(
            """
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict
                AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
            """, at: folder.path())
        #expect(loose.rows == [])
    }

    @Test("A file opened again has what was written")
    func reopened() throws {
        let folder = try TemporaryFolder()
        let study = try ResultsStore.open(at: folder.path()).enter(.example())
        #expect(try ResultsStore.open(at: folder.path()).studies() == [study])
        #expect(try ResultsStore.openReadOnly(at: folder.path()).studies() == [study])
    }

    @Test("An empty file, as a run killed at its first write leaves it, is filled")
    func emptyFile() throws {
        let folder = try TemporaryFolder()
        try Data().write(to: folder.url.appending(path: "basin.sqlite"))
        _ = try ResultsStore.open(at: folder.path()).enter(.example())
        #expect(try ResultsStore.openReadOnly(at: folder.path()).studies().count == 1)
    }

    @Test(
        "Names that SQLite treats specially are names of files here",
        arguments: [":memory:", "file:x?mode=memory", "ä b%20.sqlite"])
    func specialNames(name: String) throws {
        let folder = try TemporaryFolder()
        let store = try ResultsStore.open(at: folder.path(name))
        _ = try store.enter(.example())
        try store.close()
        #expect(try folder.names() == [name])
        #expect(try ReadOnlyQuery("SELECT name FROM study", at: folder.path(name)).rows == [[.text("toy")]])
    }

    @Test("A file that is no database is refused and left as it is")
    func noDatabase() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("notes.txt")
        try "These are my notes, longer than a header.".write(toFile: path, atomically: true, encoding: .utf8)
        let before = try bytes(path)
        #expect(throws: ResultsError.notSQLite(path: path)) { try ResultsStore.open(at: path) }
        #expect(throws: ResultsError.notSQLite(path: path)) { try ResultsStore.openReadOnly(at: path) }
        #expect(try bytes(path) == before)
        #expect(try folder.names() == ["notes.txt"])
    }

    @Test("Another program's database is refused and left as it is")
    func foreign() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("places.sqlite")
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in try db.execute(sql: "CREATE TABLE study (id INTEGER)") }
        try queue.close()
        let before = try bytes(path)
        #expect(throws: ResultsError.foreign(path: path)) { try ResultsStore.open(at: path) }
        #expect(throws: ResultsError.foreign(path: path)) { try ReadOnlyQuery("SELECT 1", at: path) }
        #expect(try bytes(path) == before)
    }

    @Test("A database of a newer schema is refused and left as it is")
    func newer() throws {
        let folder = try TemporaryFolder()
        let path = folder.path()
        try ResultsStore.open(at: path).close()
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('11 the future'); PRAGMA user_version = 11")
        }
        try queue.close()
        let before = try bytes(path)
        let expected = ResultsError.newer(path: path, schema: 11, known: 10)
        #expect(throws: expected) { try ResultsStore.open(at: path) }
        #expect(throws: expected) { try ResultsStore.openReadOnly(at: path) }
        #expect(throws: expected) { try ReadOnlyQuery("SELECT 1", at: path) }
        #expect(try bytes(path) == before)
    }

    @Test("A damaged file is told apart from one that is fine")
    func damaged() throws {
        let folder = try TemporaryFolder()
        let path = folder.path()
        try ResultsStore.open(at: path).close()
        var content = try bytes(path)
        content.replaceSubrange(100..<content.count, with: Data(repeating: 0xAA, count: content.count - 100))
        try content.write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: ResultsError.self) { try ResultsStore.open(at: path) }
        guard case .damaged = error else {
            Issue.record("not called damaged: \(String(describing: error))")
            return
        }
    }

    @Test("A folder in the file's place, a folder that is missing, and a file that is missing say so")
    func paths() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ResultsError.isFolder(path: folder.url.path)) { try ResultsStore.open(at: folder.url.path) }
        let lost = folder.path("no/such/basin.sqlite")
        #expect(throws: ResultsError.folderMissing(path: lost)) { try ResultsStore.open(at: lost) }
        #expect(throws: ResultsError.missing(path: lost)) { try ResultsStore.openReadOnly(at: lost) }
    }

    @Test("A store opened for reading refuses to write")
    func readingStore() throws {
        let toy = try Toy()
        let reader = try ResultsStore.openReadOnly(at: toy.store.path)
        #expect(throws: ResultsError.readOnly(path: toy.store.path)) { try reader.enter(.example(digest: "d2")) }
        #expect(try reader.studies() == [toy.study])
    }

    @Test(
        "A folder that cannot be written: writing is refused, reading works, no file is made",
        .disabled(if: Mount.isRoot && !Mount.isAllowed, "root ignores permissions and may not mount here"))
    func readOnlyFolder() throws {
        let folder = try TemporaryFolder()
        try Mount.readOnly(folder) { () throws in
            let store = try ResultsStore.open(at: folder.path())
            _ = try store.enter(.example())
            try store.close()
        } _: { () throws in
            #expect(throws: ResultsError.readOnly(path: folder.path())) { try ResultsStore.open(at: folder.path()) }
            #expect(throws: ResultsError.readOnly(path: folder.path("new"))) {
                try ResultsStore.open(at: folder.path("new"))
            }
            #expect(try ResultsStore.openReadOnly(at: folder.path()).studies().map(\.name) == ["toy"])
            #expect(try ReadOnlyQuery("SELECT name FROM study", at: folder.path()).rows == [[.text("toy")]])
            #expect(try folder.names() == ["basin.sqlite"])
        }
    }

    @Test(
        "A folder that cannot be written and holds a log that was not merged: reading is refused, not stale",
        .disabled(if: Mount.isRoot && !Mount.isAllowed, "root ignores permissions and may not mount here"))
    func pendingLog() throws {
        let toy = try Toy()
        let folder = try TemporaryFolder()
        try Mount.readOnly(folder) { () throws in
            for ending in ["", "-wal"] {
                try FileManager.default.copyItem(atPath: toy.store.path + ending, toPath: folder.path() + ending)
            }
        } _: { () throws in
            #expect(throws: ResultsError.pendingLog(path: folder.path())) {
                try ResultsStore.openReadOnly(at: folder.path())
            }
        }
    }

    @Test(
        "A full disk is called that, and what was recorded before is kept",
        .enabled(if: Mount.isAllowed, "only root may mount a small disk"))
    func fullDisk() throws {
        let folder = try TemporaryFolder()
        try Mount.tmpfs(on: folder, kilobytes: 1024) { () throws in
            let store = try ResultsStore.open(at: folder.path())
            let study = try store.enter(.example())
            let run = try store.beginRun(of: study.id, jobs: 1, provenance: .example)
            var recorded = 0
            let error = #expect(throws: ResultsError.self) {
                while recorded < 100 {
                    let weights = [UInt8](repeating: UInt8(recorded), count: 50_000)
                    try store.add(.example(recorded, weights: weights), study: study.id, run: run)
                    recorded += 1
                }
            }
            #expect(error == .diskFull(path: folder.path()))
            #expect(recorded > 0)
            #expect(try store.finishedPositions(of: study.id) == Set(0..<recorded))
            #expect(try ReadOnlyQuery("PRAGMA integrity_check", at: folder.path()).rows == [[.text("ok")]])
        }
    }

    @Test(
        "A disk that is full from the start is called that",
        .enabled(if: Mount.isAllowed, "only root may mount a small disk"))
    func fullFromTheStart() throws {
        let folder = try TemporaryFolder()
        try Mount.tmpfs(on: folder, kilobytes: 16) { () throws in
            #expect(throws: ResultsError.diskFull(path: folder.path())) { try ResultsStore.open(at: folder.path()) }
        }
    }
}
