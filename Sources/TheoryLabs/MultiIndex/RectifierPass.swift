import LinearAlgebra

/// A network of rectifiers laid out for training: eight neurons side by side, the last block filled with neurons that are 0
/// and stay so. Sums run in a fixed order, so that results are the same on every machine.
package struct RectifierPass {
    /// blocks.
    package var outer: [SIMD8<Double>]
    /// dimension x blocks.
    package var inner: [SIMD8<Double>]
    package private(set) var outerGradient: [SIMD8<Double>]
    package private(set) var innerGradient: [SIMD8<Double>]
    /// Mean of |x|² over the points at which each neuron fires.
    private var firing: [SIMD8<Double>]
    private var preactivations: [SIMD8<Double>]

    private let width: Int
    private let dimension: Int
    private let inputs: [Double]
    private let squares: [Double]
    private let labels: [Double]

    package init(_ network: HomogeneousNetwork, inputs: Matrix, labels: [Double]) {
        width = network.width
        dimension = network.dimension
        let blocks = (width + 7) / 8
        outer = Array(repeating: .zero, count: blocks)
        inner = Array(repeating: .zero, count: blocks * dimension)
        for j in 0..<width {
            outer[j / 8][j % 8] = network.outer[j]
            for l in 0..<dimension { inner[l * blocks + j / 8][j % 8] = network.inner[j, l] }
        }
        outerGradient = outer
        innerGradient = inner
        firing = outer
        preactivations = outer
        self.inputs = inputs.elements
        self.labels = labels
        squares = (0..<inputs.rows).map { i in inputs.row(i).reduce(0) { $0 + $1 * $1 } }
    }

    package var network: HomogeneousNetwork {
        let blocks = outer.count
        return HomogeneousNetwork(
            .relu, outer: (0..<width).map { outer[$0 / 8][$0 % 8] },
            inner: Matrix(rows: width, columns: dimension) { inner[$1 * blocks + $0 / 8][$0 % 8] })
    }

    /// The gradients of mean (f - y)² + λ Σ (A + B), in place; B's with the points at which a neuron fires held fixed.
    ///
    /// - Returns: mean (f - y)².
    /// - Complexity: O(points · width · dimension), 11 µs for 100 points, 60 neurons and 10 dimensions.
    package mutating func gradients(flatnessWeight: Double) -> Double {
        let (blocks, points) = (outer.count, labels.count)
        let scale = 2 / Double(points)
        var risk = 0.0
        for b in 0..<blocks {
            outerGradient[b] = .zero
            firing[b] = .zero
        }
        for k in innerGradient.indices { innerGradient[k] = .zero }
        outer.withUnsafeBufferPointer { a in
            inner.withUnsafeBufferPointer { w in
                outerGradient.withUnsafeMutableBufferPointer { da in
                    innerGradient.withUnsafeMutableBufferPointer { dw in
                        firing.withUnsafeMutableBufferPointer { fires in
                            preactivations.withUnsafeMutableBufferPointer { u in
                                for i in 0..<points {
                                    let row = i * dimension
                                    for b in 0..<blocks { u[b] = inputs[row] * w[b] }
                                    for l in 1..<dimension {
                                        let (x, start) = (inputs[row + l], l * blocks)
                                        for b in 0..<blocks { u[b] += x * w[start + b] }
                                    }
                                    var output = SIMD8<Double>.zero
                                    for b in 0..<blocks { output += a[b] * u[b].clamped(lowerBound: .zero, upperBound: .infinite) }
                                    let residual = output.sum() - labels[i]
                                    risk += residual * residual
                                    for b in 0..<blocks {
                                        let on = u[b] .> SIMD8<Double>.zero
                                        let value = SIMD8<Double>.zero.replacing(with: u[b], where: on)
                                        da[b] += residual * value
                                        fires[b] += SIMD8<Double>.zero.replacing(with: SIMD8(repeating: squares[i]), where: on)
                                        u[b] =
                                            SIMD8<Double>.zero.replacing(with: residual * a[b], where: on)
                                            + flatnessWeight * value
                                    }
                                    for l in 0..<dimension {
                                        let (x, start) = (inputs[row + l], l * blocks)
                                        for b in 0..<blocks { dw[start + b] += x * u[b] }
                                    }
                                }
                                for b in 0..<blocks { da[b] = scale * (da[b] + flatnessWeight * a[b] * fires[b]) }
                                for k in dw.indices { dw[k] *= scale }
                            }
                        }
                    }
                }
            }
        }
        return risk / Double(points)
    }
}

extension SIMD8<Double> {
    fileprivate static let infinite = SIMD8(repeating: .infinity)
}
