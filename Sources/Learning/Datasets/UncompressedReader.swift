import Foundation

/// Reads a file front to back, unpacking it on the way if it starts with gzip's magic bytes 1f 8b.
final class UncompressedReader {
    let path: String
    /// Length of the file as it lies on the disk, in bytes.
    let fileLength: Int
    let isCompressed: Bool

    private let descriptor: Int32
    private let inflater: Inflater?
    private var chunk: [UInt8] = []
    private var unread = 0..<0
    private var memberEnded = false

    /// - Throws: `FileFailure` if the file cannot be opened or is no regular file.
    init(path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(.read, path) }
        var information = stat()
        var problem: Int32 = 0
        if fstat(descriptor, &information) != 0 {
            problem = errno
        } else if information.st_mode & S_IFMT != S_IFREG {
            problem = information.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL
        }
        guard problem == 0 else {
            close(descriptor)
            throw FileFailure(.read, path, code: problem)
        }
        var magic: (UInt8, UInt8) = (0, 0)
        let found = pread(descriptor, &magic, 2, 0)
        self.path = path
        fileLength = Int(information.st_size)
        isCompressed = found == 2 && magic == (0x1f, 0x8b)
        inflater = isCompressed ? Inflater() : nil
        if isCompressed { chunk = [UInt8](repeating: 0, count: 1 << 16) }
    }

    deinit { close(descriptor) }

    /// Fills `buffer` as far as the file goes; a smaller count means that the file has ended.
    ///
    /// - Throws: `GzipError` for a stream that is cut or damaged, `FileFailure` if the disk does not deliver.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = try inflater.map { try unpack(with: $0, into: rest) } ?? readFile(into: rest)
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Reads up to `count` bytes into an array.
    func read(_ count: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = try read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Hands the rest of the file to `body`, chunk by chunk, until the end or until `body` returns false.
    func forEachChunk(_ body: (UnsafeRawBufferPointer) -> Bool) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            guard count > 0 else { return }
            let goesOn = buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            guard goesOn else { return }
        }
    }

    private func readFile(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else { throw FileFailure(.read, path) }
        }
    }

    /// Unpacks at least one byte into `buffer`, or none at the end of the last member.
    private func unpack(with inflater: Inflater, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if unread.isEmpty {
                let count = try chunk.withUnsafeMutableBytes { try readFile(into: $0) }
                if count == 0 {
                    if memberEnded { return 0 }
                    throw gzipError(.endsEarly(unpacked: inflater.bytesUnpacked), inflater)
                }
                unread = 0..<count
            }
            if memberEnded {
                inflater.startNextMember()
                memberEnded = false
            }
            let step = chunk.withUnsafeBytes {
                inflater.step(UnsafeRawBufferPointer(rebasing: $0[unread]), into: buffer)
            }
            switch step {
            case .failure(let message):
                throw gzipError(.damaged(reason: message.text), inflater)
            case .success(let done):
                unread = (unread.lowerBound + done.consumed)..<unread.upperBound
                memberEnded = done.memberEnded
                if done.produced > 0 { return done.produced }
            }
        }
    }

    private func gzipError(_ problem: GzipError.Problem, _ inflater: Inflater) -> GzipError {
        GzipError(path: path, offset: inflater.bytesRead, problem: problem)
    }
}
