import Foundation
import Networks

/// The mean loss and the right answers of a network with other parameters, on the points of a view.
package struct LossSurface {
    private let view: PointView

    init(_ view: PointView) { self.view = view }

    /// - Complexity: O(points · parameters).
    package func loss(at parameters: [Double]) -> Double {
        sum(at: parameters) { pass, labels in
            sumOfCrossEntropies(logits: pass.logits, labels: labels, classes: pass.classes)
        } / Double(view.count)
    }

    func correct(at parameters: [Double]) -> Int {
        Int(
            sum(at: parameters) { pass, labels in
                Double(correctCount(logits: pass.logits, labels: labels, classes: pass.classes))
            })
    }

    /// The mean cross-entropy of (z - mean z) / max(|z - mean z|, 1e-10): what is left once the logits' size is taken
    /// from it (Andriushchenko et al., arXiv 2302.07011).
    func normalizedLoss(at parameters: [Double]) -> Double {
        sum(at: parameters) { pass, labels in
            sumOfCrossEntropies(
                logits: normalizedLogits(pass.logits, classes: pass.classes), labels: labels, classes: pass.classes)
        } / Double(view.count)
    }

    /// Both from one pass: the loss costs nothing beside the gradient.
    ///
    /// - Complexity: O(points · parameters), some three times `loss(at:)`.
    package func lossAndGradient(at parameters: [Double]) -> (loss: Double, gradient: [Double]) {
        var sums = [Double](repeating: 0, count: parameters.count)
        let loss = sum(at: parameters) { pass, labels in
            pass.addGradient(labels, to: &sums)
            return sumOfCrossEntropies(logits: pass.logits, labels: labels, classes: pass.classes)
        }
        let count = Double(view.count)
        for place in sums.indices { sums[place] /= count }
        return (loss / count, sums)
    }

    private func sum(at parameters: [Double], _ part: (PointPass, ArraySlice<UInt8>) -> Double) -> Double {
        var total = 0.0
        forEachPass(at: parameters) { total += part($0, $1) }
        return total
    }

    private func forEachPass(at parameters: [Double], _ visit: (PointPass, ArraySlice<UInt8>) -> Void) {
        let network = Float64Network(architecture: view.network.architecture, parameters: parameters)
        view.forEachBlock { block, inputs in
            let outputs = network.outputs(of: inputs, count: block.count)
            visit(
                PointPass(network, first: block.lowerBound, count: block.count, outputs: outputs),
                view.labels[block])
        }
    }
}

/// Each row less its mean, in units of its length, but of no less than 1e-10.
func normalizedLogits(_ logits: [Double], classes: Int) -> [Double] {
    var result = logits
    for start in stride(from: 0, to: logits.count, by: classes) {
        let range = start..<start + classes
        let mean = range.reduce(0.0) { $0 + logits[$1] } / Double(classes)
        for place in range { result[place] -= mean }
        let length = max(sumOfSquares(result, range).squareRoot(), 1e-10)
        for place in range { result[place] /= length }
    }
    return result
}
