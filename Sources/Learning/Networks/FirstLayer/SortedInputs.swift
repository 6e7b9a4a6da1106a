import Buffers

/// Many points' inputs sorted for first layers, once for the passes of many networks.
package final class SortedInputs: @unchecked Sendable {
    // Batches are written to while this is made, and never again.

    /// Of so many points each, in the points' order.
    package let batches: [SparseBatch]
    private let inputSize: Int

    /// - Complexity: O(points · inputSize) time; 12 bytes for each pair of inputs that are not both zero.
    package init(_ points: LabelledPoints) {
        inputSize = points.inputSize
        let columns = InputColumns(of: points, takesAll: true)
        batches = stride(from: 0, to: points.count, by: SparseBatch.capacity).map { start in
            let block = points.selected(start..<min(start + SparseBatch.capacity, points.count))
            let inputs = SparseInputs(block, columns: columns)
            let batch = SparseBatch(of: inputs)
            batch.load(Array(0..<block.count)[...], of: inputs)
            return batch
        }
    }

    /// The products of a first layer's weights with all points' inputs, block by block.
    ///
    /// All columns count, so that sums have the parts of a dense product of all inputs.
    ///
    /// - Parameters:
    ///   - weights: units x inputs, row-major.
    ///   - count: points a block, a multiple of `SparseBatch.capacity`.
    ///   - body: gets the products of a block of points, points x units, row-major. May change them.
    package func forEachBlock(
        of count: Int, weights: UnsafeBufferPointer<Float>, units: Int,
        _ body: (_ products: UnsafeMutableBufferPointer<Float>, _ points: Int) -> Void
    ) {
        let layer = SparseLayer(units: units, columnCount: inputSize)
        let strips = layer.strips(of: weights, inputs: inputSize)
        let atOnce = count / SparseBatch.capacity
        let products = AlignedMemory<Float>(zeros: count * units)
        for first in stride(from: 0, to: batches.count, by: atOnce) {
            var points = 0
            for batch in batches[first..<min(first + atOnce, batches.count)] {
                layer.forward(batch, weights: strips.pointer, into: products.pointer + points * units)
                points += batch.count
            }
            body(UnsafeMutableBufferPointer(start: products.pointer, count: points * units), points)
        }
    }
}

extension SparseLayer {
    /// Weights as this layer reads them.
    ///
    /// - Parameter weights: units x inputs, row-major, one input a column.
    fileprivate func strips(of weights: UnsafeBufferPointer<Float>, inputs: Int) -> AlignedMemory<Vector> {
        let units = weights.count / max(1, inputs)
        let (strips, columns) = ((units + Self.stripWidth - 1) / Self.stripWidth, (inputs + 1) / 2 * 2)
        let result = AlignedMemory<Vector>(zeros: strips * columns * Self.stripWidth / Vector.scalarCount)
        let places = UnsafeMutableRawPointer(result.pointer).assumingMemoryBound(to: Float.self)
        for unit in 0..<units {
            let (strip, offset) = unit.quotientAndRemainder(dividingBy: Self.stripWidth)
            let start = places + strip * columns * Self.stripWidth + offset
            for column in 0..<inputs { start[column * Self.stripWidth] = weights[unit * inputs + column] }
        }
        return result
    }
}
