import Datasets
import Foundation

/// The commit that the running program's package is checked out at.
public struct SourceCommit: Sendable, Equatable {
    public let hash: String
    /// Whether tracked files differ from the commit.
    public let isDirty: Bool

    /// Asks git about the package that the executable lies in; nil outside a checkout or without git.
    public static func ofPackage(_ surroundings: Surroundings = .current) -> SourceCommit? {
        guard let executable = surroundings.executable else { return nil }
        let folder = (executable as NSString).deletingLastPathComponent
        guard let hash = git(["rev-parse", "HEAD"], in: folder), !hash.isEmpty,
            let changes = git(["status", "--porcelain", "--untracked-files=no"], in: folder)
        else { return nil }
        return SourceCommit(hash: hash, isDirty: !changes.isEmpty)
    }

    private static func git(_ arguments: [String], in folder: String) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["git", "-C", folder] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? text.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}
