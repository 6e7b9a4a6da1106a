import Foundation

/// How a network's logits stand to the labels of a set of points.
public struct Classification: Sendable, Equatable {
    public let count: Int
    public let correct: Int
    /// Of the points at even places, 0, 2, …: half of them, whose share tells how far a sample of points leads astray.
    public let correctAtEvenPlaces: Int
    /// Mean cross-entropy in nats, from a stable log-sum-exp in float64.
    public let loss: Double

    public var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count) }

    /// - Parameters:
    ///   - logits: count x classes, row-major.
    ///   - labels: one a point. Ties of the largest logit go to the lowest class.
    public init(logits: [Float], labels: [UInt8], classCount: Int) {
        precondition(logits.count == labels.count * classCount)
        var (correct, even, total) = (0, 0, 0.0)
        for (row, label) in labels.enumerated() {
            let scores = logits[row * classCount..<(row + 1) * classCount]
            if argmax(scores) == Int(label) {
                correct += 1
                even += 1 - row % 2
            }
            total += crossEntropy(scores, label: Int(label))
        }
        self.count = labels.count
        self.correct = correct
        correctAtEvenPlaces = even
        self.loss = labels.isEmpty ? 0 : total / Double(labels.count)
    }
}

extension Network {
    /// Accuracy and mean cross-entropy on `points`.
    public func classification(of points: LabelledPoints) -> Classification {
        Classification(
            logits: featuresAndLogits(of: points).logits, labels: points.labels, classCount: architecture.classCount)
    }
}

/// The position of the largest value; the lowest one among equals. A NaN is never the largest, unless all are: then 0.
package func argmax(_ scores: ArraySlice<Float>) -> Int {
    var best = scores.startIndex
    for index in scores.indices.dropFirst() {
        if scores[index] > scores[best] || (scores[best].isNaN && !scores[index].isNaN) { best = index }
    }
    return best - scores.startIndex
}

/// log Σ exp(z) - z[label], shifted by the largest score so that nothing overflows.
private func crossEntropy(_ scores: ArraySlice<Float>, label: Int) -> Double {
    let largest = Double(scores.max() ?? 0)
    let sum = scores.reduce(0.0) { $0 + exp(Double($1) - largest) }
    return log(sum) + largest - Double(scores[scores.startIndex + label])
}
