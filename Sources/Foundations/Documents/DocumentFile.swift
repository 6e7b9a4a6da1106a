import Diagnostics
import Glibc

/// A file that people write, as a study file is, read whole.
public enum DocumentFile {
    /// Of a file that nothing else is said of; a larger one is surely a slip.
    public static let mostBytes = 4 << 20

    /// The text of a file, without the mark that some editors put before it.
    ///
    /// - Throws: `UnreadableDocument`; at once for a pipe or a device, which may have no end, and for a file of more
    ///   than `mostBytes`.
    public static func text(
        at path: String, mostBytes: Int = DocumentFile.mostBytes
    ) throws(UnreadableDocument) -> String {
        // Asked before it is opened: opening alone can make a device do something, or wait for a pipe's writer.
        var state = stat()
        guard stat(path, &state) == 0 else { throw .ofErrno }
        try check(state, mostBytes)
        let file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw .ofErrno }
        defer { close(file) }
        guard fstat(file, &state) == 0 else { throw .ofErrno }
        try check(state, mostBytes)
        let bytes = try bytes(of: file, mostBytes)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .init(reason: "it is no UTF-8 text") }
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    private static func check(_ state: stat, _ mostBytes: Int) throws(UnreadableDocument) {
        switch state.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .init(reason: "it is a folder")
        case S_IFIFO: throw .init(reason: "it is a pipe, and a file is needed")
        case S_IFCHR, S_IFBLK: throw .init(reason: "it is a device, and a file is needed")
        default: throw .init(reason: "it is no file")
        }
        if state.st_size > mostBytes { throw .larger(than: mostBytes) }
    }

    /// To the end: what the system says of the size need not be so (files in /proc have none).
    private static func bytes(of file: Int32, _ mostBytes: Int) throws(UnreadableDocument) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .ofErrno }
            if count == 0 { return bytes }
            bytes += part[..<count]
            if bytes.count > mostBytes { throw .larger(than: mostBytes) }
        }
    }
}

/// Why a document's file cannot be read.
public struct UnreadableDocument: RequestError, Equatable {
    /// "it is a folder"
    public let reason: String

    public var description: String { reason }

    static var ofErrno: UnreadableDocument {
        switch errno {
        case ENOENT, ENOTDIR: .init(reason: "there is no such file")
        case EACCES, EPERM: .init(reason: "permission is denied")
        case let number: .init(reason: String(cString: strerror(number)))
        }
    }

    static func larger(than bytes: Int) -> UnreadableDocument {
        UnreadableDocument(reason: "it has more than \(bytes >> 20) MiB")
    }
}
