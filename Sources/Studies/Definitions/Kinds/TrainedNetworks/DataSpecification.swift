import Parameters
import Randomness

/// The order in which points are picked out of a data set.
public enum PointOrder: String, Sendable, Hashable, Codable, CaseIterable {
    case native
    case torchCPU = "torch-cpu"
    case torchCUDA = "torch-cuda"
    case numpy
    /// As they lie in the file; the seed means nothing then.
    case fileOrder = "file-order"

    /// The stream whose permutation gives the order; nil for the file's own.
    public var stream: StreamKind? { StreamKind(rawValue: rawValue) }
}

/// Which points are trained on, and which unseen ones are looked at.
public struct DataSpecification: Sendable, Hashable {
    public var dataset: String
    /// The first so many of the training images, in the order that `stream` and `seed` give.
    public var trainingPoints: Int
    public var stream: PointOrder
    public var seed: UInt64
    public var probes: Probes
    /// Which points are the unseen ones.
    public var unseen = UnseenPool.all
    /// How many training labels are replaced, and by which draw (`LabelNoise.parameters`).
    public var labelNoise = OptionalSettings(LabelNoise.parameters)
    /// The training points by name, `trainingPoints` of them, in place of `stream` and `seed`; nil where these pick
    /// them.
    public var indices: PointIndices?

    public init(
        dataset: String, trainingPoints: Int, stream: PointOrder, seed: UInt64, probes: Probes,
        unseen: UnseenPool = .all
    ) {
        self.dataset = dataset
        self.trainingPoints = trainingPoints
        self.stream = stream
        self.seed = seed
        self.probes = probes
        self.unseen = unseen
    }

    /// The first `count` unseen points, in the order that `stream` and `seed` give. Their labels are not read.
    public struct Probes: Sendable, Hashable, Codable {
        public var count: Int
        public var stream: PointOrder
        public var seed: UInt64

        public init(count: Int, stream: PointOrder, seed: UInt64) {
            self.count = count
            self.stream = stream
            self.seed = seed
        }
    }
}

/// Which images that are not training points count as unseen.
public enum UnseenPool: String, Sendable, Hashable, Codable, CaseIterable {
    /// The other training images, then the test images.
    case all
    /// The other training images.
    case trainingImages = "training-images"
    /// The test images.
    case testImages = "test-images"
}

// MARK: JSON

extension DataSpecification: Codable {
    private enum CodingKeys: String, CodingKey {
        case dataset, trainingPoints = "training_points", stream, seed, probes, unseen, labelNoise = "label_noise",
            indices
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        dataset = try container.decode(String.self, forKey: .dataset)
        trainingPoints = try container.decode(Int.self, forKey: .trainingPoints)
        stream = try container.decode(PointOrder.self, forKey: .stream)
        seed = try container.decode(UInt64.self, forKey: .seed)
        probes = try container.decode(Probes.self, forKey: .probes)
        unseen = try container.decodeIfPresent(UnseenPool.self, forKey: .unseen) ?? .all
        labelNoise = try container.settings(LabelNoise.parameters, under: .labelNoise)
        indices = try container.decodeIfPresent(PointIndices.self, forKey: .indices)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dataset, forKey: .dataset)
        try container.encode(trainingPoints, forKey: .trainingPoints)
        try container.encode(stream, forKey: .stream)
        try container.encode(seed, forKey: .seed)
        try container.encode(probes, forKey: .probes)
        if unseen != .all { try container.encode(unseen, forKey: .unseen) }
        try container.encode(labelNoise, under: .labelNoise)
        try container.encodeIfPresent(indices, forKey: .indices)
    }
}
