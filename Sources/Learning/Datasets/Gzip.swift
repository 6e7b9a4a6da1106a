import CZlib
import Diagnostics

/// A gzip file that does not unpack.
public struct GzipError: RequestError, Equatable {
    public enum Problem: Equatable, Sendable {
        /// The file ends inside the compressed data, after this many unpacked bytes.
        case endsEarly(unpacked: Int)
        /// zlib's own words, such as "incorrect data check" for a checksum that does not match.
        case damaged(reason: String)
        /// Behind the last member stands something that is neither another one nor zero bytes.
        case followedByOther
    }

    public let path: String
    /// Position in the compressed file up to which it was understood.
    public let offset: Int
    public let problem: Problem

    public var description: String {
        switch problem {
        case .endsEarly(let unpacked):
            "\(path): the gzip data ends early, at byte \(offset), after \(unpacked) unpacked bytes. "
                + "Copy or fetch the file again."
        case .damaged(let reason):
            "\(path): the gzip data is damaged near byte \(offset): \(reason). Copy or fetch the file again."
        case .followedByOther:
            "\(path): the gzip data is whole, but from byte \(offset) on something else follows. "
                + "Cut that off, or copy or fetch the file again."
        }
    }
}

/// Unpacks a gzip stream, which may consist of several members one after another, or a bare deflate stream.
final class Inflater {
    /// What stands around the deflate stream.
    enum Wrapper {
        case gzip
        /// Nothing: the stream of a zip archive's member.
        case none

        /// 15 bits of window, + 16 for the gzip wrapper, negative for none.
        fileprivate var windowBits: Int32 {
            switch self {
            case .gzip: 15 + 16
            case .none: -15
            }
        }
    }

    // On the heap, because zlib keeps a pointer back to this record.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private(set) var bytesUnpacked = 0

    init(_ wrapper: Wrapper = .gzip) {
        stream.initialize(to: z_stream())
        // Fails only for want of memory or a foreign zlib.
        let status = inflateInit2_(stream, wrapper.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not start: \(status)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func startNextMember() { inflateReset(stream) }

    /// Unpacks from `input` into `output` until one of them is used up or a member ends.
    ///
    /// - Returns: how many bytes were consumed and produced, and whether a member ended; or zlib's message.
    func step(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Result<(consumed: Int, produced: Int, memberEnded: Bool), Message> {
        let inputCount = min(input.count, 1 << 30), outputCount = min(output.count, 1 << 30)
        stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
            .assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(inputCount)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(outputCount)
        let status = inflate(stream, Z_NO_FLUSH)
        let consumed = inputCount - Int(stream.pointee.avail_in)
        let produced = outputCount - Int(stream.pointee.avail_out)
        bytesUnpacked += produced
        switch status {
        case Z_OK, Z_BUF_ERROR: return .success((consumed, produced, false))
        case Z_STREAM_END: return .success((consumed, produced, true))
        default:
            let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
            return .failure(Message(text: message, consumed: consumed))
        }
    }

    /// zlib's words for what is wrong, so many bytes into the input.
    struct Message: Error {
        let text: String
        let consumed: Int

        /// The first bytes of a member are none.
        var isAboutHeader: Bool { text == "incorrect header check" }
    }
}

/// Packs bytes into one gzip member without name and time, so that equal bytes give equal files.
final class Deflater {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var chunk = [UInt8](repeating: 0, count: 1 << 16)

    init() {
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib could not start: \(status)")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Packs `bytes` and hands what comes out to `sink`; `isLast` ends the stream.
    func pack(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, to sink: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        var rest = bytes
        repeat {
            let inputCount = min(rest.count, 1 << 30)
            stream.pointee.next_in = UnsafeMutableRawPointer(mutating: rest.baseAddress)?
                .assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(inputCount)
            let finishing = isLast && inputCount == rest.count
            var isFull = false
            repeat {
                let produced = chunk.withUnsafeMutableBytes { output in
                    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(output.count)
                    deflate(stream, finishing ? Z_FINISH : Z_NO_FLUSH)
                    return output.count - Int(stream.pointee.avail_out)
                }
                try chunk.withUnsafeBytes { try sink(UnsafeRawBufferPointer(rebasing: $0[..<produced])) }
                isFull = produced == chunk.count
            } while isFull
            rest = UnsafeRawBufferPointer(rebasing: rest[inputCount...])
        } while !rest.isEmpty
    }
}
