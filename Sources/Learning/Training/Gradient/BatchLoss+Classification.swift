import Foundation

// Passes over the training points in their order, without noise: for the stopping rule and the last look at a trained
// network.

extension BatchLoss {
    /// The share of the first `count` training points that the parameters classify correctly.
    func accuracy(at parameters: ParameterVector, onFirst count: Int) -> Double {
        let classes = layout.architecture.classCount
        var correct = 0
        forEachBlock(of: count, at: parameters) { block, logits in
            for row in 0..<block.count {
                let best = largest(UnsafeBufferPointer(rebasing: logits[row * classes..<(row + 1) * classes]))
                if best == Int(points.labels[block.lowerBound + row]) { correct += 1 }
            }
        }
        return Double(correct) / Double(count)
    }

    /// How well the parameters fit the first `count` training points; the loss is summed up in double.
    func fit(at parameters: ParameterVector, onFirst count: Int) -> TrainingFit {
        let classes = layout.architecture.classCount
        var (correct, loss) = (0, 0.0)
        forEachBlock(of: count, at: parameters) { block, logits in
            for row in 0..<block.count {
                let scores = UnsafeBufferPointer(rebasing: logits[row * classes..<(row + 1) * classes])
                let label = Int(points.labels[block.lowerBound + row])
                let best = largest(scores)
                if best == label { correct += 1 }
                var sum: Float = 0
                for score in scores { sum += exp(score - scores[best]) }
                loss += Double(log(sum) + scores[best] - scores[label])
            }
        }
        return TrainingFit(accuracy: Double(correct) / Double(count), loss: loss / Double(count))
    }

    /// The first place of the largest score.
    private func largest(_ scores: UnsafeBufferPointer<Float>) -> Int {
        var best = 0
        for c in 1..<max(1, scores.count) where scores[c] > scores[best] { best = c }
        return best
    }

    /// Whether the logits of all training points are finite.
    func logitsAreFinite(at parameters: ParameterVector) -> Bool {
        var areFinite = true
        forEachBlock(of: points.count, at: parameters) { _, logits in
            areFinite = areFinite && logits.allSatisfy(\.isFinite)
        }
        return areFinite
    }

    /// The first `count` points, as many at a time as a batch has, with their logits.
    private func forEachBlock(
        of count: Int, at parameters: ParameterVector, _ body: (Range<Int>, UnsafeBufferPointer<Float>) -> Void
    ) {
        for start in stride(from: 0, to: count, by: rows) {
            let block = start..<min(start + rows, count)
            forward(everyPoint[block], at: parameters, noise: nil)
            body(block, logits(count: block.count))
        }
    }
}
