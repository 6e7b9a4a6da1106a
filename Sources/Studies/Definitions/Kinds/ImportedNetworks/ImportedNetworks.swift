import Digests
import Measures
import Networks
import Parameters
import WeightFiles

/// Networks that were trained elsewhere and came as files of weights, one a seed.
///
/// What determines such a network is its weights: its digest is theirs, in Basin's own order and types, whatever file
/// they came in. Where a file lies is no part of the definition.
public struct ImportedNetworks: NetworkKind {
    /// What they were trained on, as far as measures read it.
    public var points: DataSpecification
    /// As the files have it.
    public var shape: NetworkSpecification
    public var inputs: Int
    public var classes: Int
    /// By the models' seeds.
    public var weights: [UInt64: ImportedWeights]

    public init(
        data: DataSpecification, shape: NetworkSpecification, inputs: Int, classes: Int,
        weights: [UInt64: ImportedWeights]
    ) {
        points = data
        self.shape = shape
        self.inputs = inputs
        self.classes = classes
        self.weights = weights
    }

    public static let about = ModelKindDescription(
        sections: [
            .init("networks", "which files, as {from: index.csv}"),
            .init("data", "which points they were trained on, as {dataset: mnist, training_points: 250}"),
            .init("network", "what follows their hidden layers, which weights do not tell, as {activation: relu}"),
        ],
        unit: "networks", inWords: "networks from elsewhere", isDrawn: true)

    public var data: DataSpecification? { points }

    public var hiddenLayers: Int { shape.hidden.count }

    var architecture: Architecture { shape.architecture(inputs: inputs, classes: classes) }

    public var facts: [String: ParameterValue] {
        let facts: [String: ParameterValue] = [
            "architecture": .word("\(architecture)"), "dataset": .word(points.dataset),
            "training_points": .number(Double(points.trainingPoints)),
        ]
        return settings.reduce(facts) { $0.merging($1.facts) { $1 } }
    }

    private var settings: [OptionalSettings] {
        let labelNoise =
            points.canonicalLabelNoise == nil ? OptionalSettings(LabelNoise.parameters) : points.labelNoise
        return [labelNoise, shape.canonical.activation]
    }

    public static func factors(of models: [ImportedNetworks]) -> [ModelFactor] {
        [
            ModelFactor("architecture", isWord: true), ModelFactor("dataset", isWord: true),
            ModelFactor("training_points"),
        ]
            + models.flatMap(\.settings).factors
    }

    /// That of the weights and nothing else (`WeightsDigest`).
    public func digest(seed: UInt64) throws -> String {
        guard let weights = weights[seed] else {
            throw ModelNotMade(reason: "the study has no weights of seed \(seed)")
        }
        return weights.digest
    }

    public func prepared(on materials: StudyMaterials) throws -> any ModelMaker {
        let material = materials.material(of: points)
        guard material.training.inputSize == inputs, material.classCount == classes else {
            throw NetworksDoNotFitData(
                architecture: architecture, dataset: points.dataset, inputs: material.training.inputSize,
                classes: material.classCount)
        }
        return ImportedNetworkMaker(networks: self, material: material)
    }
}

/// The weights of one network from elsewhere.
public struct ImportedWeights: Sendable {
    /// Of the weights as Basin keeps them (`WeightsDigest`).
    public let digest: String
    /// For how many epochs the network was trained; nil where nobody said.
    public let epochs: Int?
    /// Where they lie now; nil for a definition out of a results file, which has the weights themselves.
    public let file: WeightsFile?

    public init(digest: String, epochs: Int?, file: WeightsFile?) {
        self.digest = digest
        self.epochs = epochs
        self.file = file
    }
}

extension ImportedWeights: Hashable {
    public static func == (left: ImportedWeights, right: ImportedWeights) -> Bool {
        left.digest == right.digest && left.epochs == right.epochs
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(digest)
        hasher.combine(epochs)
    }
}

// MARK: JSON

/// The sections `networks`, `data` and `network`; the files' weights by seed.
extension ImportedNetworks: Codable {
    private enum CodingKeys: String, CodingKey { case data, network, networks }

    private struct Section: Codable {
        struct Weights: Codable {
            let seed: UInt64
            let sha256: String
            let epochs: Int?
        }

        let inputs: Int
        let classes: Int
        let weights: [Weights]
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let section = try container.decode(Section.self, forKey: .networks)
        self.init(
            data: try container.decode(DataSpecification.self, forKey: .data),
            shape: try container.decode(NetworkSpecification.self, forKey: .network), inputs: section.inputs,
            classes: section.classes,
            weights: Dictionary(
                section.weights.map { ($0.seed, ImportedWeights(digest: $0.sha256, epochs: $0.epochs, file: nil)) },
                uniquingKeysWith: { first, _ in first }))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(points, forKey: .data)
        try container.encode(shape, forKey: .network)
        let weights = self.weights.sorted { $0.key < $1.key }.map {
            Section.Weights(seed: $0.key, sha256: $0.value.digest, epochs: $0.value.epochs)
        }
        try container.encode(Section(inputs: inputs, classes: classes, weights: weights), forKey: .networks)
    }
}
