import CKernels
import Foundation
import Kernels

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
        [Float](unsafeUninitializedCapacity: count) { result, filled in
            fill(count: count, valuesPerBlock: 4) { first, number, words, j in
                let words = words[j]
                for thread in 0..<number { result[first + thread] = Float(2 * Int32(words[thread] & 1) - 1) }
            }
            filled = count
        }
    }

    /// `torch.randint(0, 2, (count,), device="cuda")` on int64, elements in row-major order.
    public mutating func bits(count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        fill(count: count, valuesPerBlock: 4) { first, number, words, j in
            let words = words[j]
            for thread in 0..<number { result[first + thread] = UInt8(truncatingIfNeeded: words[thread] & 1) }
        }
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
        fill(count: count, valuesPerBlock: 2) { first, number, words, j in
            let (high, low) = (words[2 * j], words[2 * j + 1])
            for thread in 0..<number {
                let value = UInt64(high[thread]) << 32 | UInt64(low[thread])
                let key = UInt32(value % UInt64(UInt32.max)) &+ 1 << 31
                keys[first + thread] = (key & mask) ^ signFlip
            }
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

    /// Words 0 to 3 of many threads' blocks, each over all threads.
    private struct Words {
        let start: UnsafeMutablePointer<UInt32>
        let threads: Int

        subscript(word: Int) -> UnsafeMutablePointer<UInt32> { start + word * threads }
    }

    /// Threads at a time: their words stay in the first-level cache.
    private static let threadsAtOnce = 1024

    /// Runs PyTorch's element-wise random kernel: calls `store(first, number, words, j)` for the j-th values that so
    /// many threads take from their blocks, which are consecutive elements, and advances the offset.
    private mutating func fill(
        count: Int, valuesPerBlock: Int, _ store: (_ first: Int, _ number: Int, _ words: Words, _ j: Int) -> Void
    ) {
        guard count > 0 else { return }
        let (threads, steps) = Self.launch(count: count, valuesPerBlock: valuesPerBlock)
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * Self.threadsAtOnce) { memory in
            guard let start = memory.baseAddress else { return }
            let words = Words(start: start, threads: Self.threadsAtOnce)
            for step in 0..<steps {
                let base = step * threads * valuesPerBlock
                for thread in stride(from: 0, to: min(threads, count - base), by: Self.threadsAtOnce) {
                    let number = min(Self.threadsAtOnce, threads - thread, count - base - thread)
                    Kernels.current.loops.philox(
                        seed, offset / 4 + UInt64(step), UInt64(thread), number, words[0], words[1], words[2], words[3])
                    for j in 0..<valuesPerBlock {
                        let first = base + threads * j + thread
                        guard first < count else { break }
                        store(first, min(number, count - first), words, j)
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
