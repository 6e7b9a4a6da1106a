import Foundation

/// A file that appears under its name whole or not at all.
///
/// Bytes go to a temporary file in the same folder; `commit()` writes them through to the disk and renames. Without a
/// commit, what was under the name before stays, and the temporary file goes.
package final class AtomicFile {
    package let path: String
    private let temporary: String
    private var descriptor: Int32

    /// - Throws: `FileFailure` if the folder does not allow a new file.
    package init(replacing path: String) throws {
        // mkstemp puts six characters of its own in their place.
        var template = Array("\(path).\(String(repeating: "X", count: 6))".utf8CString)
        let opened = mkstemp(&template)
        guard opened >= 0 else { throw FileFailure(.write, path) }
        // mkstemp makes files that only their owner may read; data files follow the user's umask instead.
        let mask = umask(0)
        umask(mask)
        fchmod(opened, 0o666 & ~mask)
        self.path = path
        self.temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        self.descriptor = opened
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(temporary)
    }

    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        try writeAll(bytes, to: descriptor, path: path)
    }

    package func commit() throws {
        try flushToDisk(descriptor, path: path)
        let closed = close(descriptor)
        let code = errno
        descriptor = -1
        guard closed == 0 else {
            unlink(temporary)
            throw FileFailure(.write, path, code: code)
        }
        do {
            try rename(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }
}

/// Writes all of `bytes`, in as many calls as it takes.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
    var rest = bytes
    while let base = rest.baseAddress, !rest.isEmpty {
        let written = write(descriptor, base, rest.count)
        if written < 0 {
            if errno == EINTR { continue }
            throw FileFailure(.write, path)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
}

/// Returns when the file's bytes are on the disk. File systems that cannot tell (EINVAL) are taken at their word.
func flushToDisk(_ descriptor: Int32, path: String) throws {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileFailure(.write, path) }
}

/// Renames a file within its folder and writes the folder's new entry through to the disk.
func rename(_ temporary: String, to path: String) throws {
    guard Foundation.rename(temporary, path) == 0 else { throw FileFailure(.write, path) }
    let parent = (path as NSString).deletingLastPathComponent
    let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY)
    guard folder >= 0 else { return }
    defer { close(folder) }
    fsync(folder)
}
