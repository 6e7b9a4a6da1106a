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

    /// The text of a small file, such as one of YAML.
    ///
    /// - Throws: as `init(reading:)`; `UnreadableText` for more than `limit` bytes, or bytes that are no UTF-8.
    package static func text(of path: String, limit: Int) throws -> String {
        let file = try RegularFile(reading: path)
        // One byte more tells whether the file goes on, whatever length it had when it was opened.
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let more = try bytes.withUnsafeMutableBytes { try file.read(into: .init(rebasing: $0[count...])) }
            if more == 0 { break }
            count += more
        }
        guard count <= limit else { throw UnreadableText(path: path, problem: .tooLong(limit: limit)) }
        guard let text = String(validating: bytes[..<count], as: UTF8.self) else {
            throw UnreadableText(path: path, problem: .notUTF8)
        }
        return text
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

/// A small text file that is too long, or no text.
public struct UnreadableText: RequestError, Equatable {
    public enum Problem: Sendable, Equatable {
        case tooLong(limit: Int)
        case notUTF8
    }

    public let path: String
    public let problem: Problem

    public init(path: String, problem: Problem) {
        self.path = path
        self.problem = problem
    }

    public var description: String {
        switch problem {
        case .tooLong(let limit): "\(path) has more than the \(limit) bytes that such a file may have."
        case .notUTF8: "\(path) is no UTF-8 text."
        }
    }
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
