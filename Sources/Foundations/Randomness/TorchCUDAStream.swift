import Foundation

/// PyTorch's CUDA generator after `torch.manual_seed(seed)`, with the launch geometry of an A100.
///
/// Philox4x32-10 keyed by the seed. Thread *t* of a kernel launched at generator offset *o* reads, as its *k*-th block,
/// the counter (*o*/4 + *k*, *t*), 64 bits each. Every launch advances the offset by a multiple of 4.
public struct TorchCUDAStream: PermutationSource, RademacherSource {
    /// 108 multiprocessors of 2,048 threads, in blocks of 256 threads.
    private static let maximumBlocks = 108 * 8
    private static let threadsPerBlock = 256

    public let seed: UInt64
    /// The generator's state, always a multiple of 4; 0 after seeding.
    public private(set) var offset: UInt64

    /// - Precondition: `offset` is a multiple of 4.
    public init(seed: UInt64, offset: UInt64 = 0) {
        precondition(offset % 4 == 0, "a CUDA generator's offset is a multiple of 4")
        self.seed = seed
        self.offset = offset
    }

    /// `torch.randperm(count, device="cuda")`.
    ///
    /// Random keys, a stable sort by their low bits, then a shuffle inside each run of equal keys. The tie kernel
    /// advances the offset whether or not there are ties.
    ///
    /// - Complexity: O(n log n) for n = `count`.
    public mutating func permutation(of count: Int) -> [Int] {
        precondition(count >= 0 && count < 1 << 32)
        guard count > 0 else { return [] }
        let keys = sortKeys(count: count)
        // Key above index in one word: sorting the words sorts the keys stably.
        var order = keys.enumerated().map { UInt64($1) << 32 | UInt64($0) }.sorted().map { Int($0 & 0xffff_ffff) }
        shuffleTies(of: &order, keys: keys)
        offset += UInt64((count + 3) / 4 * 4)
        return order
    }

    /// `2 * torch.randint(0, 2, (count,)) - 1` on int64.
    public mutating func signs(count: Int) -> [Float] {
        bits(count: count).map { $0 == 0 ? -1 : 1 }
    }

    /// `torch.randint(0, 2, (count,), device="cuda")` on int64, elements in row-major order.
    public mutating func bits(count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        fill(count: count, valuesPerBlock: 4) { element, block, j in result[element] = UInt8(block[j] & 1) }
        return result
    }

    /// How far `bits(count:)` and `signs(count:)` advance the offset.
    public static func advance(ofBits count: Int) -> UInt64 {
        count == 0 ? 0 : 4 * UInt64(launch(count: count, valuesPerBlock: 4).steps)
    }

    /// The masked keys of `randperm`: the low `bits` bits of int32 values in Int32.min ..< Int32.max.
    ///
    /// When exactly all 32 bits are compared, the order is the signed one. Above that (from n = 30,084 on) the record's
    /// vector for n = 60,000 has 32-bit keys in unsigned order, and so has this; PyTorch's source reads as if it drew
    /// 64-bit keys there, which gives another permutation.
    private mutating func sortKeys(count: Int) -> [UInt32] {
        let n = Double(count)
        let bits = Int(log2(n - (6 * n * n + 1) / (12 * log(0.9))).rounded(.up))
        let mask: UInt32 = bits >= 32 ? .max : (1 << UInt32(bits)) - 1
        let signFlip: UInt32 = bits == 32 ? 1 << 31 : 0
        var keys = [UInt32](repeating: 0, count: count)
        fill(count: count, valuesPerBlock: 2) { element, block, j in
            let value = UInt64(block[2 * j]) << 32 | UInt64(block[2 * j + 1])
            let key = UInt32(value % UInt64(UInt32.max)) &+ 1 << 31
            keys[element] = (key & mask) ^ signFlip
        }
        return keys
    }

    private func shuffleTies(of order: inout [Int], keys: [UInt32]) {
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, keys[order[end]] == keys[order[start]] { end += 1 }
            if end - start > 1 {
                for i in (1..<(end - start)).reversed() {
                    let draw = end - start - 1 - i
                    let word = block(thread: start, index: draw / 4)[draw % 4]
                    order.swapAt(start + i, start + Int(word) % (i + 1))
                }
            }
            start = end
        }
    }

    /// Runs PyTorch's element-wise random kernel: calls `store(element, block, j)` for the j-th value that a thread
    /// takes from a block, and advances the offset.
    private mutating func fill(
        count: Int, valuesPerBlock: Int, _ store: (_ element: Int, _ block: SIMD4<UInt32>, _ j: Int) -> Void
    ) {
        guard count > 0 else { return }
        let (threads, steps) = Self.launch(count: count, valuesPerBlock: valuesPerBlock)
        for step in 0..<steps {
            let base = step * threads * valuesPerBlock
            let position = offset / 4 + UInt64(step)
            let busy = min(threads, count - base)
            for first in stride(from: 0, to: busy, by: 8) {
                let words = Philox.eightBlocks(
                    SIMD8(repeating: position & 0xffff_ffff), SIMD8(repeating: position >> 32),
                    SIMD8(repeating: UInt64(first)) &+ SIMD8(0, 1, 2, 3, 4, 5, 6, 7), SIMD8(), key: seed)
                for lane in 0..<min(8, busy - first) {
                    let block = SIMD4(
                        UInt32(truncatingIfNeeded: words.0[lane]), UInt32(truncatingIfNeeded: words.1[lane]),
                        UInt32(truncatingIfNeeded: words.2[lane]), UInt32(truncatingIfNeeded: words.3[lane]))
                    for j in 0..<valuesPerBlock {
                        let element = base + first + lane + threads * j
                        guard element < count else { break }
                        store(element, block, j)
                    }
                }
            }
        }
        offset += 4 * UInt64(steps)
    }

    /// The threads of an element-wise kernel, and the steps that each takes.
    private static func launch(count: Int, valuesPerBlock: Int) -> (threads: Int, steps: Int) {
        let threads = min((count + threadsPerBlock - 1) / threadsPerBlock, maximumBlocks) * threadsPerBlock
        return (threads, (count - 1) / (threads * valuesPerBlock) + 1)
    }

    private func block(thread: Int, index: Int) -> SIMD4<UInt32> {
        let position = offset / 4 + UInt64(index)
        return Philox.block(
            counter: SIMD4(
                UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32),
                UInt32(truncatingIfNeeded: thread), UInt32(truncatingIfNeeded: thread >> 32)),
            key: seed)
    }
}
