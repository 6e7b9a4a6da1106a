import CZlib

/// The data of a zip archive's member, by zlib.
package enum ZipMember {
    /// What is wrong with packed bytes, as "invalid stored block lengths".
    package struct Damage: Error {
        package let reason: String
    }

    /// Unpacks a bare deflate stream.
    ///
    /// - Parameter count: how many bytes come out of it, no more than memory has room for.
    /// - Throws: `Damage` for a stream that is damaged, cut, or unpacks to more or fewer bytes.
    package static func unpacked(_ packed: ArraySlice<UInt8>, count: Int) throws(Damage) -> [UInt8] {
        // One byte more tells a stream that goes on.
        var bytes = [UInt8](repeating: 0, count: count + 1)
        let inflater = Inflater(.none)
        var (taken, filled, hasEnded) = (0, 0, false)
        while !hasEnded {
            let step = packed.withUnsafeBytes { input in
                bytes.withUnsafeMutableBytes { output in
                    inflater.step(
                        UnsafeRawBufferPointer(rebasing: input[taken...]),
                        into: UnsafeMutableRawBufferPointer(rebasing: output[filled...]))
                }
            }
            switch step {
            case .failure(let message): throw Damage(reason: message.text)
            case .success(let done):
                taken += done.consumed
                filled += done.produced
                hasEnded = done.memberEnded
                if !hasEnded, done.consumed == 0, done.produced == 0 { throw Damage(reason: "it ends early") }
                if filled > count { throw Damage(reason: "it unpacks to more than its \(count) bytes") }
            }
        }
        guard filled == count else { throw Damage(reason: "it unpacks to \(filled) bytes and not to its \(count)") }
        bytes.removeLast()
        return bytes
    }

    /// The checksum that zip archives keep of a member's bytes (CRC-32 of ISO 3309).
    package static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { buffer in
            var (sum, rest) = (UInt(0), buffer)
            // zlib counts in 32 bits.
            while !rest.isEmpty {
                let count = min(rest.count, 1 << 30)
                sum = crc32(sum, rest.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(count))
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return UInt32(truncatingIfNeeded: sum)
        }
    }
}
