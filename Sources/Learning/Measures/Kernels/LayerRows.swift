import LinearAlgebra
import Networks

/// A loss of a network's outputs z, which says how it curves in them.
package enum OutputLoss: Sendable {
    /// -log softmax(z) at the label: S = diag(p) - p pᵀ = Aᵀ A with A = diag(√p) (I - 1 pᵀ).
    case crossEntropy
    /// |z - y|², y the label's unit vector: S = 2 I, A = √2 I.
    case squaredError
}

/// The rows of A J_l at many points, layer by layer: J_l = dz / d(pre-activation of layer l) and S = Aᵀ A the loss's
/// curvature in the outputs z.
///
/// Inside a linear region of a ReLU network every output is affine in each single parameter, so the loss's Hessian has
/// the diagonal of the generalised Gauss–Newton matrix: |A J_l|² summed column by column, times the squared inputs of
/// the layer. The rows of A J_l are carried from layer to layer for all points at once; those of the cross-entropy are
/// differences from a mean and leave nothing to cancel. All float64.
struct CurvatureRoots {
    private let network: Float64Network
    private let layers: [Architecture.Layer]
    private let loss: OutputLoss
    /// The inputs, then what each layer gives; see `Float64Network`.
    let outputs: [[Double]]
    let count: Int

    init(_ network: Float64Network, loss: OutputLoss, inputs: [Double], count: Int) {
        self.network = network
        self.loss = loss
        self.count = count
        layers = network.architecture.layers
        outputs = network.outputs(of: inputs, count: count)
    }

    /// Points whose rows are held at a time: 8 MiB however wide the layers are, unless one point takes more.
    var parts: [Range<Int>] {
        let widest = layers.map(\.outputs).max() ?? 1
        let step = max(1, min(256, (1 << 20) / (network.architecture.classCount * widest)))
        return stride(from: 0, to: count, by: step).map { $0..<min($0 + step, count) }
    }

    /// Calls `visit` for each layer from the last to the first.
    ///
    /// - Parameter visit: gets the layer's index and A J_l, points x classes x outputs of the layer.
    /// - Complexity: O(points · classes · Σ_l width_l · width_{l+1}) over the hidden widths.
    func forEachLayer(of points: Range<Int>, _ visit: (_ layer: Int, _ rows: [Double]) -> Void) {
        let classes = network.architecture.classCount
        var rows = roots(at: points)
        for index in layers.indices.reversed() {
            visit(index, rows)
            guard index > 0 else { break }
            rows = rowsBelow(layers[index], rows, count: points.count * classes)
            drop(unitsOffIn: outputs[index], points: points, width: layers[index].inputs, classes: classes, from: &rows)
        }
    }

    private func rowsBelow(_ layer: Architecture.Layer, _ rows: [Double], count: Int) -> [Double] {
        var below = [Double](repeating: 0, count: count * layer.inputs)
        network.parameters.withUnsafeBufferPointer { parameters in
            let weights = UnsafeBufferPointer(rebasing: parameters[layer.weights])
            guard let weights = weights.baseAddress, count > 0 else { return }
            BLAS.multiply(
                rows, .no, leadingA: layer.outputs, weights, .no, leadingB: layer.inputs, into: &below,
                leadingC: layer.inputs, m: count, n: layer.inputs, k: layer.outputs)
        }
        return below
    }

    /// A of each point, points x classes x classes.
    private func roots(at points: Range<Int>) -> [Double] {
        let classes = network.architecture.classCount
        let logits = outputs[layers.count]
        var probabilities = [Double](repeating: 0, count: classes)
        var roots: [Double] = []
        roots.reserveCapacity(points.count * classes * classes)
        for point in points {
            switch loss {
            case .crossEntropy:
                softmax(logits, from: point * classes, into: &probabilities)
                for c in 0..<classes {
                    let root = probabilities[c].squareRoot()
                    for u in 0..<classes { roots.append(root * ((c == u ? 1 : 0) - probabilities[u])) }
                }
            case .squaredError:
                for c in 0..<classes {
                    for u in 0..<classes { roots.append(c == u ? 2.0.squareRoot() : 0) }
                }
            }
        }
        return roots
    }

    /// Sets the columns of units that are off at a point to 0 in its classes x width part of `rows`.
    private func drop(
        unitsOffIn activations: [Double], points: Range<Int>, width: Int, classes: Int, from rows: inout [Double]
    ) {
        activations.withUnsafeBufferPointer { activations in
            rows.withUnsafeMutableBufferPointer { rows in
                for (place, point) in points.enumerated() {
                    let units = UnsafeBufferPointer(rebasing: activations[point * width..<(point + 1) * width])
                    for row in place * classes..<(place + 1) * classes {
                        let values = UnsafeMutableBufferPointer(rebasing: rows[row * width..<(row + 1) * width])
                        for u in 0..<width { values[u] = units[u] <= 0 ? 0 : values[u] }
                    }
                }
            }
        }
    }
}
