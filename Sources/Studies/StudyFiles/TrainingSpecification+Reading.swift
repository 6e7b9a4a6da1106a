import Definitions
import Diagnostics
import Documents
import Measures
import Networks
import Parameters
import Randomness
import Training

/// Reads the sections `network` and `training` of a study file.
struct TrainingReader {
    /// Deeper ones are surely a slip.
    private static let mostLayers = 1000

    func network(_ reader: MappingReader?) -> NetworkSpecification {
        guard let reader else { return NetworkSpecification(hidden: []) }
        reader.require(NetworkKeys.all)
        let widths = reader.integers(NetworkKeys.hidden, each: "a width") ?? []
        if widths.count > Self.mostLayers {
            reader.complain(
                NetworkKeys.hidden, "has \(widths.count) layers; at most \(Self.mostLayers) are taken")
        }
        // Hidden layers alone; the first and the last add the data's share.
        let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        if weights > 100_000_000 {
            reader.complain(NetworkKeys.hidden, "makes \(weights) weights; at most 100000000 are taken")
        }
        var network = NetworkSpecification(hidden: widths)
        network.activation = reader.settings(Activation.parameters)
        reader.finish()
        return network
    }

    func training(_ reader: MappingReader?, trainingPoints: Int) -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0, batchSize: 1, epochs: 1, stop: nil, initialisation: .native, order: .native)
        guard let reader else { return training }
        reader.require(TrainingKeys.all)
        training.batchSize = batchSize(reader, trainingPoints: trainingPoints)
        training.learningRate = learningRate(reader, batchSize: training.batchSize)
        training.epochs = reader.integer(TrainingKeys.epochs) ?? 1
        training.stop = stop(reader.mapping(TrainingKeys.stop))
        training.drops = reader.mappings(TrainingKeys.drops).map(drop)
        training.schedule = schedule(reader, epochs: training.epochs)
        training.noise = reader.settings(TrainingNoise.parameters)
        training.initialWeights = reader.settings(InitialWeights.parameters)
        training.rule = UpdateRuleReader().rule(reader)
        training.initialisation = reader.choice(TrainingKeys.initialisation) ?? .native
        training.order = reader.choice(TrainingKeys.order) ?? .native
        training.history = history(reader.mapping(TrainingKeys.history))
        reader.finish()
        return training
    }

    /// A number, or `full` for all training points at once.
    private func batchSize(_ reader: MappingReader, trainingPoints: Int) -> Int {
        if reader.value(TrainingKeys.batchSize)?.text == "full" { return trainingPoints }
        let size = reader.integer(TrainingKeys.batchSize) ?? 1
        if size > trainingPoints {
            reader.complain(
                TrainingKeys.batchSize, "\(size) is more than the \(trainingPoints) training points: write full for all"
            )
        }
        return size
    }

    private func schedule(_ reader: MappingReader, epochs: Int) -> OptionalSettings {
        let schedule = reader.settings(LearningRateSchedule.parameters)
        let warmUp = LearningRateSchedule(schedule.values).warmUp
        if warmUp >= epochs, warmUp > 0 {
            reader.complain("warm_up", "\(warmUp) leaves no epoch of \(epochs) for the learning rate itself")
        }
        return schedule
    }

    /// The learning rate that is applied: the stated one, or that times a power of batch_size / reference_batch_size.
    private func learningRate(_ reader: MappingReader, batchSize: Int) -> Double {
        let stated = reader.number(TrainingKeys.learningRate) ?? 0
        let scaling = reader.choice(TrainingKeys.scaling) ?? LearningRateScaling.constant
        let reference = reader.integer(TrainingKeys.referenceBatchSize)
        if scaling != .constant, reference == nil {
            reader.complain(
                TrainingKeys.scaling, "needs reference_batch_size, the batch size at which learning_rate holds")
        }
        let applied = stated * scaling.factor(Double(batchSize) / Double(reference ?? batchSize))
        if stated > 0, Float(applied) == 0 || !Float(applied).isFinite {
            reader.complain(
                TrainingKeys.learningRate, "becomes \(applied) when it is scaled to batches of \(batchSize)")
        }
        return applied
    }

    private func stop(_ reader: MappingReader?) -> TrainingSpecification.Stop? {
        guard let reader else { return nil }
        defer { reader.finish() }
        if reader.value(StopKeys.accuracy) == nil, reader.value(StopKeys.loss) == nil {
            reader.require(StopKeys.accuracy.name, "the training accuracy at which training ends; or loss")
        }
        return .init(
            every: reader.integer(StopKeys.every) ?? 1, accuracy: reader.number(StopKeys.accuracy),
            loss: reader.number(StopKeys.loss), points: reader.integer(StopKeys.points))
    }

    /// After every so many epochs, or `powers-of-two`.
    private func history(_ reader: MappingReader?) -> HistorySpecification? {
        guard let reader else { return nil }
        reader.require(HistoryKeys.all)
        defer { reader.finish() }
        let stated = reader.value(HistoryKeys.every)
        let isDoubling = stated?.text == HistoryKeys.doubling
        if let stated, !isDoubling, stated.integer == nil {
            reader.complain(
                HistoryKeys.every,
                "must be a whole number of epochs, or \(HistoryKeys.doubling), not \(stated.kind)")
        }
        let every = isDoubling || stated?.integer == nil ? nil : reader.integer(HistoryKeys.every)
        return HistorySpecification(every: every, also: Set(also(reader)))
    }

    private func also(_ reader: MappingReader) -> [TrainingHistory.Quantity] {
        (reader.list(HistoryKeys.also.name) ?? []).compactMap { node in
            if let quantity = node.text.flatMap(TrainingHistory.Quantity.init) { return quantity }
            reader.complain(
                HistoryKeys.also.name,
                "cannot have \(node.kind). "
                    + suggestion(for: node.text ?? "", among: HistoryKeys.quantities), at: node)
            return nil
        }
    }

    private func drop(_ reader: MappingReader) -> TrainingSpecification.Drop {
        reader.require(DropKeys.all)
        defer { reader.finish() }
        return .init(
            epoch: reader.integer(DropKeys.epoch) ?? 0,
            factor: reader.number(DropKeys.factor) ?? 1)
    }
}

/// How the learning rate follows the batch size.
enum LearningRateScaling: String, CaseIterable {
    case constant, linear
    case squareRoot = "square-root"

    func factor(_ ratio: Double) -> Double {
        switch self {
        case .constant: 1
        case .linear: ratio
        case .squareRoot: ratio.squareRoot()
        }
    }
}

// MARK: Keys

/// The key of `network`.
enum NetworkKeys {
    static let hidden = StudyFileKey(
        "hidden", .list(of: .integer(in: 1...65536)),
        .optional(otherwise: "those of the networks' files; needed with training"), unit: "units",
        "the widths of the hidden layers, each fully connected; [] for a linear classifier",
        example: "[64, 8]")

    static let all = [hidden] + Activation.parameters.map { StudyFileKey($0) }
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
        "ends training early, at a training accuracy, at a training loss, or where both are reached",
        example: "{every: 10, accuracy: 0.9999}")
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
    static let history = StudyFileKey(
        "history", .mapping(HistoryKeys.all), .optional(otherwise: "nothing is written down"),
        "writes down how training goes, as a table of the results file; changes no network",
        example: "{every: 10, also: [test_accuracy]}")

    static let all =
        [
            learningRate, batchSize, epochs, scaling, referenceBatchSize, stop, drops, rule, initialisation, order,
            history,
        ]
        + [LearningRateSchedule.parameters, TrainingNoise.parameters, InitialWeights.parameters].flatMap { settings in
            settings.map { StudyFileKey($0) }
        }
}

/// The keys of `training.stop`.
enum StopKeys {
    static let every = StudyFileKey(
        "every", .integer(in: 1...Int.max), .optional(otherwise: "1"), unit: "epochs", "looks after every so many",
        example: "10")
    static let accuracy = StudyFileKey(
        "accuracy", .number(.share), .optional(otherwise: "accuracy does not count; one of the two must stand"),
        "training ends at this training accuracy", example: "0.9999")
    static let loss = StudyFileKey(
        "loss", .number(.aboveZero), .optional(otherwise: "loss does not count; one of the two must stand"),
        unit: "nats",
        "training ends at this mean cross-entropy of the training points, looked at without noise", example: "0.01")
    static let points = StudyFileKey(
        "points", .integer(in: 1...Int.max), .optional(otherwise: "all"), unit: "points",
        "looks at the first so many training points", example: "1000")

    static let all = [every, accuracy, loss, points]
}

/// The keys of `training.history`.
enum HistoryKeys {
    static let doubling = "powers-of-two"
    static let quantities = TrainingHistory.Quantity.allCases.filter {
        !TrainingHistory.Quantity.always.contains($0)
    }.map(\.rawValue)

    static let every = StudyFileKey(
        "every", .either([.integer(in: 1...Int.max), .choice([doubling])]),
        .required(hint: "a number of epochs, or \(doubling)"),
        unit: "epochs",
        "writes down the training loss and accuracy after every so many epochs, or after 1, 2, 4, 8, … of them; before "
            + "the first and after the last always", example: "10")
    static let also = StudyFileKey(
        "also", .list(of: .choice(quantities)), .optional(otherwise: "none"),
        "measures that are written down beside, with their default options", example: "[test_accuracy]")

    static let all = [every, also]
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
