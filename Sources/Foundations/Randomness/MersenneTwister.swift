/// MT19937 with 32-bit outputs (Matsumoto and Nishimura, 1998), the engine of PyTorch's CPU generator and of NumPy's
/// legacy generator.
public struct MersenneTwister: Sendable {
    private static let stateSize = 624
    private static let shift = 397

    private var state: [UInt32]
    private var position: Int

    /// Seeds the state as the authors' `init_genrand` does (2002), with multiplier 1812433253.
    public init(seed: UInt32) {
        state = [UInt32](repeating: seed, count: Self.stateSize)
        for i in 1..<Self.stateSize {
            let previous = state[i - 1]
            state[i] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(i)
        }
        position = Self.stateSize
    }

    /// The next tempered output.
    ///
    /// - Complexity: amortised O(1).
    public mutating func next() -> UInt32 {
        if position == Self.stateSize { twist() }
        var y = state[position]
        position += 1
        y ^= y >> 11
        y ^= (y << 7) & 0x9d2c_5680
        y ^= (y << 15) & 0xefc6_0000
        return y ^ (y >> 18)
    }

    private mutating func twist() {
        let size = Self.stateSize
        for i in 0..<size {
            let y = (state[i] & 0x8000_0000) | (state[(i + 1) % size] & 0x7fff_ffff)
            state[i] = state[(i + Self.shift) % size] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
        }
        position = 0
    }
}
