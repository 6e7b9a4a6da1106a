import Foundation
import Testing

/// What `scripts/embed-commit`, which every build runs, writes about packages made here.
@Suite(.enabled(if: GitPackage.hasGit, "git is not installed"))
struct EmbeddedCommitTests {
    @Test("A clean checkout has its commit, and a new commit takes its place")
    func commits() throws {
        let package = try GitPackage()
        let first = try package.head()
        #expect(try package.embedded() == "SourceCommit(hash: \"\(first)\", isDirty: false)")
        try package.git("commit", "--quiet", "--allow-empty", "--message", "two")
        let second = try package.head()
        #expect(first != second)
        #expect(try package.embedded() == "SourceCommit(hash: \"\(second)\", isDirty: false)")
    }

    @Test(
        "Changed are sources that differ from the commit, or that it does not have",
        arguments: [
            "Sources/a.swift", "Sources/new.swift", "Sources/deep/er/new.swift", "Package.swift", "Makefile",
        ])
    func changed(file: String) throws {
        let package = try GitPackage()
        try package.folder.write("changed", to: file)
        #expect(try package.embedded() == "SourceCommit(hash: \"\(package.head())\", isDirty: true)")
    }

    @Test(
        "Reports, documents and what an editor leaves behind change no source",
        arguments: ["reports/published/report.md", "README.md", "studies/new.yml", "Sources/.a.swift.swp"])
    func unchanged(file: String) throws {
        let package = try GitPackage()
        try package.folder.write("changed", to: file)
        #expect(try package.embedded() == "SourceCommit(hash: \"\(package.head())\", isDirty: false)")
    }

    @Test("A source that was changed and changed back is unchanged")
    func reverted() throws {
        let package = try GitPackage()
        try package.folder.write("changed", to: "Sources/a.swift")
        #expect(try package.embedded().hasSuffix("isDirty: true)"))
        try package.folder.write("first", to: "Sources/a.swift")
        #expect(try package.embedded().hasSuffix("isDirty: false)"))
    }

    @Test("A package that is no checkout has no commit, also where it lies inside another repository")
    func outside() throws {
        let package = try GitPackage()
        try FileManager.default.removeItem(atPath: package.folder(".git"))
        #expect(try package.embedded() == "nil")
        let other = try GitPackage()
        try FileManager.default.moveItem(atPath: package.folder.path, toPath: other.folder("vendored"))
        #expect(try other.embedded(of: "vendored") == "nil")
        #expect(try other.embedded() != "nil")
    }

    @Test("A repository without a commit has none")
    func bare() throws {
        let package = try GitPackage(committing: false)
        #expect(try package.embedded() == "nil")
    }

    @Test("A worktree, in which .git is a file, has the commit that is checked out there")
    func worktree() throws {
        let package = try GitPackage()
        let first = try package.head()
        try package.git("worktree", "add", "--quiet", "--detach", "tree")
        try package.git("commit", "--quiet", "--allow-empty", "--message", "two")
        #expect(try package.embedded(of: "tree") == "SourceCommit(hash: \"\(first)\", isDirty: false)")
        #expect(try package.embedded() == "SourceCommit(hash: \"\(package.head())\", isDirty: false)")
    }

    @Test("Variables that a hook leaves behind lead nobody to another repository")
    func environment() throws {
        let (package, other) = (try GitPackage(), try GitPackage())
        try other.git("commit", "--quiet", "--allow-empty", "--message", "two")
        let embedded = try package.embedded(environment: [
            "GIT_DIR": other.folder(".git"), "GIT_WORK_TREE": other.folder.path,
        ])
        #expect(try embedded == "SourceCommit(hash: \"\(package.head())\", isDirty: false)")
    }

    @Test("A file that still holds is left as it is, so that nothing is compiled again")
    func untouched() throws {
        let package = try GitPackage()
        _ = try package.embedded()
        let before = try package.inode()
        try package.folder.write("changed", to: "README.md")
        _ = try package.embedded()
        #expect(try package.inode() == before)
        try package.folder.write("changed", to: "Sources/a.swift")
        _ = try package.embedded()
        #expect(try package.inode() != before)
    }
}
