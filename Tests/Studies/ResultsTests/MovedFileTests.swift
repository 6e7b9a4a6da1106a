import Foundation
import Results
import Testing

@Suite struct MovedFileTests {
    @Test(
        "A results file that is renamed, removed or replaced while it is open is noticed at the next write",
        arguments: ["rename", "remove", "replace"])
    func moved(how: String) throws {
        let toy = try Toy()
        try toy.add(0, ["a": 1])
        let (path, elsewhere) = (toy.folder.path(), toy.folder.path("elsewhere.sqlite"))
        let other = toy.folder.path("other.sqlite")
        let files = FileManager.default
        switch how {
        case "rename": try files.moveItem(atPath: path, toPath: elsewhere)
        case "remove": try files.removeItem(atPath: path)
        default:
            let stranger = try ResultsStore.open(at: other)
            _ = try stranger.enter(.example(name: "stranger"))
            try stranger.close()
            try files.moveItem(atPath: path, toPath: elsewhere)
            try files.moveItem(atPath: other, toPath: path)
        }
        #expect(throws: ResultsError.moved(path: path)) { try toy.add(1) }
        #expect(throws: ResultsError.moved(path: path)) { try toy.store.heartbeat(run: toy.run) }
        if how != "remove" {
            // All that was recorded is in the file that was moved, and nothing of it in the one that lies there now.
            let moved = try ResultsStore.openReadOnly(at: elsewhere)
            #expect(try moved.models(of: toy.study.id).map(\.position) == [0] && moved.damages() == [])
        }
        if how == "replace" {
            let stranger = try ResultsStore.openReadOnly(at: path)
            #expect(try stranger.studies().map(\.name) == ["stranger"] && stranger.damages() == [])
        }
    }

    @Test("A log that is removed or replaced is noticed at the next write", arguments: ["-wal", "-shm"])
    func lostLog(end: String) throws {
        let toy = try Toy()
        try toy.add(0, ["a": 1])
        try FileManager.default.removeItem(atPath: toy.folder.path() + end)
        #expect(throws: ResultsError.moved(path: toy.folder.path())) { try toy.add(1) }
        _ = FileManager.default.createFile(atPath: toy.folder.path() + end, contents: nil)
        #expect(throws: ResultsError.moved(path: toy.folder.path())) { try toy.add(1) }
    }

    @Test("The file alone holds everything when the run has ended, also while another process reads")
    func settled() throws {
        let toy = try Toy()
        let reader = try ResultsStore.openReadOnly(at: toy.folder.path())
        #expect(try reader.studies().count == 1)
        try toy.add(0, ["a": 1])
        try toy.store.close()
        let copy = toy.folder.path("copy.sqlite")
        try FileManager.default.copyItem(atPath: toy.folder.path(), toPath: copy)
        #expect(try ResultsStore.openReadOnly(at: copy).models(of: toy.study.id).count == 1)
        try reader.close()
        #expect(try toy.folder.names().filter { $0.hasPrefix("basin") } == ["basin.sqlite"])
    }

    @Test("A pipe is refused at once, and an empty file is called empty")
    func special() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        #expect(throws: ResultsError.notRegular(path: folder.path("pipe"))) {
            try ResultsStore.openReadOnly(at: folder.path("pipe"))
        }
        #expect(throws: ResultsError.notRegular(path: folder.path("pipe"))) {
            try ResultsStore.open(at: folder.path("pipe"))
        }
        _ = FileManager.default.createFile(atPath: folder.path(), contents: nil)
        #expect(throws: ResultsError.empty(path: folder.path())) { try ResultsStore.openReadOnly(at: folder.path()) }
    }
}
