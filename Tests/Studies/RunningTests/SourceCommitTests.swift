import Datasets
import Foundation
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

@Suite struct SourceCommitTests {
    private func commit(executable: String?) -> SourceCommit? {
        SourceCommit.ofPackage(Surroundings(variables: [:], workingDirectory: "/", executable: executable))
    }

    @discardableResult
    private static func git(_ words: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"] + words
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test("A program outside a checkout, or one that does not know where it is, has no commit")
    func outside() throws {
        let folder = try TemporaryFolder()
        #expect(commit(executable: folder("basin")) == nil)
        #expect(commit(executable: nil) == nil)
    }

    @Test(
        "A program in a checkout has its commit, dirty once a tracked file differs",
        .enabled(if: git(["--version"]), "git is not installed"))
    func inside() throws {
        let folder = try TemporaryFolder()
        try folder.write("one", to: "tracked")
        for words in [["init", "-q"], ["add", "tracked"], ["commit", "-q", "-m", "one"]] {
            #expect(Self.git(["-C", folder.path] + words))
        }
        try folder.makeFolder("build")
        let clean = try #require(commit(executable: folder("build/basin")))
        #expect(clean.hash.wholeMatch(of: /[0-9a-f]{40,64}/) != nil)
        #expect(!clean.isDirty)
        try folder.write("new", to: "untracked")
        #expect(commit(executable: folder("build/basin")) == clean)
        try folder.write("two", to: "tracked")
        let changed = try #require(commit(executable: folder("build/basin")))
        #expect(changed.hash == clean.hash)
        #expect(changed.isDirty)
    }
}
