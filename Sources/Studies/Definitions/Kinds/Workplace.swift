import Measures

/// Where models are made: what was made before, and a place for what is not finished.
///
/// Circumstances are the data files that a model is made of, as SHA-256 by "dataset/file"; the arithmetic is the
/// workplace's own. What was made under others is not taken over.
public protocol Workplace: Sendable {
    /// The training time between two checkpoints, in seconds.
    var checkpointInterval: Double { get }

    /// A model with this digest that some study keeps, if it was made under these circumstances.
    ///
    /// - Parameters:
    ///   - history: what its history must be to be taken; nil where that does not matter.
    ///   - read: makes the model of its weights; what it throws is why they are damaged.
    func kept<Model>(
        _ digest: String, circumstances: [String: String], history: HistorySpecification?,
        read: ([UInt8]) throws -> Model
    ) throws -> KeptModel<Model>?

    /// Whether no study has the model with this digest yet.
    func lacks(_ digest: String) throws -> Bool

    /// How far the model with this digest is, if it came there under these circumstances.
    func checkpoint(_ digest: String, circumstances: [String: String]) throws -> Checkpoint?

    func save(_ checkpoint: Checkpoint, _ digest: String, circumstances: [String: String]) throws
}

/// A model that was made before.
public struct KeptModel<Model> {
    public let model: Model
    public let epochs: Int
    public let seconds: Double
    /// The run that made it.
    public let run: Int64
    public let history: TrainingHistory

    public init(model: Model, epochs: Int, seconds: Double, run: Int64, history: TrainingHistory) {
        self.model = model
        self.epochs = epochs
        self.seconds = seconds
        self.run = run
        self.history = history
    }
}
