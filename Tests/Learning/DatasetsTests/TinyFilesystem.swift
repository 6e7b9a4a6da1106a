import Foundation

/// A file system of a few kilobytes in memory, for what happens on a full disk or a read-only one.
///
/// Only root may mount one, and not in every container, so a test asks `canBeMounted` first.
final class TinyFilesystem {
    let path: String

    init(kilobytes: Int) throws {
        path = NSTemporaryDirectory() + "basin-tiny-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path) else {
            rmdir(path)
            throw CannotMount()
        }
    }

    func makeReadOnly() throws {
        guard run("mount", "-o", "remount,ro", path) else { throw CannotMount() }
    }

    deinit {
        _ = run("umount", "-l", path)
        rmdir(path)
    }

    static let canBeMounted: Bool = (try? TinyFilesystem(kilobytes: 4)) != nil

    struct CannotMount: Error {}
}

private func run(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
}
