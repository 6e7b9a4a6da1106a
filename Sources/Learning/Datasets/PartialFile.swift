import Foundation

/// The file that a transfer writes to, which keeps what arrived for the next one.
///
/// It is a plain file of this folder alone: a link at its name, to a file elsewhere, is not followed.
struct PartialFile: ~Copyable {
    let path: String
    private let descriptor: Int32
    /// Bytes in the file.
    private(set) var length: Int

    /// Opens the file, or makes it.
    ///
    /// - Throws: `FileFailure`, `NotRegularFile`, `LinkedFile`.
    init(_ path: String) throws {
        // Without O_NONBLOCK a named pipe would be waited for here.
        let opened = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o666)
        guard opened >= 0 else {
            let code = errno
            if code == ELOOP { throw LinkedFile(path: path) }
            if code == ENXIO { throw NotRegularFile(path: path, kind: "a named pipe or a socket") }
            throw FileFailure(.write, path, code: code)
        }
        let found = Result {
            let length = try regularFileLength(opened, path)
            try Self.requireOneName(opened, path)
            return length
        }
        if case .failure(let error) = found {
            close(opened)
            throw error
        }
        length = try found.get()
        self.path = path
        descriptor = opened
        lseek(opened, 0, SEEK_END)
    }

    deinit { close(descriptor) }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        try writeAll(bytes, to: descriptor, path: path)
        length += bytes.count
    }

    mutating func empty() throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw FileFailure(.write, path)
        }
        length = 0
    }

    /// Returns when the bytes are on the disk.
    func flush() throws { try flushToDisk(descriptor, path: path) }

    /// Length of the file; nil where there is none, or something else, such as a link.
    static func length(of path: String) -> Int? {
        var information = stat()
        guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(information.st_size)
    }

    private static func requireOneName(_ descriptor: Int32, _ path: String) throws {
        var information = stat()
        // Where a file system counts no names, there is one.
        if fstat(descriptor, &information) == 0, information.st_nlink > 1 { throw LinkedFile(path: path) }
    }
}
