import Diagnostics
import Digests

/// What a file turned out to be when compared with its catalogue entry.
public enum FileCheck: Sendable, Equatable {
    case intact
    /// Lengths in bytes of the plain file.
    case tooShort(expected: Int, found: Int)
    case tooLong(expected: Int)
    case wrongDigest(expected: String, found: String)
    /// It could not be read or unpacked, with the reason.
    case unreadable(reason: String)

    /// Reads a file, plain or packed, and compares the length and the SHA-256 of its plain bytes.
    ///
    /// - Complexity: O(stated length): it stops where the file proves longer than stated.
    public init(_ path: String, against stated: DatasetEntry.File) {
        let hash = SHA256()
        var found = 0
        do {
            try UncompressedReader(path: path).forEachChunk { chunk in
                hash.update(chunk)
                found += chunk.count
                return found <= stated.size
            }
        } catch let error as any RequestError {
            self = .unreadable(reason: error.description)
            return
        } catch {
            self = .unreadable(reason: "\(error)")
            return
        }
        let size = FileCheck(size: found, stated: stated)
        self = size == .intact ? .init(digest: hexadecimal(hash.finalize()), stated: stated) : size
    }

    /// Whether a plain file of this length can be the one that is stated.
    init(size: Int, stated: DatasetEntry.File) {
        self =
            if size > stated.size {
                .tooLong(expected: stated.size)
            } else if size < stated.size {
                .tooShort(expected: stated.size, found: size)
            } else {
                .intact
            }
    }

    /// Whether a plain file with this SHA-256 is the one that is stated.
    init(digest: String, stated: DatasetEntry.File) {
        self = digest == stated.sha256 ? .intact : .wrongDigest(expected: stated.sha256, found: digest)
    }

    public var explanation: String {
        switch self {
        case .intact: "intact"
        case .tooShort(let expected, let found): "expected \(expected) bytes unpacked, found \(found)"
        case .tooLong(let expected): "expected \(expected) bytes unpacked, found more"
        case .wrongDigest(let expected, let found): "expected SHA-256 \(expected), found \(found)"
        case .unreadable(let reason): reason
        }
    }
}
