import Foundation
import TestSupport
import Testing

/// A package of a few files in a repository of its own.
struct GitPackage {
    let folder: TemporaryFolder
    /// Where a build keeps the script's output, out of git's sight.
    private let built: TemporaryFolder

    init(committing: Bool = true) throws {
        folder = try TemporaryFolder()
        built = try TemporaryFolder()
        for file in ["Sources/a.swift", "Package.swift", "Makefile", "README.md", "reports/published/report.md"] {
            try folder.write("first", to: file)
        }
        try git("init", "--quiet")
        guard committing else { return }
        try git("add", ".")
        try git("commit", "--quiet", "--message", "one")
    }

    static let hasGit = (try? run("/usr/bin/env", ["git", "--version"], in: "/"))?.status == 0

    /// Runs git in the package.
    @discardableResult
    func git(_ words: String...) throws -> String {
        let settings = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        let answer = try Self.run("/usr/bin/env", ["git"] + settings + words, in: folder.path)
        try #require(answer.status == 0, "git \(words.joined(separator: " "))")
        return answer.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func head() throws -> String { try git("rev-parse", "HEAD") }

    /// The expression that the script writes for the package, or for one in a folder of it.
    func embedded(of subfolder: String = "", environment: [String: String] = [:]) throws -> String {
        let package = subfolder.isEmpty ? folder.path : folder(subfolder)
        let answer = try Self.run(
            "/bin/sh", [Self.script, package, output], in: "/", environment: environment)
        try #require(answer.status == 0)
        let text = try String(contentsOfFile: output, encoding: .utf8)
        let declaration = try #require(text.firstMatch(of: /let embeddedCommit: SourceCommit\? = (.+)\n$/))
        return String(declaration.1)
    }

    /// Another one once the script has written the file anew.
    func inode() throws -> UInt64 {
        let attributes = try FileManager.default.attributesOfItem(atPath: output)
        return try #require((attributes[.systemFileNumber] as? NSNumber)?.uint64Value)
    }

    private var output: String { built("EmbeddedCommit.swift") }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("scripts/embed-commit").path

    private static func run(
        _ program: String, _ arguments: [String], in folder: String, environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }
}
