import Foundation
import Networks
import Randomness

/// The network once more in float64 and plain loops, one point at a time: the oracle of the fast passes.
struct SlowNetwork {
    let network: Network

    /// Each layer's output for one point, rectified but for the last.
    func outputs(_ input: [Float]) -> [[Double]] {
        var result: [[Double]] = []
        var values = input.map(Double.init)
        for (index, layer) in network.architecture.layers.enumerated() {
            var next: [Double] = []
            for j in 0..<layer.outputs {
                var z = Double(network.parameters[layer.biasOffset + j])
                for i in 0..<layer.inputs {
                    z += Double(network.parameters[layer.weightOffset + j * layer.inputs + i]) * values[i]
                }
                let isLast = index == network.architecture.layers.count - 1
                next.append(isLast || z > 0 ? z : 0)
            }
            values = next
            result.append(next)
        }
        return result
    }
}

extension Network {
    /// A network with weights and biases between -0.8 and 0.8.
    static func random(_ widths: [Int], seed: UInt64) -> Network {
        let architecture = Architecture(widths: widths)
        var stream = NativeStream(seed: seed)
        return Network(
            architecture: architecture,
            parameters: stream.uniforms(count: architecture.parameterCount, low: -0.8, high: 0.8))
    }
}

extension LabelledPoints {
    /// Points with inputs between -1 and 1 and labels that take turns.
    static func random(_ count: Int, inputSize: Int, classCount: Int, seed: UInt64) -> LabelledPoints {
        var stream = NativeStream(seed: seed).child("points")
        return LabelledPoints(
            inputs: stream.uniforms(count: count * inputSize, low: -1, high: 1),
            labels: (0..<count).map { UInt8($0 % classCount) }, inputSize: inputSize)
    }

    /// The same with one input in five, and on whole points all, not zero.
    static func mostlyZero(_ count: Int, inputSize: Int, classCount: Int, seed: UInt64) -> LabelledPoints {
        let points = random(count, inputSize: inputSize, classCount: classCount, seed: seed)
        var stream = NativeStream(seed: seed).child("zeros")
        let chances = stream.uniforms(count: count * inputSize, low: 0, high: 1)
        let inputs = points.inputs.indices.map { place in
            chances[place] < 0.2 || place / inputSize % 10 == 9 ? points.inputs[place] : 0
        }
        return LabelledPoints(inputs: inputs, labels: points.labels, inputSize: inputSize)
    }

    func input(_ point: Int) -> [Float] { Array(inputs[point * inputSize..<(point + 1) * inputSize]) }
}
