/// Reads a file front to back, unpacking it on the way if it starts with gzip's magic bytes 1f 8b.
///
/// As `gzip` does, it takes several members one after another for one file, and zero bytes behind a member for padding.
final class UncompressedReader {
    /// The file as it lies on the disk.
    let file: RegularFile
    let isCompressed: Bool

    private let inflater: Inflater?
    private var chunk: [UInt8] = []
    private var unread = 0..<0
    /// Bytes of the file before those in `unread`.
    private var bytesTaken = 0
    private var memberEnded = false
    /// Where the member under way begins in the file, and how much was unpacked before it.
    private var member = (offset: 0, unpackedBefore: 0)

    var path: String { file.path }

    /// The most bytes that the file can unpack to; deflate makes at most 1,032 bytes out of one.
    var mostBytes: Int {
        guard isCompressed else { return file.length }
        let (product, overflows) = file.length.multipliedReportingOverflow(by: 1032)
        return overflows ? .max : product
    }

    /// - Throws: `FileFailure` or `NotRegularFile` if the file cannot be opened.
    init(path: String) throws {
        file = try RegularFile(reading: path)
        isCompressed = file.beginning(2) == Self.magic
        inflater = isCompressed ? Inflater() : nil
        if isCompressed { chunk = [UInt8](repeating: 0, count: 1 << 16) }
    }

    /// Fills `buffer` as far as the file goes; a smaller count means that the file has ended.
    ///
    /// - Throws: `GzipError` for a stream that is cut or damaged, `FileFailure` if the disk does not deliver.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = try inflater.map { try unpack(with: $0, into: rest) } ?? file.read(into: rest)
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

    private static let magic: [UInt8] = [0x1f, 0x8b]

    /// Unpacks at least one byte into `buffer`, or none at the end of the last member.
    private func unpack(with inflater: Inflater, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if unread.isEmpty {
                let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
                if count == 0 {
                    if memberEnded { return 0 }
                    throw gzipError(.endsEarly(unpacked: inflater.bytesUnpacked))
                }
                unread = 0..<count
            }
            if memberEnded {
                let padding = unread.first { chunk[$0] != 0 } ?? unread.upperBound
                take(padding - unread.lowerBound)
                guard !unread.isEmpty else { continue }
                guard chunk[padding] == Self.magic[0] else { throw gzipError(.followedByOther) }
                inflater.startNextMember()
                memberEnded = false
                member = (bytesTaken, inflater.bytesUnpacked)
            }
            let step = chunk.withUnsafeBytes {
                inflater.step(UnsafeRawBufferPointer(rebasing: $0[unread]), into: buffer)
            }
            switch step {
            case .failure(let message):
                // What is no member at all was no part of the stream.
                if member.offset > 0, inflater.bytesUnpacked == member.unpackedBefore, message.isAboutHeader {
                    throw gzipError(.followedByOther, at: member.offset)
                }
                throw gzipError(.damaged(reason: message.text), at: bytesTaken + message.consumed)
            case .success(let done):
                take(done.consumed)
                memberEnded = done.memberEnded
                if done.produced > 0 { return done.produced }
            }
        }
    }

    private func take(_ count: Int) {
        unread = (unread.lowerBound + count)..<unread.upperBound
        bytesTaken += count
    }

    private func gzipError(_ problem: GzipError.Problem, at offset: Int? = nil) -> GzipError {
        GzipError(path: path, offset: offset ?? bytesTaken, problem: problem)
    }
}
