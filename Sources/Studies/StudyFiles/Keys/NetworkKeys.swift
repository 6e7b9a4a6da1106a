import Definitions
import Randomness
import Training

/// The keys of `data`.
enum DataKeys {
    static let dataset = StudyFileKey(
        "dataset", .text, .required(hint: "a name that 'basin data list' shows"),
        "the data set; 'basin data list' shows those found", example: "mnist")
    static let trainingPoints = StudyFileKey(
        "training_points", .integer(in: 1...Int.max), .required(hint: "how many"), unit: "images",
        "the first so many of the training images, in the order that stream and seed give", example: "250")
    static let stream = StudyFileKey(
        "stream", .choice(PointOrder.words), .optional(otherwise: "native"),
        "the stream that orders the images; file-order takes them as they lie in the file", example: "torch-cpu")
    static let seed = StudyFileKey(
        "seed", .seed, .optional(otherwise: "0"),
        "the stream's seed; below 2^32 for numpy, and none in file order", example: "42")
    static let probes = StudyFileKey(
        "probes", .mapping([probeCount, stream, seed]), .optional(otherwise: "100 of the native stream"),
        "unseen points without labels, for measures that read them", example: "{count: 100}")
    static let probeCount = StudyFileKey(
        "count", .integer(in: 0...Int.max), .optional(otherwise: "100"), unit: "points",
        "the first so many unseen points, in the order that stream and seed give", example: "100")
    static let unseen = StudyFileKey(
        "unseen", .choice(UnseenPool.words), .optional(otherwise: "all"),
        "which images that are not trained on count as unseen", example: "test-images")

    static let all = [dataset, trainingPoints, stream, seed, probes, unseen]
}

/// The sections that say what trained networks are.
enum NetworkSections {
    static let data = StudyFileKey(
        "data", .mapping(DataKeys.all), .required(hint: hints["data"] ?? ""), "which points are trained on",
        example: "{dataset: mnist, training_points: 250}")
    static let network = StudyFileKey(
        "network", .mapping(NetworkKeys.all), .required(hint: hints["network"] ?? ""), "the networks' shape",
        example: "{hidden: [64, 8]}")
    static let training = StudyFileKey(
        "training",
        .variants(
            of: TrainingKeys.all, by: TrainingKeys.rule.name,
            UpdateRuleCatalogue.descriptions.map { .init($0.id, $0.parameters) }),
        .required(hint: hints["training"] ?? ""), "how they are trained",
        example: "{learning_rate: 0.1, batch_size: 64, epochs: 500}")

    static let all = [data, network, training]

    private static let hints = Dictionary(
        uniqueKeysWithValues: TrainedNetworks.about.sections.map { ($0.key, $0.example) })
}

/// The key of `network`.
enum NetworkKeys {
    static let hidden = StudyFileKey(
        "hidden", .list(of: .integer(in: 1...65536)), .required(hint: "the widths of the hidden layers, [] for none"),
        unit: "units", "the widths of the hidden layers, each fully connected with ReLU; [] for a linear classifier",
        example: "[64, 8]")

    static let all = [hidden]
}

/// The keys of `training`, beside the parameters of its update rule.
enum TrainingKeys {
    static let learningRate = StudyFileKey(
        "learning_rate", .number(.positiveFloat), .required(hint: "a number"),
        "the step along the gradient of a batch's mean loss", example: "0.1")
    static let batchSize = StudyFileKey(
        "batch_size", .either([.integer(in: 1...Int.max), .choice(["full"])]), .required(hint: "a number"),
        unit: "points", "points a step; full for all training points at once", example: "64")
    static let epochs = StudyFileKey(
        "epochs", .integer(in: 1...Int.max), .required(hint: "a number"), unit: "epochs",
        "how often the training points are seen at most", example: "500")
    static let scaling = StudyFileKey(
        "learning_rate_scaling", .choice(LearningRateScaling.words), .optional(otherwise: "constant"),
        "how the learning rate follows batch_size / reference_batch_size", example: "linear")
    static let referenceBatchSize = StudyFileKey(
        "reference_batch_size", .integer(in: 1...Int.max), .optional(otherwise: "nothing: needed with scaling"),
        unit: "points", "the batch size at which learning_rate holds", example: "64")
    static let stop = StudyFileKey(
        "stop", .mapping(StopKeys.all), .optional(otherwise: "training goes on to the last epoch"),
        "ends training early, at a training accuracy", example: "{every: 10, accuracy: 0.9999}")
    static let drops = StudyFileKey(
        "drops", .list(of: .mapping(DropKeys.all)), .optional(otherwise: "the learning rate stays"),
        "lowers the learning rate on the way", example: "[{epoch: 30, factor: 0.1}]")
    static let rule = StudyFileKey(
        "rule", .choice(UpdateRuleCatalogue.descriptions.map(\.id)), .optional(otherwise: "sgd"),
        "the update rule; its own parameters are keys beside it", example: "sgd")
    static let initialisation = StudyFileKey(
        "initialisation", .choice(StreamKind.forWeights.map(\.rawValue)), .optional(otherwise: "native"),
        "the stream of the initial weights, seeded with the network's seed", example: "torch-cpu")
    static let order = StudyFileKey(
        "order", .choice(StreamKind.words), .optional(otherwise: "native"),
        "the stream of each epoch's order of points, likewise", example: "torch-cpu")

    static let all = [
        learningRate, batchSize, epochs, scaling, referenceBatchSize, stop, drops, rule, initialisation, order,
    ]
}

/// The keys of `training.stop`.
enum StopKeys {
    static let every = StudyFileKey(
        "every", .integer(in: 1...Int.max), .optional(otherwise: "1"), unit: "epochs", "looks after every so many",
        example: "10")
    static let accuracy = StudyFileKey(
        "accuracy", .number(.share), .required(hint: "the training accuracy at which training ends"),
        "training ends at this training accuracy", example: "0.9999")
    static let points = StudyFileKey(
        "points", .integer(in: 1...Int.max), .optional(otherwise: "all"), unit: "points",
        "looks at the first so many training points", example: "1000")

    static let all = [every, accuracy, points]
}

/// The keys of an entry of `training.drops`.
enum DropKeys {
    static let epoch = StudyFileKey(
        "epoch", .integer(in: 0...Int.max), .required(hint: "the first epoch with the lower rate, counted from 0"),
        unit: "epochs", "the first epoch with the lower rate, counted from 0", example: "30")
    static let factor = StudyFileKey(
        "factor", .number(.aboveZero), .required(hint: "what the learning rate is multiplied by"),
        "what the learning rate is multiplied by from then on", example: "0.1")

    static let all = [epoch, factor]
}
