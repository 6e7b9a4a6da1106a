import Foundation
import Glibc

/// A disk of a few kilobytes in memory, mounted on a folder of its own: for what happens when a disk is full or
/// read-only.
///
/// Only root may mount one, and not in every container; ask `isAllowed` first.
public final class SmallDisk {
    public let folder: TemporaryFolder

    public init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        try Self.check(mount("tmpfs", folder.path, "tmpfs", 0, "size=\(kilobytes)k"))
    }

    deinit { umount2(folder.path, Int32(MNT_DETACH)) }

    public func grow(kilobytes: Int) throws {
        try Self.check(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=\(kilobytes)k"))
    }

    public func makeReadOnly() throws {
        try Self.check(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil))
    }

    public static let isAllowed = getuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil

    private static func check(_ status: CInt) throws {
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM) }
    }
}
