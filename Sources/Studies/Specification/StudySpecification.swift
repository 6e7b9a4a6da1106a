import Measures
import Networks
import Randomness
import Results
import Training

/// What a study file asks for.
///
/// It splits in two. `definition` is what determines the results, and its digest tells the versions of a study apart. Title,
/// source, cost, target and published figures may change without a new version.
public struct StudySpecification: Sendable, Equatable, Codable {
    /// Lower-case words with hyphens; also the name of the report's folder.
    public var name: String
    public var title: String
    public var source: String
    /// What a run takes, in words.
    public var cost: String
    public var definition: Definition
    /// The column that the others are correlated with.
    public var target: String
    public var published: [PublishedRecord]

    /// All that determines the results.
    public struct Definition: Sendable, Hashable, Codable {
        public var data: DataSpecification
        public var network: NetworkSpecification
        public var training: TrainingSpecification
        public var population: PopulationSpecification
        /// In the order of the file; columns are distinct.
        public var measures: [MeasureSpecification]
    }

    public var data: DataSpecification { definition.data }
    public var network: NetworkSpecification { definition.network }
    public var training: TrainingSpecification { definition.training }
    public var population: PopulationSpecification { definition.population }
    public var measures: [MeasureSpecification] { definition.measures }
}

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
public struct DataSpecification: Sendable, Hashable, Codable {
    public var dataset: String
    /// The first so many of the training images, in the order that `stream` and `seed` give.
    public var trainingPoints: Int
    public var stream: PointOrder
    public var seed: UInt64
    public var probes: Probes

    /// The first `count` unseen points, in the order that `stream` and `seed` give. Their labels are not read.
    public struct Probes: Sendable, Hashable, Codable {
        public var count: Int
        public var stream: PointOrder
        public var seed: UInt64
    }

    enum CodingKeys: String, CodingKey {
        case dataset, trainingPoints = "training_points", stream, seed, probes
    }
}

/// The shape of a fully connected ReLU network; the data give the number of inputs and of classes.
public struct NetworkSpecification: Sendable, Hashable, Codable {
    /// Widths of the hidden layers; empty for a linear classifier.
    public var hidden: [Int]

    public func architecture(inputs: Int, classes: Int) -> Architecture {
        Architecture(widths: [inputs] + hidden + [classes])
    }
}

/// Plain stochastic gradient descent on the mean softmax cross-entropy.
public struct TrainingSpecification: Sendable, Hashable, Codable {
    public var learningRate: Double
    public var batchSize: Int
    /// At most so many.
    public var epochs: Int
    public var stop: Stop?
    /// The stream of the initial weights, seeded with the network's seed.
    public var initialisation: StreamKind
    /// The stream of each epoch's order of points, likewise.
    public var order: StreamKind

    /// Training ends when, after every `every`-th epoch, the training accuracy is at least this.
    public struct Stop: Sendable, Hashable, Codable {
        public var every: Int
        public var accuracy: Double
    }

    public var recipe: Recipe {
        Recipe(
            learningRate: Float(learningRate), batchSize: batchSize, maximumEpochs: epochs,
            stopping: stop.map { StoppingRule(interval: $0.every, accuracy: $0.accuracy) })
    }

    enum CodingKeys: String, CodingKey {
        case learningRate = "learning_rate", batchSize = "batch_size", epochs, stop, initialisation, order
    }
}

/// Which networks are trained.
public struct PopulationSpecification: Sendable, Hashable, Codable {
    /// One network a seed; a network's position is its seed's place in this list.
    public var seeds: [UInt64]
}

/// A measure that the study takes of each network.
public struct MeasureSpecification: Sendable, Hashable, Codable {
    /// Its id in the catalogue.
    public var measure: String
    /// The name of its column; the id unless the file says otherwise (`as`).
    public var column: String
    public var options: [String: MeasureOptionValue]

    public init(measure: String, column: String? = nil, options: [String: MeasureOptionValue] = [:]) {
        self.measure = measure
        self.column = column ?? measure
        self.options = options
    }

    /// The options as the catalogue's measures take them.
    public var measureOptions: MeasureOptions {
        var taken = MeasureOptions()
        for (name, value) in options {
            switch value {
            case .integer(let number): taken.integers[name] = number
            case .choice(let word): taken.choices[name] = word
            }
        }
        return taken
    }
}

/// The value of a measure's option.
public enum MeasureOptionValue: Sendable, Hashable, Codable {
    case integer(Int)
    case choice(String)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else {
            self = .choice(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let number): try container.encode(number)
        case .choice(let word): try container.encode(word)
        }
    }
}
