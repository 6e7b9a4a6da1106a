/// From this epoch index on (counted from 0), the learning rate is multiplied by the factor.
public struct LearningRateDrop: Sendable, Hashable {
    public var epoch: Int
    public var factor: Double

    public init(epoch: Int, factor: Double) {
        self.epoch = epoch
        self.factor = factor
    }
}
