import Measures

/// How far the training of a network is: a row of `checkpoint`.
public struct Checkpoint: Sendable, Equatable {
    /// Epochs done.
    public var epochs: Int
    /// Training time so far, over all runs.
    public var seconds: Double
    /// All that training needs to go on, in the trainer's own format.
    public var state: [UInt8]
    /// What was written down of it so far.
    public var history: TrainingHistory

    public init(epochs: Int, seconds: Double, state: [UInt8], history: TrainingHistory = TrainingHistory()) {
        self.epochs = epochs
        self.seconds = seconds
        self.state = state
        self.history = history
    }
}
