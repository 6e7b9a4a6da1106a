import Buffers
import CKernels
import Kernels

/// The first layer's passes, for inputs that are mostly zero.
///
/// Units are taken in strips. A strip's outputs for a `SparseBatch` stay in the first-level cache, its weights for one
/// column pair in registers, and every product has an input that is not zero (or whose neighbour is not).
///
/// Weights and gradients are strip x column (2 · pairs) x unit of the strip; units and columns beyond the last are
/// zero.
package final class SparseLayer {
    package typealias Vector = SIMD16<Float>
    /// Units a strip: four vectors.
    package static let stripWidth = 64
    private static let vectors = stripWidth / Vector.scalarCount

    private let units: Int
    private let pairCount: Int
    /// The column pairs whose products are summed up before they join the sum of the others.
    private let parts: [Range<Int>]
    /// point of the batch x unit of the strip.
    private let strip = AlignedMemory<Vector>(repeating: .zero, count: SparseBatch.capacity * SparseLayer.vectors)

    private let kernels: Kernels

    private var stripCount: Int { (units + Self.stripWidth - 1) / Self.stripWidth }
    private var stripSize: Int { 2 * pairCount * Self.vectors }

    package init(units: Int, columnCount: Int, kernels: Kernels = .current) {
        self.units = units
        self.kernels = kernels
        pairCount = (columnCount + 1) / 2
        parts = Self.parts(columnCount: columnCount)
    }

    /// Partial sums round less than one long sum. These are the parts in which OpenBLAS's kernels for AVX-512 sum up a
    /// dense product of so many columns: where the batch is no larger than its parts, both give the same bits.
    static func parts(columnCount: Int) -> [Range<Int>] {
        let (longest, step) = (448, 16)
        var parts: [Range<Int>] = []
        var start = 0
        while start < columnCount {
            let rest = columnCount - start
            let length =
                if rest >= 2 * longest { longest } else if rest > longest { (rest / 2 + step - 1) / step * step } else {
                    rest
                }
            parts.append(start / 2..<(start + length + 1) / 2)
            start += length
        }
        return parts
    }

    /// output ← inputs · weightsᵀ for the batch's points; row-major, `units` a row.
    package func forward(_ batch: SparseBatch, weights: UnsafePointer<Vector>, into output: UnsafeMutablePointer<Float>)
    {
        let sums = UnsafeMutableRawPointer(strip.pointer).assumingMemoryBound(to: Float.self)
        if parts.isEmpty { output.update(repeating: 0, count: batch.count * units) }
        for index in 0..<stripCount {
            let first = index * Self.stripWidth
            let width = min(Self.stripWidth, units - first)
            for part in parts {
                strip.pointer.update(repeating: .zero, count: batch.count * Self.vectors)
                kernels.loops.add_products(
                    floats(weights + index * stripSize), part.lowerBound, part.upperBound, batch.starts.pointer,
                    batch.rows.pointer, floats(batch.values.pointer), sums)
                for row in 0..<batch.count {
                    let (place, sum) = (output + row * units + first, sums + row * Self.stripWidth)
                    if part.lowerBound == 0 {
                        place.update(from: sum, count: width)
                    } else {
                        for unit in 0..<width { place[unit] += sum[unit] }
                    }
                }
            }
        }
    }

    /// weights ← weights + factor · deltaᵀ · inputs for the batch's points; `delta` is row-major, `units` a row.
    package func addGradient(
        _ batch: SparseBatch, delta: UnsafePointer<Float>, factor: Float, to weights: UnsafeMutablePointer<Vector>
    ) {
        let copy = UnsafeMutableRawPointer(strip.pointer).assumingMemoryBound(to: Float.self)
        for index in 0..<stripCount {
            let first = index * Self.stripWidth
            let width = min(Self.stripWidth, units - first)
            if width < Self.stripWidth { strip.pointer.update(repeating: .zero, count: batch.count * Self.vectors) }
            for row in 0..<batch.count {
                (copy + row * Self.stripWidth).update(from: delta + row * units + first, count: width)
            }
            kernels.loops.add_outer_products(
                copy, pairCount, batch.starts.pointer, batch.rows.pointer, floats(batch.values.pointer), factor,
                floats(weights + index * stripSize))
        }
    }
}

/// The numbers of vectors that lie side by side.
func floats(_ vectors: UnsafePointer<some SIMD<Float>>) -> UnsafePointer<Float> {
    UnsafeRawPointer(vectors).assumingMemoryBound(to: Float.self)
}

func floats(_ vectors: UnsafeMutablePointer<some SIMD<Float>>) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(vectors).assumingMemoryBound(to: Float.self)
}
