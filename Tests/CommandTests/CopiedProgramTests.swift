import Foundation
import TestSupport
import Testing
import Version

@Suite struct CopiedProgramTests {
    @Test("A program that is copied into another repository records its own commit, not that repository's")
    func copied() throws {
        let place = try Workplace(networks: 1)
        let git = try OtherRepository(in: place.folder)
        let copy = place.folder("basin")
        try FileManager.default.copyItem(atPath: Workplace.executable.path, toPath: copy)
        let run = try place.start(program: copy, ["run", "toy"]).wait()
        #expect(run.status == 0, "\(run.errors)")
        let query = "SELECT coalesce(git_commit, 'unknown'), coalesce(git_dirty, 'unknown') FROM run"
        let recorded = try place.basin("sql", query).output.split(whereSeparator: \.isNewline).last
        let own = SourceCommit.ofThisBuild
        #expect(
            try #require(recorded).split(separator: ",").map(String.init) == [
                own?.hash ?? "unknown", own.map { $0.isDirty ? "1" : "0" } ?? "unknown",
            ])
        #expect(try #require(recorded).contains(git.head) == false)
        let doctor = try place.start(program: copy, ["doctor", "--format", "json"]).wait().output
        #expect(doctor.contains("commit \(own.map { String($0.hash.prefix(12)) } ?? "unknown")"), "\(doctor)")
    }
}

/// A working directory that is a repository of its own, with one commit.
private struct OtherRepository {
    let head: String

    init(in folder: TemporaryFolder) throws {
        let identity = "-c user.name=A -c user.email=a@example.org -c commit.gpgsign=false"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            "git init -q && git add studies && git \(identity) commit -q -m one && git rev-parse HEAD",
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        head = text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
