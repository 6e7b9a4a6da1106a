import Foundation
import Networks

/// Small networks and points that formulas make, so that anyone can make them again.
///
/// W_l[i, j] = √(2 / fan in) sin(.7 (l + 1) + 1.3 i + .9 j + .37 i j), b_l[i] = .3 cos(.5 (l + 1) + 1.1 i),
/// x[i, j] = 1.5 sin(.31 (i + 1)(j + 1) + .5 j), y = i mod 3, all counted from 0; 20 points.
package enum GoldenShape: String, CaseIterable, Sendable {
    case oneHidden = "5-7-3"
    case twoHidden = "5-7-6-3"
    case threeHidden = "4-6-5-5-3"

    package static let count = 20

    package var architecture: Architecture {
        Architecture(widths: rawValue.split(separator: "-").compactMap { Int($0) })
    }

    /// Count x inputs, row-major.
    package var inputs: [Double] {
        let width = architecture.inputSize
        return (0..<Self.count * width).map { place in
            let (i, j) = (Double(place / width), Double(place % width))
            return 1.5 * sin(0.31 * (i + 1) * (j + 1) + 0.5 * j)
        }
    }

    /// The labels' unit vectors, count x 3.
    package var labels: [Double] { (0..<Self.count * 3).map { $0 % 3 == ($0 / 3) % 3 ? 1 : 0 } }

    package func network(hasBiases: Bool) -> Float64Network {
        var parameters: [Double] = []
        for (l, layer) in architecture.layers.enumerated() {
            let scale = (2 / Double(layer.inputs)).squareRoot()
            for place in 0..<layer.weightCount {
                let (i, j) = (Double(place / layer.inputs), Double(place % layer.inputs))
                let angle: Double = 0.7 * Double(l + 1) + 1.3 * i + 0.9 * j + 0.37 * i * j
                parameters.append(scale * sin(angle))
            }
            for i in 0..<layer.outputs {
                parameters.append(hasBiases ? 0.3 * cos(0.5 * Double(l + 1) + 1.1 * Double(i)) : 0)
            }
        }
        return Float64Network(architecture: architecture, parameters: parameters)
    }
}
