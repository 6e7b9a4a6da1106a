/// The types of numbers that weights may come in. Each value becomes the nearest float32, ties to even, in which
/// networks compute; of F32, F16 and BF16 it is the value itself.
public enum TensorType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"

    /// Bytes of one number.
    public var size: Int {
        switch self {
        case .float64: 8
        case .float32: 4
        case .float16, .bfloat16: 2
        }
    }

    /// Numbers out of their bytes, in their order.
    ///
    /// - Precondition: as many bytes as so many numbers take.
    /// - Complexity: O(`count`).
    func numbers(_ bytes: UnsafeRawBufferPointer, count: Int, isBigEndian: Bool) -> [Float] {
        precondition(bytes.count == count * size, "bytes that are not those of so many numbers")
        func numbers<Bits: FixedWidthInteger>(_ number: (Bits) -> Float) -> [Float] {
            [Float](unsafeUninitializedCapacity: count) { numbers, filled in
                for place in 0..<count {
                    let bits = bytes.loadUnaligned(fromByteOffset: place * size, as: Bits.self)
                    numbers.initializeElement(
                        at: place, to: number(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)))
                }
                filled = count
            }
        }
        return switch self {
        case .float64: numbers { (bits: UInt64) in Float(Double(bitPattern: bits)) }
        case .float32: numbers { (bits: UInt32) in Float(bitPattern: bits) }
        case .float16: numbers { (bits: UInt16) in Float(Float16(bitPattern: bits)) }
        // The upper half of a float32.
        case .bfloat16: numbers { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
        }
    }
}
