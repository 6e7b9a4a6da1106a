/// How a network is trained: steps of an update rule along the gradient of batches' mean softmax cross-entropy.
public struct Recipe: Sendable {
    public var rule: any UpdateRule
    public var learningRate: Float
    /// The points of a step; the last, smaller batch of an epoch is used too.
    public var batchSize: Int
    public var maximumEpochs: Int
    public var stopping: StoppingRule?
    public var drops: [LearningRateDrop]

    public init(
        rule: any UpdateRule = SGD(), learningRate: Float, batchSize: Int, maximumEpochs: Int,
        stopping: StoppingRule? = nil, drops: [LearningRateDrop] = []
    ) {
        self.rule = rule
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
