import LinearAlgebra
import Networks

/// The linear maps between a network's layers at one point, with the units on and off as they are there.
struct NetworkChains {
    /// du_l / du_j for j ≤ l, by l and j.
    let fromPreactivations: [[Matrix]]
    /// du_l / da_j for j < l, by l and j.
    let fromOutputs: [[Matrix]]
    /// u of each layer, before the ReLU.
    let preactivations: [[Double]]
    /// n = |(a, 1)| of each layer's input, |a| where there are no biases.
    let inputLengths: [Double]

    /// - Parameter outputs: the inputs, then what each layer gives, of all points.
    init(_ architecture: Architecture, _ parameters: [Double], _ outputs: [[Double]], point: Int, hasBiases: Bool) {
        var (chains, open): ([[Matrix]], [[Matrix]]) = ([], [])
        var (preactivations, lengths): ([[Double]], [Double]) = ([], [])
        for layer in architecture.layers {
            let input = outputs[chains.count][point * layer.inputs..<(point + 1) * layer.inputs]
            let weights = Matrix(rows: layer.outputs, columns: layer.inputs, elements: Array(parameters[layer.weights]))
            let masked = Matrix(rows: layer.outputs, columns: layer.inputs) { row, column in
                input[input.startIndex + column] > 0 ? weights[row, column] : 0
            }
            preactivations.append(
                (0..<layer.outputs).map { dot(weights.row($0), input) + parameters[layer.biasOffset + $0] })
            lengths.append((dot(input, input) + (hasBiases ? 1 : 0)).squareRoot())
            open.append((open.last ?? []).map { masked * $0 } + (chains.isEmpty ? [] : [weights]))
            chains.append((chains.last ?? []).map { masked * $0 } + [.identity(layer.outputs)])
        }
        fromPreactivations = chains
        fromOutputs = open
        self.preactivations = preactivations
        inputLengths = lengths
    }

    /// |du_{l,i} / dθ| of each unit of a layer.
    func slopes(_ layer: Int) -> [Double] {
        preactivations[layer].indices.map { unit in
            zip(fromPreactivations[layer], inputLengths).reduce(0) { sum, part in
                sum + dot(part.0.row(unit), part.0.row(unit)) * part.1 * part.1
            }.squareRoot()
        }
    }

    /// ‖du_l / dθ‖: du_l / dW_j is du_l / du_j times the layer's input.
    func jacobianNorm(_ layer: Int) -> Double {
        let width = preactivations[layer].count
        let squares = zip(fromPreactivations[layer], inputLengths).reduce(Matrix(rows: width, columns: width)) {
            $0 + ($1.1 * $1.1) * ($1.0 * $1.0.transposed)
        }
        return squares.symmetricEigendecomposition()?.values.last?.squareRoot() ?? .infinity
    }

    /// The spectral norms of a layer's maps, and of the same after its ReLU.
    func norms(_ maps: [Matrix], layer: Int) -> (before: [Double], after: [Double]) {
        let isOn = preactivations[layer].map { $0 > 0 }
        let masked = maps.map { map in Matrix(rows: map.rows, columns: map.columns) { isOn[$0] ? map[$0, $1] : 0 } }
        return (maps.map(\.spectralNorm), masked.map(\.spectralNorm))
    }
}

extension Matrix {
    /// The largest singular value; infinite where there is none.
    fileprivate var spectralNorm: Double { singularValueDecomposition()?.values.first ?? .infinity }
}
