import Buffers
import Networks

/// The first layer's passes, for inputs that are mostly zero.
///
/// Units are taken in strips. A strip's outputs for a `SparseBatch` stay in the first-level cache, its weights for one
/// column pair in registers, and every product has an input that is not zero (or whose neighbour is not).
///
/// Weights and gradients are strip x column (2 · pairs) x unit of the strip; units and columns beyond the last are
/// zero.
final class SparseLayer {
    typealias Vector = SIMD16<Float>
    /// Units a strip: four vectors.
    static let stripWidth = 64
    private static let vectors = stripWidth / Vector.scalarCount

    private let units: Int
    private let pairCount: Int
    /// The column pairs whose products are summed up before they join the sum of the others.
    private let parts: [Range<Int>]
    /// point of the batch x unit of the strip.
    private let strip = AlignedMemory<Vector>(repeating: .zero, count: SparseBatch.capacity * SparseLayer.vectors)

    private var stripCount: Int { (units + Self.stripWidth - 1) / Self.stripWidth }
    private var stripSize: Int { 2 * pairCount * Self.vectors }

    init(units: Int, columnCount: Int) {
        self.units = units
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
    func forward(_ batch: SparseBatch, weights: UnsafePointer<Vector>, into output: UnsafeMutablePointer<Float>) {
        let sums = UnsafeMutableRawPointer(strip.pointer).assumingMemoryBound(to: Float.self)
        if parts.isEmpty { output.update(repeating: 0, count: batch.count * units) }
        for index in 0..<stripCount {
            let first = index * Self.stripWidth
            let width = min(Self.stripWidth, units - first)
            for part in parts {
                strip.pointer.update(repeating: .zero, count: batch.count * Self.vectors)
                addProducts(
                    weights + index * stripSize, part, batch.starts.pointer, batch.rows.pointer,
                    batch.values.pointer, to: strip.pointer)
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
    func addGradient(
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
            addOuterProducts(
                strip.pointer, pairCount, batch.starts.pointer, batch.rows.pointer, batch.values.pointer, factor,
                to: weights + index * stripSize)
        }
    }
}

/// sums[row] += value.x · weights[2 pair] + value.y · weights[2 pair + 1] for every entry of `pairs`, four vectors
/// each.
private func addProducts(
    _ weights: UnsafePointer<SIMD16<Float>>, _ pairs: Range<Int>, _ starts: UnsafePointer<Int32>,
    _ rows: UnsafePointer<Int32>, _ values: UnsafePointer<SIMD2<Float>>, to sums: UnsafeMutablePointer<SIMD16<Float>>
) {
    for pair in pairs {
        let (begin, end) = (Int(starts[pair]), Int(starts[pair + 1]))
        if begin == end { continue }
        let w = weights + pair * 8
        let (a0, a1, a2, a3, b0, b1, b2, b3) = (w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7])
        for entry in begin..<end {
            let sum = sums + Int(rows[entry]) * 4
            let x = SIMD16<Float>(repeating: values[entry].x)
            let y = SIMD16<Float>(repeating: values[entry].y)
            #if BASIN_NATIVE
                sum[0] = sum[0].addingProduct(x, a0).addingProduct(y, b0)
                sum[1] = sum[1].addingProduct(x, a1).addingProduct(y, b1)
                sum[2] = sum[2].addingProduct(x, a2).addingProduct(y, b2)
                sum[3] = sum[3].addingProduct(x, a3).addingProduct(y, b3)
            #else
                sum[0] = sum[0] + x * a0 + y * b0
                sum[1] = sum[1] + x * a1 + y * b1
                sum[2] = sum[2] + x * a2 + y * b2
                sum[3] = sum[3] + x * a3 + y * b3
            #endif
        }
    }
}

/// weights[2 pair] += factor · Σ value.x · delta[row], weights[2 pair + 1] += factor · Σ value.y · delta[row].
private func addOuterProducts(
    _ delta: UnsafePointer<SIMD16<Float>>, _ pairCount: Int, _ starts: UnsafePointer<Int32>,
    _ rows: UnsafePointer<Int32>, _ values: UnsafePointer<SIMD2<Float>>, _ factor: Float,
    to weights: UnsafeMutablePointer<SIMD16<Float>>
) {
    let scale = SIMD16<Float>(repeating: factor)
    for pair in 0..<pairCount {
        let (begin, end) = (Int(starts[pair]), Int(starts[pair + 1]))
        if begin == end { continue }
        var (a0, a1, a2, a3) = (SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero)
        var (b0, b1, b2, b3) = (SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero, SIMD16<Float>.zero)
        for entry in begin..<end {
            let d = delta + Int(rows[entry]) * 4
            let x = SIMD16<Float>(repeating: values[entry].x)
            let y = SIMD16<Float>(repeating: values[entry].y)
            let (d0, d1, d2, d3) = (d[0], d[1], d[2], d[3])
            #if BASIN_NATIVE
                a0 = a0.addingProduct(x, d0)
                a1 = a1.addingProduct(x, d1)
                a2 = a2.addingProduct(x, d2)
                a3 = a3.addingProduct(x, d3)
                b0 = b0.addingProduct(y, d0)
                b1 = b1.addingProduct(y, d1)
                b2 = b2.addingProduct(y, d2)
                b3 = b3.addingProduct(y, d3)
            #else
                a0 += x * d0
                a1 += x * d1
                a2 += x * d2
                a3 += x * d3
                b0 += y * d0
                b1 += y * d1
                b2 += y * d2
                b3 += y * d3
            #endif
        }
        let w = weights + pair * 8
        #if BASIN_NATIVE
            w[0] = w[0].addingProduct(scale, a0)
            w[1] = w[1].addingProduct(scale, a1)
            w[2] = w[2].addingProduct(scale, a2)
            w[3] = w[3].addingProduct(scale, a3)
            w[4] = w[4].addingProduct(scale, b0)
            w[5] = w[5].addingProduct(scale, b1)
            w[6] = w[6].addingProduct(scale, b2)
            w[7] = w[7].addingProduct(scale, b3)
        #else
            w[0] += scale * a0
            w[1] += scale * a1
            w[2] += scale * a2
            w[3] += scale * a3
            w[4] += scale * b0
            w[5] += scale * b1
            w[6] += scale * b2
            w[7] += scale * b3
        #endif
    }
}
