import Buffers

/// Points' inputs without their zeros: of each point, the pairs of neighbouring touched columns of which
/// at least one is not zero.
///
/// Four fifths of MNIST's pixels are zero, and the others lie side by side: pairs halve the loads and stores that each
/// product needs. Column pair q holds the touched columns 2q and 2q + 1; a last odd one stands beside zeros.
package final class SparseInputs {
    package let pairCount: Int
    /// Where each point's entries begin; one more than points.
    let starts: AlignedMemory<Int>
    /// 1 where a point has an entry; points x pairs.
    let presence: AlignedMemory<UInt8>
    /// Each entry's column pair, ascending within a point.
    let pairs: AlignedMemory<Int32>
    let values: AlignedMemory<SIMD2<Float>>
    /// The most entries that a batch of points can have, of `SparseBatch.capacity` points or of fewer if there are no
    /// more.
    let batchLimit: Int

    /// - Parameter keepsZeros: makes an entry of every pair, for inputs to which something is added.
    /// - Complexity: O(points · columns) time; 12 bytes an entry, and one a point and pair.
    package init(_ points: LabelledPoints, columns: InputColumns, keepsZeros: Bool = false) {
        let touched = columns.touched
        let pairCount = (touched.count + 1) / 2
        var starts = [0]
        starts.reserveCapacity(points.count + 1)
        var (pairs, values): ([Int32], [SIMD2<Float>]) = ([], [])
        let presence = AlignedMemory<UInt8>(zeros: points.count * pairCount)
        points.inputs.withUnsafeBufferPointer { inputs in
            for row in 0..<points.count {
                let offset = row * points.inputSize
                for pair in 0..<pairCount {
                    let first = inputs[offset + touched[2 * pair]]
                    let second = 2 * pair + 1 < touched.count ? inputs[offset + touched[2 * pair + 1]] : 0
                    if first != 0 || second != 0 || keepsZeros {
                        pairs.append(Int32(pair))
                        values.append(SIMD2(first, second))
                        presence.pointer[row * pairCount + pair] = 1
                    }
                }
                starts.append(pairs.count)
            }
        }
        self.pairCount = pairCount
        self.starts = AlignedMemory(starts)
        self.presence = presence
        batchLimit = zip(starts, starts.dropFirst()).map { $1 - $0 }.sorted(by: >).prefix(SparseBatch.capacity).reduce(
            0, +)
        self.pairs = AlignedMemory(pairs)
        self.values = AlignedMemory(values)
    }
}
