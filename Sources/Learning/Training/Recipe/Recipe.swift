/// How a network is trained: steps of an update rule along the gradient of batches' mean softmax cross-entropy.
public struct Recipe: Sendable {
    public var rule: any UpdateRule
    public var learningRate: Float
    /// The points of a step; the last, smaller batch of an epoch is used too.
    public var batchSize: Int
    public var maximumEpochs: Int
    public var stopping: StoppingRule?
    public var drops: [LearningRateDrop]
    public var schedule: LearningRateSchedule
    public var noise: TrainingNoise

    public init(
        rule: any UpdateRule = SGD(), learningRate: Float, batchSize: Int, maximumEpochs: Int,
        stopping: StoppingRule? = nil, drops: [LearningRateDrop] = [], schedule: LearningRateSchedule = .init(),
        noise: TrainingNoise = .init()
    ) {
        self.rule = rule
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.maximumEpochs = maximumEpochs
        self.stopping = stopping
        self.drops = drops
        self.schedule = schedule
        self.noise = noise
    }

    /// The learning rate of a step; it and its epoch count from 0. Factors multiply in double and round once.
    ///
    /// - Parameter steps: of an epoch.
    public func learningRate(epoch: Int, step: Int = 0, of steps: Int = 1) -> Float {
        var rate = Double(learningRate)
        for drop in drops where drop.epoch <= epoch { rate *= drop.factor }
        return Float(rate * schedule.factor(epoch: epoch, step: step, steps: steps, epochs: maximumEpochs))
    }
}
