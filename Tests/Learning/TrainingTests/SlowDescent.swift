import Foundation
import Networks
import Randomness

/// Stochastic gradient descent once more, in float64 and plain loops over all input columns: the oracle of training.
struct SlowDescent {
    let architecture: Architecture
    var parameters: [Double]
    /// Of each point, what is added to its inputs, and what each hidden unit's output is multiplied by; nothing, and 1,
    /// where nothing stands.
    var added: [Int: [Float]] = [:]
    var factors: [Int: [[Float]]] = [:]

    init(_ network: Network) {
        architecture = network.architecture
        parameters = network.parameters.map(Double.init)
    }

    private var slope: Double {
        if case .leakyReLU(let slope) = architecture.activation { Double(slope) } else { 0 }
    }

    /// Each layer's outputs for one point, the inputs first; after the activation but for the last.
    func outputs(_ input: [Float], point: Int = -1) -> [[Double]] {
        var result = [input.enumerated().map { Double($1) + Double(added[point]?[$0] ?? 0) }]
        for (index, layer) in architecture.layers.enumerated() {
            let below = result[index]
            result.append(
                (0..<layer.outputs).map { j in
                    var z = parameters[layer.biasOffset + j]
                    for i in 0..<layer.inputs { z += parameters[layer.weightOffset + j * layer.inputs + i] * below[i] }
                    if index == architecture.layers.count - 1 { return z }
                    return (z > 0 ? z : slope * z) * Double(factors[point]?[index][j] ?? 1)
                })
        }
        return result
    }

    /// The mean cross-entropy of the points at `batch`.
    func loss(_ points: LabelledPoints, _ batch: [Int]) -> Double {
        let total = batch.reduce(0.0) { sum, point in
            let logits = outputs(points.input(point), point: point)[architecture.layers.count]
            return sum + log(logits.reduce(0) { $0 + exp($1) }) - logits[Int(points.labels[point])]
        }
        return total / Double(batch.count)
    }

    /// The loss's derivatives by central differences: right to about 1e-9 where no unit switches within the step.
    func numericalGradient(_ points: LabelledPoints, _ batch: [Int]) -> [Double] {
        let h = 1e-6
        return parameters.indices.map { index in
            var (up, down) = (self, self)
            up.parameters[index] += h
            down.parameters[index] -= h
            return (up.loss(points, batch) - down.loss(points, batch)) / (2 * h)
        }
    }

    /// The loss's derivatives by the chain rule, point by point.
    func gradient(_ points: LabelledPoints, _ batch: [Int]) -> [Double] {
        var gradient = [Double](repeating: 0, count: parameters.count)
        for point in batch {
            let values = outputs(points.input(point), point: point)
            let exponentials = values[architecture.layers.count].map { exp($0) }
            let sum = exponentials.reduce(0, +)
            var delta = exponentials.enumerated().map { c, value in
                (value / sum - (c == Int(points.labels[point]) ? 1 : 0)) / Double(batch.count)
            }
            for (index, layer) in architecture.layers.enumerated().reversed() {
                var below = [Double](repeating: 0, count: layer.inputs)
                for j in 0..<layer.outputs {
                    gradient[layer.biasOffset + j] += delta[j]
                    for i in 0..<layer.inputs {
                        gradient[layer.weightOffset + j * layer.inputs + i] += delta[j] * values[index][i]
                        below[i] += delta[j] * parameters[layer.weightOffset + j * layer.inputs + i]
                    }
                }
                delta = below.indices.map { i in
                    let factor = index > 0 ? Double(factors[point]?[index - 1][i] ?? 1) : 1
                    return below[i] * factor * (values[index][i] > 0 ? 1 : slope)
                }
            }
        }
        return gradient
    }

    /// Epochs of steps on consecutive batches of each epoch's permutation; the last batch may be smaller.
    mutating func train(
        _ points: LabelledPoints, batchSize: Int, rates: [Double], order: inout some PermutationSource,
        step: (inout SlowDescent, _ batch: [Int], _ rate: Double) -> Void
    ) {
        for rate in rates {
            var rest = order.permutation(of: points.count)
            while !rest.isEmpty {
                let batch = Array(rest.prefix(batchSize))
                rest.removeFirst(batch.count)
                step(&self, batch, rate)
            }
        }
    }

    /// The same with plain steps along the gradient.
    mutating func train(
        _ points: LabelledPoints, batchSize: Int, rates: [Double], order: inout some PermutationSource
    ) {
        train(points, batchSize: batchSize, rates: rates, order: &order) { descent, batch, rate in
            descent.add(-rate, times: descent.gradient(points, batch))
        }
    }

    mutating func add(_ factor: Double, times direction: [Double]) {
        for (index, value) in direction.enumerated() { parameters[index] += factor * value }
    }

    /// The largest difference from a network's parameters.
    func distance(to network: Network) -> Double {
        zip(parameters, network.parameters).reduce(0) { max($0, abs($1.0 - Double($1.1))) }
    }
}

extension LabelledPoints {
    func input(_ point: Int) -> [Float] { Array(inputs[point * inputSize..<(point + 1) * inputSize]) }
}
