/// NumPy's legacy global generator after `np.random.seed(seed)`.
public struct NumPyStream: PermutationSource {
    private var engine: MersenneTwister

    public init(seed: UInt32) {
        engine = MersenneTwister(seed: seed)
    }

    /// `np.random.permutation(count)`; its first k elements are `np.random.choice(count, k, replace=False)`.
    ///
    /// - Precondition: `count` <= 2^32, beyond which NumPy draws 64 bits.
    /// - Complexity: O(`count`), expected.
    public mutating func permutation(of count: Int) -> [Int] {
        precondition(count >= 0 && count <= 1 << 32, "NumPy draws 64 bits for more than 2^32 elements")
        var order = Array(0..<count)
        guard count > 1 else { return order }
        for i in (1..<count).reversed() {
            order.swapAt(i, Int(draw(atMost: UInt32(i))))
        }
        return order
    }

    /// Masked rejection: the smallest all-ones mask over `limit`, redrawn until the masked word is in range.
    private mutating func draw(atMost limit: UInt32) -> UInt32 {
        let mask = UInt32.max >> limit.leadingZeroBitCount
        while true {
            let word = engine.next() & mask
            if word <= limit { return word }
        }
    }
}
