import Buffers
import CKernels
import Kernels

/// The inputs of a few points, sorted by column pair: for each pair, the points that it is not zero on.
///
/// Sums over a batch then keep a pair's weights, or its gradient, in registers.
package final class SparseBatch {
    /// Points at most: outputs of so many points by a strip of units stay in the first-level cache.
    package static let capacity = 128

    package private(set) var count = 0
    /// Where each pair's entries begin; one more than pairs.
    let starts: AlignedMemory<Int32>
    /// Each entry's point, by its place in the batch, ascending within a pair.
    let rows: AlignedMemory<Int32>
    let values: AlignedMemory<SIMD2<Float>>
    private let pairCount: Int

    package init(of inputs: SparseInputs) {
        pairCount = inputs.pairCount
        let limit = inputs.batchLimit
        starts = AlignedMemory(repeating: 0, count: pairCount + 1)
        self.rows = AlignedMemory(repeating: 0, count: limit)
        values = AlignedMemory(repeating: .zero, count: limit)
    }

    /// Sorts the entries of the points at `indices`, at most `capacity`; a counting sort, O(entries + pairs).
    ///
    /// - Parameter noise: what is added to each pair of these points, points x pairs.
    package func load(
        _ indices: ArraySlice<Int>, of inputs: SparseInputs, adding noise: UnsafePointer<SIMD2<Float>>? = nil,
        kernels: Kernels = .current
    ) {
        precondition(indices.count <= Self.capacity)
        count = indices.count
        indices.withUnsafeBufferPointer { points in
            guard let first = points.baseAddress else {
                return starts.pointer.update(repeating: 0, count: pairCount + 1)
            }
            kernels.loops.sort_entries(
                first, points.count, inputs.starts.pointer, inputs.presence.pointer, inputs.pairs.pointer,
                floats(inputs.values.pointer), noise.map(floats), pairCount, starts.pointer, rows.pointer,
                floats(values.pointer))
        }
    }
}
