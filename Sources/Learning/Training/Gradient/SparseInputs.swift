import Buffers
import CProcessor
import Networks

/// The training points' inputs without their zeros: of each point, the pairs of neighbouring touched columns of which
/// at least one is not zero.
///
/// Four fifths of MNIST's pixels are zero, and the others lie side by side: pairs halve the loads and stores that each
/// product needs. Column pair q holds the touched columns 2q and 2q + 1; a last odd one stands beside zeros.
final class SparseInputs {
    let pairCount: Int
    /// Where each point's entries begin; one more than points.
    let starts: [Int]
    /// Each entry's column pair, ascending within a point.
    let pairs: AlignedMemory<Int32>
    let values: AlignedMemory<SIMD2<Float>>
    /// The most entries that a batch of points can have, of `SparseBatch.capacity` points or of fewer if there are no
    /// more.
    let batchLimit: Int

    /// - Parameter keepsZeros: makes an entry of every pair, for inputs to which something is added.
    /// - Complexity: O(points · columns) time; 12 bytes an entry.
    init(_ points: LabelledPoints, columns: InputColumns, keepsZeros: Bool = false) {
        let touched = columns.touched
        let pairCount = (touched.count + 1) / 2
        var starts = [0]
        starts.reserveCapacity(points.count + 1)
        var (pairs, values): ([Int32], [SIMD2<Float>]) = ([], [])
        points.inputs.withUnsafeBufferPointer { inputs in
            for row in 0..<points.count {
                let offset = row * points.inputSize
                for pair in 0..<pairCount {
                    let first = inputs[offset + touched[2 * pair]]
                    let second = 2 * pair + 1 < touched.count ? inputs[offset + touched[2 * pair + 1]] : 0
                    if first != 0 || second != 0 || keepsZeros {
                        pairs.append(Int32(pair))
                        values.append(SIMD2(first, second))
                    }
                }
                starts.append(pairs.count)
            }
        }
        self.pairCount = pairCount
        self.starts = starts
        batchLimit = zip(starts, starts.dropFirst()).map { $1 - $0 }.sorted(by: >).prefix(SparseBatch.capacity).reduce(
            0, +)
        self.pairs = AlignedMemory(pairs)
        self.values = AlignedMemory(values)
    }

    /// Starts to fetch a point's entries into the cache.
    func prefetch(_ point: Int) {
        let (start, end) = (starts[point], starts[point + 1])
        for entry in stride(from: start, to: end, by: 16) { CProcessor.prefetch(pairs.pointer + entry) }
        for entry in stride(from: start, to: end, by: 8) { CProcessor.prefetch(values.pointer + entry) }
    }
}
