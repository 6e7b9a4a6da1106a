import Measures
import Networks
import Randomness
import Training

/// What a study file asks for.
///
/// It splits in two. `definition` is what determines the results, and its digest tells the versions of a study apart.
/// Title, source, cost, target, published figures, the report's figures and claims may change without a new version.
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
    public var published: [PublishedValue]
    /// Pictures for the report, beside those that every report has.
    public var figures: [Figure]
    /// What is to be held against the models.
    public var claims: [Claim]

    public init(
        name: String, title: String, source: String, cost: String, definition: Definition, target: String,
        published: [PublishedValue], figures: [Figure], claims: [Claim]
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.cost = cost
        self.definition = definition
        self.target = target
        self.published = published
        self.figures = figures
        self.claims = claims
    }

    /// All that determines the results.
    public struct Definition: Sendable, Hashable {
        /// In the order in which networks are numbered: a configuration's networks lie side by side.
        public var configurations: [Configuration]
        /// In the order of the file; columns are distinct.
        public var measures: [MeasureSpecification]

        public init(configurations: [Configuration], measures: [MeasureSpecification]) {
            self.configurations = configurations
            self.measures = measures
        }

        /// What its models are called.
        public var unit: String { configurations.first?.model.lab == nil ? "networks" : "models" }

        /// The study's measure of this column; one that it does not have is the catalogue's of that id.
        public func measure(ofColumn column: String) -> MeasureSpecification {
            measures.first { $0.column == column } ?? MeasureSpecification(measure: column)
        }
    }

    public var configurations: [Configuration] { definition.configurations }
    public var measures: [MeasureSpecification] { definition.measures }
    /// How many networks there are when the study is complete, rescaled copies included.
    public var modelCount: Int { configurations.reduce(0) { $0 + $1.seeds.count } }
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
public struct DataSpecification: Sendable, Hashable {
    public var dataset: String
    /// The first so many of the training images, in the order that `stream` and `seed` give.
    public var trainingPoints: Int
    public var stream: PointOrder
    public var seed: UInt64
    public var probes: Probes
    /// Which points are the unseen ones.
    public var unseen = UnseenPool.all

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

/// The shape of a fully connected ReLU network; the data give the number of inputs and of classes.
public struct NetworkSpecification: Sendable, Hashable, Codable {
    /// Widths of the hidden layers; empty for a linear classifier.
    public var hidden: [Int]

    public init(hidden: [Int]) { self.hidden = hidden }

    public func architecture(inputs: Int, classes: Int) -> Architecture {
        Architecture(widths: [inputs] + hidden + [classes])
    }
}

/// Plain stochastic gradient descent on the mean softmax cross-entropy.
public struct TrainingSpecification: Sendable, Hashable {
    /// As it is applied: a rule that scales it with the batch size has been followed.
    public var learningRate: Double
    public var batchSize: Int
    /// At most so many.
    public var epochs: Int
    public var stop: Stop?
    public var drops: [Drop] = []
    /// The stream of the initial weights, seeded with the network's seed.
    public var initialisation: StreamKind
    /// The stream of each epoch's order of points, likewise.
    public var order: StreamKind

    public init(
        learningRate: Double, batchSize: Int, epochs: Int, stop: Stop?, drops: [Drop] = [], initialisation: StreamKind,
        order: StreamKind
    ) {
        self.learningRate = learningRate
        self.batchSize = batchSize
        self.epochs = epochs
        self.stop = stop
        self.drops = drops
        self.initialisation = initialisation
        self.order = order
    }

    /// Training ends when, after every `every`-th epoch, the training accuracy is at least this.
    public struct Stop: Sendable, Hashable, Codable {
        public var every: Int
        public var accuracy: Double
        /// Looks at the first so many training points; at all when nil.
        public var points: Int?

        public init(every: Int, accuracy: Double, points: Int?) {
            self.every = every
            self.accuracy = accuracy
            self.points = points
        }
    }

    /// From this epoch on (counted from 0), the learning rate is multiplied by the factor.
    public struct Drop: Sendable, Hashable, Codable {
        public var epoch: Int
        public var factor: Double

        public init(epoch: Int, factor: Double) {
            self.epoch = epoch
            self.factor = factor
        }
    }

    public var recipe: Recipe {
        Recipe(
            learningRate: Float(learningRate), batchSize: batchSize, maximumEpochs: epochs,
            stopping: stop.map { StoppingRule(interval: $0.every, accuracy: $0.accuracy, points: $0.points) },
            drops: drops.map { LearningRateDrop(epoch: $0.epoch, factor: $0.factor) })
    }
}

/// A measure that the study takes of each network.
public struct MeasureSpecification: Sendable, Hashable, Codable {
    /// Its id in the catalogue.
    public var measure: String
    /// The name of its column; the id unless the file says otherwise (`as`).
    public var column: String
    public var options: [String: MeasureOptionValue]

    /// Names that the view `models` has for other things.
    public static let reservedColumns = [
        "study", "version", "position", "label", "seed", "regime", "variant", "status", "reason", "seconds",
        "hyperparameters", "model_id",
    ]

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
