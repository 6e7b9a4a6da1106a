import Foundation
import Networks

/// A network whose weight matrices and bias vectors have few values: each on the multiples of its greatest absolute
/// value over m, ties to even.
struct Quantization {
    /// m of each level that is tried: 2^{k/4}, k = 0, …, 60, as whole numbers, each once; from 1 to 32,768.
    static let levels = Set((0...60).map { Int(exp2(Double($0) / 4).rounded(.toNearestOrEven)) }).sorted()

    /// m.
    let levels: Int
    let parameters: [Double]
    /// The multiples, tensor after tensor: each layer's weights, then its biases.
    let symbols: [[Int]]

    init(_ network: Float64Network, levels m: Int) {
        var parameters = network.parameters
        var symbols: [[Int]] = []
        for layer in network.architecture.layers {
            for range in [layer.weights, layer.biases] {
                let step = range.reduce(0) { max($0, abs(network.parameters[$1])) } / Double(m)
                symbols.append(
                    range.map { place in
                        let symbol = (network.parameters[place] / step).rounded(.toNearestOrEven)
                        // A tensor of zeros, or of what is no number, stays as it is.
                        guard symbol.isFinite else { return 0 }
                        parameters[place] = symbol * step
                        return Int(symbol)
                    })
            }
        }
        (self.levels, self.parameters, self.symbols) = (m, parameters, symbols)
    }

    /// 6 bits for m; for each tensor 32 for its scale, and log₂ of (N + 2m)!/((2m)! Π c!) for N symbols with the counts
    /// c, which is the product of their probabilities one after another under Laplace's rule.
    var codeLength: Double {
        symbols.reduce(6) { bits, tensor in
            var counts: [Int: Int] = [:]
            for symbol in tensor { counts[symbol, default: 0] += 1 }
            let alphabet = 2 * levels + 1
            var nats = lgamma(Double(tensor.count + alphabet)) - lgamma(Double(alphabet))
            for (_, count) in counts.sorted(by: { $0.key < $1.key }) { nats -= lgamma(Double(count + 1)) }
            return bits + 32 + nats / log(2)
        }
    }
}

extension PointView {
    /// The coarsest that is reached, from the finest down, before right answers are lost; nil where the finest loses
    /// some. Looked for once.
    ///
    /// - Complexity: up to 55 forward passes.
    func leastQuantization() -> Quantization? {
        if let knownLeastQuantization { return knownLeastQuantization }
        var kept: Quantization?
        for m in Quantization.levels.reversed() {
            let rounded = Quantization(network, levels: m)
            guard lossSurface.correct(at: rounded.parameters) >= correct else { break }
            kept = rounded
        }
        knownLeastQuantization = .some(kept)
        return kept
    }

    static let noLevels = "32,768 levels a side lower the training accuracy"
}
