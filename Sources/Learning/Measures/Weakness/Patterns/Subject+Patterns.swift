/// Points on which patterns are taken.
enum PatternPoints: String, CaseIterable {
    case unseen, training
}

/// Why there are no patterns to count.
struct NoPatterns: Error {
    let reason: String
}

extension Subject {
    /// The sign patterns of a hidden layer at the unseen or the training points.
    ///
    /// - Parameter layer: counted from 1; the last hidden one when nil.
    func patterns(at points: PatternPoints, layer: Int? = nil) throws(NoPatterns) -> SignPatterns {
        let hiddenCount = architecture.layers.count - 1
        guard hiddenCount > 0 else { throw NoPatterns(reason: "the network has no hidden layer") }
        let layer = layer ?? hiddenCount
        guard layer <= hiddenCount else {
            throw NoPatterns(reason: "the network has no hidden layer \(layer), only \(hiddenCount)")
        }
        let answers = points == .unseen ? unseenAnswers : trainingAnswers
        guard !answers.classes.isEmpty else { throw NoPatterns(reason: "there are no \(points.rawValue) points") }
        guard answers.areFinite else {
            throw NoPatterns(reason: "some outputs at the \(points.rawValue) points are not finite")
        }
        return answers.patterns[layer - 1]
    }
}
