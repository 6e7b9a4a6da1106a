import LinearAlgebra
import Networks

/// The diagonal of the Hessian of a ReLU network's mean loss, exactly, one non-negative number a parameter.
///
/// With v_{l,i} = |A J_l|² of column i (for the cross-entropy: the variance under p = softmax(z) of dz_c / du_{l,i}, u
/// the pre-activation) and a_{l-1} the layer's input,
///
///     H[W_l(i, j)] = mean v_{l,i} a²_{l-1,j},    H[b_l(i)] = mean v_{l,i}.
///
/// Where a pre-activation is exactly 0 the loss has a kink, and the diagonal is that of the region with the unit off.
package struct HessianDiagonal: Sendable {
    package let architecture: Architecture
    /// Laid out as `Architecture` says.
    package let values: [Double]

    package var trace: Double { values.reduce(0, +) }

    /// The sum over each layer's weights and biases.
    package var layerTraces: [Double] {
        architecture.layers.map { values[$0.parameters].reduce(0, +) }
    }

    /// Labels do not enter: neither loss curves differently at another label.
    ///
    /// - Parameter inputs: count x inputSize, row-major; at least one point.
    /// - Complexity: O(count · (parameters + classes · Σ_l width_l · width_{l+1})), the last sum over the hidden
    ///   widths.
    package init(of network: Float64Network, loss: OutputLoss, on inputs: [Double], count: Int) {
        precondition(count > 0)
        let width = network.architecture.inputSize
        self.init(network, size: count) { add in
            for start in stride(from: 0, to: count, by: Network.blockSize) {
                let block = min(Network.blockSize, count - start)
                let part = Array(inputs[start * width..<(start + block) * width])
                add(LayerRows(network, loss: loss, inputs: part, count: block))
            }
        }
    }

    /// The same of a view's network on its points, with the passes that other measures have made.
    init(of view: PointView) {
        self.init(view.network, size: view.count) { add in view.forEachPass { add($0.curvatureRows) } }
    }

    /// - Parameter visit: calls what it gets with A J_l of all points, part by part.
    private init(_ network: Float64Network, size: Int, visit: (_ add: (LayerRows) -> Void) -> Void) {
        architecture = network.architecture
        let layers = architecture.layers
        var sums = [Double](repeating: 0, count: network.parameters.count)
        visit { rows in
            for points in rows.parts { Self.add(rows, points, layers, to: &sums) }
        }
        values = sums.map { $0 / Double(size) }
    }

    /// Σ_i v_{l,i} a²_{l-1,j} and Σ_i v_{l,i} over a range of points.
    private static func add(
        _ roots: LayerRows, _ points: Range<Int>, _ layers: [Architecture.Layer], to sums: inout [Double]
    ) {
        roots.forEachLayer(of: points) { index, rows in
            let layer = layers[index]
            let curvatures = columnSquares(rows, points: points.count, width: layer.outputs)
            let inputs = roots.outputs[index][points.lowerBound * layer.inputs..<points.upperBound * layer.inputs]
            let squares = inputs.map { $0 * $0 }
            for (place, curvature) in curvatures.enumerated() {
                sums[layer.biasOffset + place % layer.outputs] += curvature
            }
            sums.withUnsafeMutableBufferPointer { sums in
                guard let result = UnsafeMutableBufferPointer(rebasing: sums[layer.weights]).baseAddress else { return }
                BLAS.multiply(
                    curvatures, .yes, leadingA: layer.outputs, squares, .no, leadingB: layer.inputs, into: result,
                    leadingC: layer.inputs, m: layer.outputs, n: layer.inputs, k: points.count, beta: 1)
            }
        }
    }

    /// The squared length of each column of each point's part of `rows`; points x width.
    private static func columnSquares(_ rows: [Double], points: Int, width: Int) -> [Double] {
        var squares = [Double](repeating: 0, count: points * width)
        let classes = rows.count / squares.count
        rows.withUnsafeBufferPointer { rows in
            squares.withUnsafeMutableBufferPointer { squares in
                for point in 0..<points {
                    let own = UnsafeMutableBufferPointer(rebasing: squares[point * width..<(point + 1) * width])
                    for row in point * classes..<(point + 1) * classes {
                        let values = UnsafeBufferPointer(rebasing: rows[row * width..<(row + 1) * width])
                        for u in 0..<width { own[u] += values[u] * values[u] }
                    }
                }
            }
        }
        return squares
    }
}
