/// PyTorch's CPU generator after `torch.manual_seed(seed)`.
///
/// Source: checked against PyTorch 2.13. One 32-bit draw an element throughout.
public struct TorchCPUStream: PermutationSource, UniformSource {
    private var engine: MersenneTwister

    /// PyTorch keeps 64 bits of the seed but seeds the engine with the low 32.
    public init(seed: UInt64) {
        engine = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed))
    }

    /// `torch.randperm(count)`.
    ///
    /// - Precondition: `count` < 2^32 / 20, beyond which PyTorch draws 64 bits an element.
    /// - Complexity: O(`count`).
    public mutating func permutation(of count: Int) -> [Int] {
        precondition(count >= 0 && count < (1 << 32) / 20, "PyTorch uses another algorithm from 2^32 / 20 elements on")
        var order = Array(0..<count)
        for i in 0..<max(0, count - 1) {
            let offset = Int(engine.next()) % (count - i)
            order.swapAt(i, i + offset)
        }
        return order
    }

    /// `tensor.uniform_(low, high)` for float32, elements in row-major order.
    ///
    /// The scaling is one fused multiply-add, rounded once: separate operations give other last bits.
    public mutating func uniforms(count: Int, low: Float, high: Float) -> [Float] {
        let width = high - low
        return (0..<count).map { _ in
            let unit = Float(engine.next() & 0xff_ffff) * 0x1p-24
            return low.addingProduct(unit, width)
        }
    }
}
