import Diagnostics
import Foundation

/// A file open for reading, which is neither a folder nor a pipe, a socket or a device: those may have no end, or keep
/// whoever opens them waiting.
package final class RegularFile {
    package let path: String
    /// In bytes, when it was opened.
    package let length: Int
    private let descriptor: Int32

    /// - Throws: `FileFailure` if the file cannot be opened or is a folder, `NotRegularFile`.
    package init(reading path: String) throws {
        // Without O_NONBLOCK a named pipe would be waited for here.
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard opened >= 0 else {
            let code = errno
            var information = stat()
            if stat(path, &information) == 0 { try requireRegular(information, path) }
            throw FileFailure(.read, path, code: code)
        }
        do {
            length = try regularFileLength(opened, path)
        } catch {
            close(opened)
            throw error
        }
        self.path = path
        descriptor = opened
    }

    deinit { close(descriptor) }

    /// Fills `buffer` from where the last call ended; fewer bytes, or 0, at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileFailure(.read, path) }
        }
    }

    /// The first bytes of the file, `count` of them where it has so many; the next `read` starts where it would have.
    func beginning(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, 0))
        }
    }
}

/// A pipe, a socket or a device where a file was expected.
public struct NotRegularFile: RequestError, Equatable {
    public let path: String
    /// What it is, as "a named pipe".
    public let kind: String

    public init(path: String, kind: String) {
        self.path = path
        self.kind = kind
    }

    public var description: String { "\(path) is \(kind). Basin reads and writes files alone: put one in its place." }
}

/// Length of an open file.
///
/// - Throws: `FileFailure` for a folder, `NotRegularFile`.
func regularFileLength(_ descriptor: Int32, _ path: String) throws -> Int {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { throw FileFailure(.read, path) }
    try requireRegular(information, path)
    return Int(information.st_size)
}

private func requireRegular(_ information: stat, _ path: String) throws {
    let kind: String
    switch information.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw FileFailure(.read, path, code: EISDIR)
    case S_IFIFO: kind = "a named pipe"
    case S_IFSOCK: kind = "a socket"
    case S_IFCHR, S_IFBLK: kind = "a device"
    default: kind = "no regular file"
    }
    throw NotRegularFile(path: path, kind: kind)
}
