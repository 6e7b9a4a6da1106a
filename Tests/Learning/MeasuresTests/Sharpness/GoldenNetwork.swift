import Foundation
import Measures
import Networks
import Randomness

/// A network and points that formulas make, and what an independent computation in double precision found for them:
/// W_l[i, j] = √(2 / fan in) sin(.7 (l + 1) + 1.3 i + .9 j + .37 i j), b_l[i] = .3 cos(.5 (l + 1) + 1.1 i),
/// x[i, j] = 1.5 sin(.31 (i + 1)(j + 1) + .5 j), y = i mod 3, all counted from 0; 20 points.
struct GoldenNetwork: Sendable {
    let widths: [Int]
    let loss: Double
    let trace: Double
    let largestEigenvalue: Double
    let orbitMinimum: Double
    let normBalancedTrace: Double
    let squaredErrorTrace: Double

    static let all = [
        GoldenNetwork(
            widths: [5, 7, 3], loss: 1.249295192346088, trace: 5.463364381793477, largestEigenvalue: 1.143657416,
            orbitMinimum: 5.145356455100, normBalancedTrace: 5.960844915, squaredErrorTrace: 52.249335235),
        GoldenNetwork(
            widths: [5, 7, 6, 3], loss: 1.150182152917803, trace: 4.952739202640347, largestEigenvalue: 1.366812443,
            orbitMinimum: 4.464231825689, normBalancedTrace: 5.576845974, squaredErrorTrace: 42.483593776),
        GoldenNetwork(
            widths: [4, 6, 5, 5, 3], loss: 1.0983392215822216, trace: 2.923213376192251, largestEigenvalue: 1.090172467,
            orbitMinimum: 2.376592775725, normBalancedTrace: 3.283903545, squaredErrorTrace: 21.832326285),
    ]

    static let count = 20

    let labels = (0..<count).map { UInt8($0 % 3) }

    /// count x inputs.
    var inputs: [Double] {
        let width = widths[0]
        return (0..<Self.count * width).map { place in
            let (i, j) = (Double(place / width), Double(place % width))
            return 1.5 * sin(0.31 * (i + 1) * (j + 1) + 0.5 * j)
        }
    }

    func network(biases: Bool = true) -> Float64Network {
        let architecture = Architecture(widths: widths)
        var parameters: [Double] = []
        for (l, layer) in architecture.layers.enumerated() {
            let scale = (2 / Double(layer.inputs)).squareRoot()
            for place in 0..<layer.weightCount {
                let (i, j) = (Double(place / layer.inputs), Double(place % layer.inputs))
                let angle: Double = 0.7 * Double(l + 1) + 1.3 * i + 0.9 * j + 0.37 * i * j
                parameters.append(scale * sin(angle))
            }
            for i in 0..<layer.outputs {
                parameters.append(biases ? 0.3 * cos(0.5 * Double(l + 1) + 1.1 * Double(i)) : 0)
            }
        }
        return Float64Network(architecture: architecture, parameters: parameters)
    }

    func diagonal(_ network: Float64Network, loss: OutputLoss = .crossEntropy) -> HessianDiagonal {
        HessianDiagonal(of: network, loss: loss, on: inputs, count: Self.count)
    }

    /// The mean cross-entropy.
    func loss(of network: Float64Network) -> Double {
        let logits = logits(of: network)
        return labels.enumerated().reduce(0) { sum, part in
            let scores = logits[part.offset * 3..<(part.offset + 1) * 3]
            return sum + log(scores.reduce(0) { $0 + exp($1) }) - scores[scores.startIndex + Int(part.element)]
        } / Double(Self.count)
    }

    func logits(of network: Float64Network) -> [Double] {
        network.outputs(of: inputs, count: Self.count)[widths.count - 1]
    }
}

extension Float64Network {
    /// A network with weights and biases between -0.8 and 0.8.
    static func random(_ widths: [Int], seed: UInt64 = 1) -> Float64Network { .init(.random(widths, seed: seed)) }

    /// Positive factors from e^-spread to e^spread, one a hidden neuron.
    static func randomFactors(_ architecture: Architecture, spread: Float, seed: UInt64) -> [[Double]] {
        var stream = NativeStream(seed: seed).child("factors")
        return architecture.widths.dropFirst().dropLast().map { width in
            stream.uniforms(count: width, low: -spread, high: spread).map { exp(Double($0)) }
        }
    }
}
