import LinearAlgebra
import Networks

/// A loss of a network's outputs z, which says how it curves in them.
package enum OutputLoss: Sendable {
    /// -log softmax(z) at the label: S = diag(p) - p pᵀ = Aᵀ A with A = diag(√p) (I - 1 pᵀ).
    case crossEntropy
    /// |z - y|², y the label's unit vector: S = 2 I, A = √2 I.
    case squaredError
}

/// Rows r of the outputs z pulled back through the layers: r J_l at many points, J_l = dz / d(pre-activation of layer
/// l).
///
/// What they start with says what they are. The rows of A, with S = Aᵀ A the loss's curvature in the outputs, give the
/// generalised Gauss–Newton matrix: inside a linear region of a ReLU network every output is affine in each single
/// parameter, so that the Hessian's diagonal is |A J_l|² summed column by column, times the squared inputs of the
/// layer. Unit vectors give the Jacobian, p - y the gradient's factors δ_l. Rows of the cross-entropy's A are
/// differences from a mean and leave nothing to cancel. All float64, for all points of a part at once.
struct LayerRows {
    /// The rows at the outputs of a range of points, points x rows x classes.
    typealias Start = (_ points: Range<Int>) -> [Double]

    private let network: Float64Network
    private let layers: [Architecture.Layer]
    private let rowsPerPoint: Int
    private let start: Start
    /// The inputs, then what each layer gives; see `Float64Network`.
    let outputs: [[Double]]
    let count: Int

    init(_ network: Float64Network, outputs: [[Double]], count: Int, rowsPerPoint: Int, start: @escaping Start) {
        self.network = network
        self.outputs = outputs
        self.count = count
        self.rowsPerPoint = rowsPerPoint
        self.start = start
        layers = network.architecture.layers
    }

    /// A J_l of a loss.
    init(_ network: Float64Network, loss: OutputLoss, inputs: [Double], count: Int) {
        let outputs = network.outputs(of: inputs, count: count)
        let classes = network.architecture.classCount
        let logits = outputs[outputs.count - 1]
        self.init(network, outputs: outputs, count: count, rowsPerPoint: classes) { points in
            curvatureRoots(loss, logits: logits, classes: classes, points)
        }
    }

    /// Points whose rows are held at a time: 8 MiB however wide the layers are, unless one point takes more.
    var parts: [Range<Int>] {
        let widest = layers.map(\.outputs).max() ?? 1
        let step = max(1, min(256, (1 << 20) / (rowsPerPoint * widest)))
        return stride(from: 0, to: count, by: step).map { $0..<min($0 + step, count) }
    }

    /// Calls `visit` for each layer from the last to the first.
    ///
    /// - Parameter visit: gets the layer's index and the rows, points x rows x outputs of the layer.
    /// - Complexity: O(points · rows · Σ_l width_l · width_{l+1}) over the hidden widths.
    func forEachLayer(of points: Range<Int>, _ visit: (_ layer: Int, _ rows: [Double]) -> Void) {
        var rows = start(points)
        for index in layers.indices.reversed() {
            visit(index, rows)
            guard index > 0 else { break }
            rows = layers[index].backward(rows, count: points.count * rowsPerPoint, of: network.parameters)
            pullBack(&rows, outputs: outputs[index], points: points, width: layers[index].inputs)
        }
    }

    /// The rows of one layer alone.
    func rows(of points: Range<Int>, at layer: Int) -> [Double] {
        var found: [Double] = []
        forEachLayer(of: points) { if $0 == layer { found = $1 } }
        return found
    }

    /// Multiplies each point's rows x width part of `rows` by the activation's derivatives there.
    private func pullBack(_ rows: inout [Double], outputs: [Double], points: Range<Int>, width: Int) {
        let activation = network.architecture.activation
        outputs.withUnsafeBufferPointer { outputs in
            rows.withUnsafeMutableBufferPointer { rows in
                for (place, point) in points.enumerated() {
                    let units = UnsafeBufferPointer(rebasing: outputs[point * width..<(point + 1) * width])
                    for row in place * rowsPerPoint..<(place + 1) * rowsPerPoint {
                        let values = UnsafeMutableBufferPointer(rebasing: rows[row * width..<(row + 1) * width])
                        activation.pullBack(values, outputs: units)
                    }
                }
            }
        }
    }
}

/// A of each point, points x classes x classes.
func curvatureRoots(_ loss: OutputLoss, logits: [Double], classes: Int, _ points: Range<Int>) -> [Double] {
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

/// Q A of each point for the cross-entropy's A, points x (classes - 1) x classes.
///
/// √pᵀ A = 0, so that the Householder matrix Q that takes √p to the axis of the likeliest class k leaves a row of zeros
/// there. The others are √p_c ((e_c - p) - √p_k / (1 + √p_k) (e_k - p)): differences from a mean, as the rows of A are.
func independentCurvatureRoots(logits: [Double], classes: Int, _ points: Range<Int>) -> [Double] {
    var probabilities = [Double](repeating: 0, count: classes)
    var roots: [Double] = []
    roots.reserveCapacity(points.count * (classes - 1) * classes)
    for point in points {
        softmax(logits, from: point * classes, into: &probabilities)
        let likeliest = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        let top = probabilities[likeliest].squareRoot()
        let share = top / (1 + top)
        for c in 0..<classes where c != likeliest {
            let root = probabilities[c].squareRoot()
            for u in 0..<classes {
                let own = (c == u ? 1 : 0) - probabilities[u]
                let common = (likeliest == u ? 1 : 0) - probabilities[u]
                roots.append(root * (own - share * common))
            }
        }
    }
    return roots
}
