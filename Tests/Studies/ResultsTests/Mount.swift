import Foundation
import Glibc

/// What this machine allows tests to do to its file systems.
///
/// Permission bits do not bind root, so root makes a small file system of its own, where the machine lets it; other
/// users take the permissions away from a folder.
enum Mount {
    static let isRoot = getuid() == 0

    /// Whether root may mount here; tried once.
    static let isAllowed: Bool = {
        guard isRoot, let folder = try? TemporaryFolder() else { return false }
        return (try? tmpfs(on: folder, kilobytes: 64) { true }) ?? false
    }()

    /// Mounts a memory file system on the folder for the time of `body`.
    @discardableResult
    static func tmpfs<T>(on folder: TemporaryFolder, kilobytes: Int, _ body: () throws -> T) throws -> T {
        let path = folder.url.path
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
        }
        defer { umount2(path, Int32(MNT_DETACH)) }
        return try body()
    }

    /// Makes all in the folder read-only for the time of `body`: by remounting as root, by permissions otherwise.
    static func readOnly(_ folder: TemporaryFolder, prepare: () throws -> Void, _ body: () throws -> Void) throws {
        let path = folder.url.path
        guard isRoot else {
            try prepare()
            chmod(path, 0o555)
            defer { chmod(path, 0o755) }
            return try body()
        }
        return try tmpfs(on: folder, kilobytes: 4096) {
            try prepare()
            guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else {
                throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
            }
            return try body()
        }
    }
}
