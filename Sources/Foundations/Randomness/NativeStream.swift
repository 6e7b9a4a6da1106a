/// Basin's own stream: splittable, counter-based, the default of new studies.
///
/// Block *i* is Philox4x32-10 of the counter (low32 *i*, high32 *i*, 0, 0) under the stream's 64-bit key; its words are
/// dealt in order, and 64-bit draws take two of them, low word first. A child's key is words 0 and 1 of the block with
/// counter (low32 *h*, high32 *h*, *d*, 0), where *d* = 1 and *h* is the FNV-1a hash of the name for a named child, and
/// *d* = 2 and *h* is the index for a numbered one. Children are independent of how much their parent has dealt, so a
/// network's numbers do not depend on the order of work.
///
/// Keys have 64 bits: among *k* streams of one seed two agree with probability about *k*² / 2^65.
public struct NativeStream: PermutationSource, UniformSource, RademacherSource {
    /// The Philox key.
    public let key: UInt64
    private var nextBlock: UInt64 = 0
    private var words = SIMD4<UInt32>()
    private var used = 4

    /// The root stream of a seed.
    public init(seed: UInt64) {
        key = seed
    }

    /// The child with this name, the same however much this stream has dealt.
    public func child(_ name: String) -> NativeStream {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return child(hash: hash, domain: 1)
    }

    /// The child with this index, the same however much this stream has dealt.
    public func child(_ index: UInt64) -> NativeStream {
        child(hash: index, domain: 2)
    }

    private func child(hash: UInt64, domain: UInt32) -> NativeStream {
        let words = Philox.block(counter: Self.counter(hash, domain: domain), key: key)
        return NativeStream(seed: UInt64(words.x) | UInt64(words.y) << 32)
    }

    private static func counter(_ value: UInt64, domain: UInt32) -> SIMD4<UInt32> {
        SIMD4(UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32), domain, 0)
    }

    /// The next 32 bits.
    public mutating func next32() -> UInt32 {
        if used == 4 {
            words = Philox.block(counter: Self.counter(nextBlock, domain: 0), key: key)
            nextBlock &+= 1
            used = 0
        }
        defer { used += 1 }
        return words[used]
    }

    /// The next 64 bits: two 32-bit draws, the first one low.
    public mutating func next64() -> UInt64 {
        let low = UInt64(next32())
        return low | UInt64(next32()) << 32
    }

    /// A uniform integer in 0 ..< `bound`, without bias (Lemire, 2019).
    ///
    /// - Precondition: `bound` > 0.
    public mutating func below(_ bound: UInt64) -> UInt64 {
        precondition(bound > 0)
        var product = next64().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next64().multipliedFullWidth(by: bound) }
        }
        return product.high
    }

    /// A uniform double in [0, 1): the top 53 bits of a 64-bit draw.
    public mutating func unit() -> Double {
        Double(next64() >> 11) * 0x1p-53
    }

    /// Fisher–Yates from the last element down.
    ///
    /// - Complexity: O(`count`).
    public mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        guard count > 1 else { return order }
        for i in (1..<count).reversed() {
            order.swapAt(i, Int(below(UInt64(i + 1))))
        }
        return order
    }

    /// Float32 uniforms in [`low`, `high`): 24 bits a value, scaled in double and rounded once.
    public mutating func uniforms(count: Int, low: Float, high: Float) -> [Float] {
        let width = Double(high) - Double(low)
        return (0..<count).map { _ in Float(Double(low) + Double(next32() >> 8) * 0x1p-24 * width) }
    }

    /// One bit a sign, 32 signs a draw, lowest bit first.
    public mutating func signs(count: Int) -> [Float] {
        var word: UInt32 = 0
        return (0..<count).map { i in
            if i % 32 == 0 { word = next32() }
            defer { word >>= 1 }
            return word & 1 == 0 ? -1 : 1
        }
    }
}
