/// Training ends after an epoch that fitted the training points: at an accuracy, at a loss, or at both.
public struct StoppingRule: Sendable, Hashable {
    /// Checked after every this many epochs.
    public var interval: Int
    /// Training goes on while the training accuracy is below; nil where accuracy does not count.
    public var accuracy: Double?
    /// Training goes on while the mean cross-entropy of the training points is above; nil where loss does not count.
    public var loss: Double?
    /// Look at the first so many training points only; all of them when nil.
    public var points: Int?

    public init(interval: Int, accuracy: Double? = nil, loss: Double? = nil, points: Int? = nil) {
        self.interval = interval
        self.accuracy = accuracy
        self.loss = loss
        self.points = points
    }

    /// Whether training ends with such a fit.
    func isMet(_ fit: TrainingFit) -> Bool {
        accuracy.map { fit.accuracy >= $0 } ?? true && loss.map { fit.loss <= $0 } ?? true
    }
}

/// How well a network fits training points.
struct TrainingFit {
    /// The share of points whose label has the largest logit.
    let accuracy: Double
    /// The mean cross-entropy.
    let loss: Double
}
