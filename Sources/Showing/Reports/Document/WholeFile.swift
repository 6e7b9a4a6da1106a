import Foundation
import Glibc

/// A file that is written whole or not at all: readers see the older one until the newer is complete.
///
/// The bytes go into `.NAME.part` beside the file, always of that name: what a killed program left there is taken over
/// by the next one, so nothing gathers. Who writes it holds a lock on it, which ends with the program that has it;
/// another one waits.
struct WholeFile {
    let folder: URL
    let name: String

    /// Where the bytes stand until they are all there.
    var partName: String { Self.partName(of: name) }

    static func partName(of name: String) -> String { ".\(name).part" }

    /// The file of which `part` is an unfinished one; nil for another kind of name.
    static func name(ofPart part: String) -> String? {
        part.hasPrefix(".") && part.hasSuffix(".part") && part.utf8.count > 6
            ? String(part.dropFirst().dropLast(5)) : nil
    }

    /// Removes the unfinished file at `path`, unless somebody is writing it.
    static func removeAbandoned(_ path: String) {
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
    }

    /// - Throws: `POSIXError` where a file cannot be made, written or put in its place.
    func write(_ bytes: Data) throws {
        let part = folder.appendingPathComponent(partName).path
        let descriptor = try Self.openAlone(part)
        defer { close(descriptor) }
        do {
            guard ftruncate(descriptor, 0) == 0 else { throw POSIXError.current }
            try Self.write(bytes, to: descriptor)
            guard rename(part, folder.appendingPathComponent(name).path) == 0 else { throw POSIXError.current }
        } catch {
            unlink(part)
            throw error
        }
    }

    /// Opens the file at `path`, which is a plain one and no link, and waits until nobody else writes it.
    private static func openAlone(_ path: String) throws -> Int32 {
        var isFirst = true
        while true {
            // Not blocking, so that a pipe of that name is an error instead of a wait.
            let descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0o666)
            var (opened, named) = (stat(), stat())
            let isPlain = descriptor >= 0 && fstat(descriptor, &opened) == 0 && opened.st_mode & S_IFMT == S_IFREG
            if !isPlain {
                let failure = descriptor >= 0 ? POSIXError(.EINVAL) : POSIXError.current
                if descriptor >= 0 { close(descriptor) }
                // A link or a pipe of that name is in the way once: it goes, as what a killed program left does.
                guard isFirst, unlink(path) == 0 else { throw failure }
                isFirst = false
                continue
            }
            // A file system without locks has no other writer to wait for, either.
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            // Whoever had it has put it in its place meanwhile: then it is no part any more.
            if lstat(path, &named) == 0, named.st_ino == opened.st_ino, named.st_dev == opened.st_dev {
                return descriptor
            }
            close(descriptor)
        }
    }

    private static func write(_ bytes: Data, to descriptor: Int32) throws {
        try bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                guard let start = bytes.baseAddress else { return }
                let count = Glibc.write(descriptor, start + done, bytes.count - done)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw POSIXError.current }
                done += count
            }
        }
    }
}

extension POSIXError {
    /// What the last call to the system ran into.
    fileprivate static var current: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
