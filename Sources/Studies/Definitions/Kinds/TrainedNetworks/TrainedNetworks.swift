import Datasets
import Digests
import Measures
import Networks
import Parameters

/// Networks that are trained here, a pure function of data, shape, training and seed.
public struct TrainedNetworks: NetworkKind {
    /// What they are trained on.
    public var points: DataSpecification
    public var shape: NetworkSpecification
    public var training: TrainingSpecification

    public init(data: DataSpecification, shape: NetworkSpecification, training: TrainingSpecification) {
        points = data
        self.shape = shape
        self.training = training
    }

    public static let about = ModelKindDescription(
        sections: [
            .init("data", "which points are trained on, as {dataset: mnist, training_points: 250}"),
            .init("network", "the hidden widths, as {hidden: [64, 8]}"),
            .init("training", "as {learning_rate: 0.1, batch_size: 64, epochs: 500}"),
        ],
        unit: "networks", inWords: "trained networks", isDrawn: true,
        hasVariants: true, costRemark: " Networks that memorise their points stop sooner.",
        interruptionRemark: ", and so is every network under way that has trained for two seconds")

    public var data: DataSpecification? { points }

    public var epochs: Int? { training.epochs }

    public var hiddenLayers: Int { shape.hidden.count }

    public var history: HistorySpecification? { training.history }

    public var rounding: Int { training.rounding }

    public func rounded(_ number: Int) -> TrainedNetworks? {
        var other = self
        other.training.rounding = number
        return other
    }

    public var facts: [String: ParameterValue] {
        let facts: [String: ParameterValue] = [
            "dataset": .word(points.dataset), "training_points": .number(Double(points.trainingPoints)),
            "batch_size": .number(Double(training.batchSize)), "learning_rate": .number(training.learningRate),
        ]
        return settings.reduce(facts.merging(training.rule.facts) { $1 }) { $0.merging($1.facts) { $1 } }
    }

    /// What a study may leave out and what makes a difference of it, always in this order.
    private var settings: [OptionalSettings] {
        let training = training.canonical(points: points.trainingPoints, hiddenLayers: hiddenLayers)
        let labelNoise =
            points.canonicalLabelNoise == nil ? OptionalSettings(LabelNoise.parameters) : points.labelNoise
        return [labelNoise, shape.canonical.activation, training.schedule, training.noise, training.initialWeights]
    }

    public static func factors(of models: [TrainedNetworks]) -> [ModelFactor] {
        [
            ModelFactor("architecture", isWord: true), ModelFactor("batch_size"), ModelFactor("dataset", isWord: true),
            ModelFactor("learning_rate"), ModelFactor("training_points"),
        ] + models.map(\.training.rule).factors + models.flatMap(\.settings).factors
    }

    public static func unsaidFacts(of models: [TrainedNetworks]) -> [[String: ParameterValue]] {
        let settings = models.map(\.settings)
        let groups = (settings.first ?? []).enumerated().map { index, group in
            settings.map { $0[index] }.unsaidFacts(OptionalSettings(group.parameters))
        }
        return [models.map(\.training.rule).unsaidFacts(.plain)] + groups
    }

    /// Of the training points, shape, training and seed, but of no measure and no probe. Settings that mean the same
    /// training have the same digest (`TrainingSpecification.canonical`).
    public func digest(seed: UInt64) throws -> String {
        struct Model: Encodable {
            var dataset: String
            var training_points: Int
            var stream: PointOrder
            var split_seed: UInt64
            var indices: PointIndices?
            var label_noise: [String: ParameterValue]?
            var network: NetworkSpecification
            var training: TrainingSpecification
            var seed: UInt64
        }
        return SHA256.hexadecimal(
            of: try CanonicalJSON.text(
                of: Model(
                    dataset: points.dataset, training_points: points.trainingPoints, stream: points.stream,
                    split_seed: points.seed, indices: points.indices, label_noise: points.canonicalLabelNoise,
                    network: shape.canonical,
                    training: training.canonical(points: points.trainingPoints, hiddenLayers: hiddenLayers),
                    seed: seed)))
    }

    public func prepared(on materials: StudyMaterials) throws -> any ModelMaker {
        NetworkMaker(networks: self, material: materials.material(of: points))
    }
}

// MARK: JSON

/// The sections `data`, `network` and `training`.
extension TrainedNetworks: Codable {
    private enum CodingKeys: String, CodingKey { case data, network, training }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            data: try container.decode(DataSpecification.self, forKey: .data),
            shape: try container.decode(NetworkSpecification.self, forKey: .network),
            training: try container.decode(TrainingSpecification.self, forKey: .training))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(points, forKey: .data)
        try container.encode(shape, forKey: .network)
        try container.encode(training, forKey: .training)
    }
}
