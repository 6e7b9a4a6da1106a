import Measures
import Networks

/// The full Hessian of the mean loss of a tiny network, entry by entry from hyper-dual numbers in float64.
struct DenseHessian {
    let size: Int
    /// size x size, row-major.
    let entries: [Double]

    init(_ network: Network, _ points: LabelledPoints) {
        self.init(Float64Network(network), .crossEntropy, inputs: points.inputs.map(Double.init), labels: points.labels)
    }

    init(_ network: Float64Network, _ loss: OutputLoss, inputs: [Double], labels: [UInt8]) {
        let size = network.parameters.count
        var entries = [Double](repeating: 0, count: size * size)
        var parameters = network.parameters.map { HyperDual($0) }
        for i in 0..<size {
            for j in i..<size {
                parameters[i].first = 1
                parameters[j].second = 1
                let entry = Self.loss(loss, network.architecture, parameters, inputs, labels).mixed
                (entries[i * size + j], entries[j * size + i]) = (entry, entry)
                parameters[i].first = 0
                parameters[j].second = 0
            }
        }
        self.size = size
        self.entries = entries
    }

    subscript(i: Int, j: Int) -> Double { entries[i * size + j] }

    var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

    /// The variance of vᵀ H v over independent random signs: twice the sum of the squared off-diagonal entries.
    var signProbeVariance: Double {
        2 * (entries.reduce(0) { $0 + $1 * $1 } - (0..<size).reduce(0) { $0 + self[$1, $1] * self[$1, $1] })
    }

    /// vᵀ H v, and Σ |v_i H_ij v_j|: what rounding errors are relative to.
    func quadraticForm(_ v: [Float]) -> (value: Double, scale: Double) {
        var (value, scale) = (0.0, 0.0)
        for i in 0..<size {
            for j in 0..<size {
                let term = Double(v[i]) * self[i, j] * Double(v[j])
                value += term
                scale += abs(term)
            }
        }
        return (value, scale)
    }

    static func loss(
        _ loss: OutputLoss, _ architecture: Architecture, _ parameters: [HyperDual], _ inputs: [Double],
        _ labels: [UInt8]
    ) -> HyperDual {
        let slope = if case .leakyReLU(let slope) = architecture.activation { Double(slope) } else { 0.0 }
        var total = HyperDual(0)
        for (point, label) in labels.enumerated() {
            var values = (0..<architecture.inputSize).map { HyperDual(inputs[point * architecture.inputSize + $0]) }
            for (index, layer) in architecture.layers.enumerated() {
                values = (0..<layer.outputs).map { j in
                    var z = parameters[layer.biasOffset + j]
                    for i in 0..<layer.inputs {
                        z = z + parameters[layer.weightOffset + j * layer.inputs + i] * values[i]
                    }
                    return index < architecture.layers.count - 1 ? .rectified(z, slope: slope) : z
                }
            }
            switch loss {
            case .crossEntropy:
                let sum = values.reduce(HyperDual(0)) { $0 + .exp($1) }
                total = total + (.log(sum) - values[Int(label)])
            case .squaredError:
                for (c, value) in values.enumerated() {
                    let error = value - HyperDual(c == Int(label) ? 1 : 0)
                    total = total + error * error
                }
            }
        }
        return total * HyperDual(1 / Double(labels.count))
    }
}
