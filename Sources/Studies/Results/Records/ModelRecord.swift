import Definitions
import Measures

/// What a study trained at one position of its population, as it is handed over when it is finished.
public struct NewModel: Sendable, Equatable {
    /// How training went.
    public enum Outcome: Sendable, Equatable {
        case trained
        /// The model cannot be used, and why: "loss is not finite after epoch 3".
        case failed(reason: String)
    }

    /// Place in the study's population, from 0.
    public var position: Int
    /// What people call it, unique within the study: "seed 17".
    public var label: String
    /// Digest of all that defines this model.
    public var digest: String
    /// Identity of the trained network, in any study: `digest`, unless this is a variant of a network.
    public var trainingDigest: String
    /// How this differs from the network as trained: "layer 1 x 2"; nil for that network itself.
    public var variant: String?
    public var seed: UInt64?
    public var regime: String?
    /// What differs between models or is worth asking for in SQL: a JSON object with sorted keys.
    public var hyperparameters: String
    public var outcome: Outcome
    public var epochs: Int?
    /// Wall-clock time of training.
    public var seconds: Double
    /// The weights in the safetensors format; nil when they are not to be kept.
    public var weights: [UInt8]? {
        didSet { if let weights { weightsDigest = WeightsDigest.of(weights) } }
    }
    /// SHA-256 of the network's weights, kept or not (`WeightsDigest`): by it two trainings that gave the same network
    /// are known as one. Nil for a model without weights, and for a variant.
    public var weightsDigest: String?
    /// The run that trained it, where that is not the one that adds it: the network was taken over from another study.
    public var trainedBy: RunRecord.ID?

    /// - Parameter trainingDigest: `digest` when nil.
    public init(
        position: Int, label: String, digest: String, trainingDigest: String? = nil, variant: String? = nil,
        seed: UInt64? = nil, regime: String? = nil, hyperparameters: String = "{}", outcome: Outcome = .trained,
        epochs: Int? = nil, seconds: Double = 0, weights: [UInt8]? = nil, trainedBy: RunRecord.ID? = nil
    ) {
        self.position = position
        self.label = label
        self.digest = digest
        self.trainingDigest = trainingDigest ?? digest
        self.variant = variant
        self.seed = seed
        self.regime = regime
        self.hyperparameters = hyperparameters
        self.outcome = outcome
        self.epochs = epochs
        self.seconds = seconds
        self.weights = weights
        weightsDigest = weights.map(WeightsDigest.of)
        self.trainedBy = trainedBy
    }
}

/// A finished model with all that is written down of it.
public struct FinishedModel: Sendable, Equatable {
    public var model: NewModel
    public var measurements: [MeasurementRecord]
    /// What measures over the population keep of it, by measure.
    public var kept: [String: [UInt8]]
    /// What was written down while it was trained.
    public var history: TrainingHistory

    public init(
        _ model: NewModel, measurements: [MeasurementRecord] = [], kept: [String: [UInt8]] = [:],
        history: TrainingHistory = TrainingHistory()
    ) {
        self.model = model
        self.measurements = measurements
        self.kept = kept
        self.history = history
    }
}

/// A finished model: a row of `model`. Its weights are read apart, as they are large.
public struct ModelRecord: Sendable, Equatable, Identifiable {
    public typealias ID = RowID<ModelRecord>

    public let id: ID
    public let studyID: StudyRecord.ID
    /// The run that trained it.
    public let runID: RunRecord.ID
    public let position: Int
    public let label: String
    public let digest: String
    /// Identity of the trained network, in any study.
    public let trainingDigest: String
    /// How this differs from the network as trained; nil for that network itself.
    public let variant: String?
    public let seed: UInt64?
    public let regime: String?
    public let hyperparameters: String
    public let outcome: NewModel.Outcome
    public let epochs: Int?
    public let seconds: Double
    /// Digest of the network's weights; nil where it has none, or they were not known.
    public let weightsDigest: String?
}

/// A trained network that some study of the file keeps with its weights.
public struct KeptNetwork: Sendable, Equatable {
    public let modelID: ModelRecord.ID
    public let epochs: Int?
    /// Wall-clock time of training.
    public let seconds: Double
    /// In the safetensors format.
    public let weights: [UInt8]
    /// SHA-256 of the weights as they were written; nil where it is not known.
    public let weightsDigest: String?
    /// The run that trained it, for `NewModel.trainedBy`, and what made that run.
    public let trainedBy: RunRecord.ID
    public let provenance: Provenance
    /// What was written down while it was trained.
    public let history: TrainingHistory
}

/// A model that failed at its position and was tried again since: a row of `earlier_failure`.
public struct EarlierFailureRecord: Sendable, Equatable {
    public let position: Int
    public let label: String
    public let digest: String
    public let reason: String
    public let epochs: Int?
    public let seconds: Double
    public let runID: RunRecord.ID
}

extension ModelRecord {
    /// The epoch of a snapshot of a training; nil for any other model.
    public var snapshotEpoch: Int? { variant.flatMap(ModelVariant.epoch) }
}
