import Buffers
import CProcessor
import Networks

/// The inputs of a few points, sorted by column pair: for each pair, the points that it is not zero on.
///
/// Sums over a batch then keep a pair's weights, or its gradient, in registers.
final class SparseBatch {
    /// Points at most: outputs of so many points by a strip of units stay in the first-level cache.
    static let capacity = 128

    /// How long before they are read points are fetched from memory.
    private static let pointsAhead = 8

    private(set) var count = 0
    /// Where each pair's entries begin; one more than pairs.
    let starts: AlignedMemory<Int32>
    /// Each entry's point, by its place in the batch, ascending within a pair.
    let rows: AlignedMemory<Int32>
    let values: AlignedMemory<SIMD2<Float>>
    private let pairCount: Int

    init(of inputs: SparseInputs) {
        pairCount = inputs.pairCount
        let limit = inputs.batchLimit
        starts = AlignedMemory(repeating: 0, count: pairCount + 2)
        self.rows = AlignedMemory(repeating: 0, count: limit)
        values = AlignedMemory(repeating: .zero, count: limit)
    }

    /// Sorts the entries of the points at `indices`; a counting sort, O(entries + pairs).
    ///
    /// - Parameter noise: what is added to each pair of these points, points x pairs.
    func load(
        _ indices: some RandomAccessCollection<Int>, of inputs: SparseInputs,
        adding noise: UnsafePointer<SIMD2<Float>>? = nil
    ) {
        count = indices.count
        // The points lie scattered in more memory than the caches hold.
        for point in indices.prefix(Self.pointsAhead) { inputs.prefetch(point) }
        let ahead = indices.dropFirst(Self.pointsAhead)
        let next = starts.pointer + 1
        for pair in 0...pairCount { next[pair] = 0 }
        let (pairs, entries) = (inputs.pairs.pointer, inputs.values.pointer)
        var upcoming = ahead.makeIterator()
        for point in indices {
            if let later = upcoming.next() { inputs.prefetch(later) }
            for entry in inputs.starts[point]..<inputs.starts[point + 1] { next[Int(pairs[entry]) + 1] += 1 }
        }
        // next[pair] is where the pair's next entry goes; it ends where the pair after it begins.
        for pair in 0..<pairCount { next[pair + 1] += next[pair] }
        let (rows, values) = (self.rows.pointer, self.values.pointer)
        for (row, point) in indices.enumerated() {
            for entry in inputs.starts[point]..<inputs.starts[point + 1] {
                let pair = Int(pairs[entry])
                let place = Int(next[pair])
                next[pair] += 1
                rows[place] = Int32(row)
                values[place] = entries[entry]
                if let noise { values[place] += noise[row * pairCount + pair] }
            }
        }
    }
}
