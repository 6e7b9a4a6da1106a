/// Philox4x32-10, a counter-based generator: a fixed bijection of a 128-bit counter under a 64-bit key.
///
/// Source: Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3* (SC 2011), with the constants of
/// their Random123 library. It is the engine of PyTorch's CUDA generator and of Basin's native stream.
public enum Philox {
    /// The four output words for one counter, word 0 in `.x`.
    ///
    /// - Parameters:
    ///   - counter: four 32-bit words, least significant first.
    ///   - key: the key, whose low 32 bits are key word 0.
    public static func block(counter: SIMD4<UInt32>, key: UInt64) -> SIMD4<UInt32> {
        var (x, y, z, w) = (counter.x, counter.y, counter.z, counter.w)
        var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
        for _ in 0..<10 {
            let a = UInt64(x) &* 0xd251_1f53
            let b = UInt64(z) &* 0xcd9e_8d57
            (x, y, z, w) = (
                UInt32(truncatingIfNeeded: b >> 32) ^ y ^ k0, UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ w ^ k1, UInt32(truncatingIfNeeded: a)
            )
            k0 &+= 0x9e37_79b9
            k1 &+= 0xbb67_ae85
        }
        return SIMD4(x, y, z, w)
    }
}
