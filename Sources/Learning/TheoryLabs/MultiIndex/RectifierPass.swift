import LinearAlgebra

/// A network of rectifiers laid out for training: eight neurons side by side, the last block filled with neurons that
/// are 0 and stay so. Sums run in a fixed order, so that results are the same on every machine.
package struct RectifierPass {
    /// (1 + dimension) x blocks: the outer weights, then the inner ones, a row a dimension.
    package var weights: [SIMD8<Double>]
    /// The same layout.
    package private(set) var gradient: [SIMD8<Double>]
    /// 2 x blocks: the mean of |x|² over the points at which each neuron fires; one point's preactivations.
    private var scratch: [SIMD8<Double>]

    package let blocks: Int
    private let width: Int
    private let sample: Sample

    package init(_ network: HomogeneousNetwork, inputs: Matrix, labels: [Double]) {
        let dimension = network.dimension
        width = network.width
        blocks = (width + 7) / 8
        weights = Array(repeating: .zero, count: (1 + dimension) * blocks)
        for j in 0..<width {
            weights[j / 8][j % 8] = network.outer[j]
            for l in 0..<dimension { weights[(1 + l) * blocks + j / 8][j % 8] = network.inner[j, l] }
        }
        gradient = weights
        scratch = Array(repeating: .zero, count: 2 * blocks)
        sample = Sample(
            dimension: dimension, blocks: blocks, inputs: inputs.elements,
            squares: (0..<inputs.rows).map { i in inputs.row(i).reduce(0) { $0 + $1 * $1 } }, labels: labels)
    }

    /// Where `weights` has the outer ones.
    package var outerLayer: Range<Int> { 0..<blocks }

    /// Where `weights` has the inner ones.
    package var innerLayer: Range<Int> { blocks..<weights.count }

    package var network: HomogeneousNetwork {
        HomogeneousNetwork(
            .relu, outer: (0..<width).map { weights[$0 / 8][$0 % 8] },
            inner: Matrix(rows: width, columns: sample.dimension) { weights[(1 + $1) * blocks + $0 / 8][$0 % 8] })
    }

    /// Sets `gradient` to that of mean (f - y)² + λ Σ (A + B); B's with the points at which a neuron fires held fixed.
    ///
    /// - Returns: mean (f - y)².
    /// - Complexity: O(points · width · dimension).
    package mutating func differentiate(flatnessWeight: Double) -> Double {
        let (sample, blocks, count) = (sample, blocks, sample.labels.count)
        let scale = 2 / Double(count)
        var risk = 0.0
        weights.withUnsafeBufferPointer { w in
            gradient.withUnsafeMutableBufferPointer { g in
                scratch.withUnsafeMutableBufferPointer { scratch in
                    g.update(repeating: .zero)
                    scratch.update(repeating: .zero)
                    let (fires, u) = (scratch.extracting(0..<blocks), scratch.extracting(blocks..<(2 * blocks)))
                    for i in 0..<count {
                        risk += sample.add(i, w, g, fires, u, flatnessWeight)
                    }
                    for b in 0..<blocks { g[b] += flatnessWeight * w[b] * fires[b] }
                    for k in g.indices { g[k] *= scale }
                }
            }
        }
        return risk / Double(count)
    }
}

private struct Sample {
    let dimension, blocks: Int
    /// points x dimension.
    let inputs: [Double]
    /// |x|² of each point.
    let squares: [Double]
    let labels: [Double]

    /// Adds a point's part of the gradient, without the factor 2 / points.
    ///
    /// - Returns: its squared error.
    @inline(__always)
    func add(
        _ i: Int, _ w: UnsafeBufferPointer<SIMD8<Double>>, _ g: UnsafeMutableBufferPointer<SIMD8<Double>>,
        _ fires: UnsafeMutableBufferPointer<SIMD8<Double>>, _ u: UnsafeMutableBufferPointer<SIMD8<Double>>,
        _ flatnessWeight: Double
    ) -> Double {
        let row = i * dimension
        for b in 0..<blocks { u[b] = .zero }
        for l in 0..<dimension {
            let (x, start) = (inputs[row + l], (1 + l) * blocks)
            for b in 0..<blocks { u[b] += x * w[start + b] }
        }
        var output = SIMD8<Double>.zero
        for b in 0..<blocks { output += w[b] * SIMD8.zero.replacing(with: u[b], where: u[b] .> SIMD8.zero) }
        let residual = output.sum() - labels[i]
        let square = SIMD8(repeating: squares[i])
        for b in 0..<blocks {
            let on = u[b] .> SIMD8.zero
            let value = SIMD8.zero.replacing(with: u[b], where: on)
            g[b] += residual * value
            fires[b] += SIMD8.zero.replacing(with: square, where: on)
            u[b] = SIMD8.zero.replacing(with: residual * w[b], where: on) + flatnessWeight * value
        }
        for l in 0..<dimension {
            let (x, start) = (inputs[row + l], (1 + l) * blocks)
            for b in 0..<blocks { g[start + b] += x * u[b] }
        }
        return residual * residual
    }
}
