import LinearAlgebra
import Networks

/// A forward pass over some points, and what is pulled back or pushed forward through it; all float64.
struct PointPass {
    let network: Float64Network
    /// The place of its first point among all.
    let first: Int
    let count: Int
    /// The inputs, then what each layer gives; see `Float64Network`.
    let outputs: [[Double]]

    init(_ network: Float64Network, first: Int, count: Int, outputs: [[Double]]) {
        self.network = network
        self.first = first
        self.count = count
        self.outputs = outputs
    }

    var layers: [Architecture.Layer] { network.architecture.layers }
    var classes: Int { network.architecture.classCount }
    /// count x classes.
    var logits: [Double] { outputs[outputs.count - 1] }

    /// Class probabilities, count x classes.
    var probabilities: [Double] { softmaxRows(logits, classes: classes) }

    /// A J_l of the cross-entropy.
    var curvatureRows: LayerRows {
        let (logits, classes) = (logits, classes)
        return LayerRows(network, outputs: outputs, count: count, rowsPerPoint: classes) { points in
            curvatureRoots(.crossEntropy, logits: logits, classes: classes, points)
        }
    }

    /// The same curvature in one row a point less, as a spectrum wants it: Q A J_l, Q orthogonal, without the row of
    /// zeros.
    var independentCurvatureRows: LayerRows {
        let (logits, classes) = (logits, classes)
        return LayerRows(network, outputs: outputs, count: count, rowsPerPoint: classes - 1) { points in
            independentCurvatureRoots(logits: logits, classes: classes, points)
        }
    }

    /// Rows of the outputs that are given for all points, pulled back.
    ///
    /// - Parameter rows: count x rowsPerPoint x classes.
    func rows(_ rows: [Double], rowsPerPoint: Int) -> LayerRows {
        let size = rowsPerPoint * classes
        return LayerRows(network, outputs: outputs, count: count, rowsPerPoint: rowsPerPoint) { points in
            Array(rows[points.lowerBound * size..<points.upperBound * size])
        }
    }

    /// p - e_y, count x classes: the gradient of each point's cross-entropy in its logits.
    func errors(_ labels: some Collection<UInt8>) -> [Double] {
        var errors = probabilities
        for (point, label) in labels.enumerated() { errors[point * classes + Int(label)] -= 1 }
        return errors
    }

    /// Calls `visit` with δ_l, the gradient of each point's cross-entropy in layer l's pre-activations (count x
    /// outputs), from the last layer to the first.
    func forEachError(_ labels: some Collection<UInt8>, _ visit: (_ layer: Int, _ rows: [Double]) -> Void) {
        rows(errors(labels), rowsPerPoint: 1).forEachLayer(of: 0..<count, visit)
    }

    /// Adds the sum of the points' gradients to `sums`, laid out as `Architecture` says.
    ///
    /// - Parameter visit: gets δ_l of each layer besides.
    func addGradient(
        _ labels: some Collection<UInt8>, to sums: inout [Double],
        _ visit: (_ layer: Int, _ rows: [Double]) -> Void = { _, _ in }
    ) {
        forEachError(labels) { index, rows in
            layers[index].outer(rows, outputs[index], count: count, addingTo: &sums)
            layers[index].columnSums(rows, addingTo: &sums)
            visit(index, rows)
        }
    }

    /// The derivatives of inputs and layers' outputs along a direction of the parameters: one buffer more than layers,
    /// the last one that of the logits, J v.
    ///
    /// - Parameter direction: laid out as `Architecture` says.
    func tangent(along direction: [Double]) -> [[Double]] {
        var tangents: [[Double]] = [[]]
        for (index, layer) in layers.enumerated() {
            var next = [Double](repeating: 0, count: count * layer.outputs)
            addBias(direction[layer.biases], to: &next)
            layer.forward(outputs[index], count: count, of: direction, addingTo: &next)
            if index > 0 { layer.forward(tangents[index], count: count, of: network.parameters, addingTo: &next) }
            if index < layers.count - 1 { network.architecture.activation.pullBack(&next, outputs: outputs[index + 1]) }
            tangents.append(next)
        }
        return tangents
    }

    private func addBias(_ biases: ArraySlice<Double>, to rows: inout [Double]) {
        let biases = Array(biases)
        for start in stride(from: 0, to: rows.count, by: biases.count) {
            for output in biases.indices { rows[start + output] += biases[output] }
        }
    }
}

/// softmax of each row of logits.
func softmaxRows(_ logits: [Double], classes: Int) -> [Double] {
    var (result, row) = ([Double](), [Double](repeating: 0, count: classes))
    result.reserveCapacity(logits.count)
    for start in stride(from: 0, to: logits.count, by: classes) {
        softmax(logits, from: start, into: &row)
        result += row
    }
    return result
}
