/// How a network is trained: plain stochastic gradient descent on the mean softmax cross-entropy.
public struct Recipe: Sendable, Hashable {
    public var learningRate: Float
    /// The points of a step; the last, smaller batch of an epoch is used too.
    public var batchSize: Int
    public var maximumEpochs: Int
    public var stopping: StoppingRule?
    public var drops: [LearningRateDrop]

    public init(
        learningRate: Float, batchSize: Int, maximumEpochs: Int, stopping: StoppingRule? = nil,
        drops: [LearningRateDrop] = []
    ) {
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.maximumEpochs = maximumEpochs
        self.stopping = stopping
        self.drops = drops
    }

    /// The learning rate of an epoch, counted from 0. Factors multiply in double and round once.
    public func learningRate(epoch: Int) -> Float {
        Float(drops.filter { $0.epoch <= epoch }.reduce(Double(learningRate)) { $0 * $1.factor })
    }
}

/// Training ends after an epoch that memorised the training points.
public struct StoppingRule: Sendable, Hashable {
    /// Checked after every this many epochs.
    public var interval: Int
    /// The training accuracy at which training ends.
    public var accuracy: Double
    /// Look at the first so many training points only; all of them when nil.
    public var points: Int?

    public init(interval: Int, accuracy: Double, points: Int? = nil) {
        self.interval = interval
        self.accuracy = accuracy
        self.points = points
    }
}

/// From this epoch index on (counted from 0), the learning rate is multiplied by the factor.
public struct LearningRateDrop: Sendable, Hashable {
    public var epoch: Int
    public var factor: Double

    public init(epoch: Int, factor: Double) {
        self.epoch = epoch
        self.factor = factor
    }
}
