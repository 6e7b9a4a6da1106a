import Definitions
import Documents
import Randomness

/// Reads the sections `data`, `network` and `training` of a study file.
///
/// Defaults are those of a new study: the native stream, seed 0.
extension TrainedNetworks: ReadableKind {
    static func read(_ study: MappingReader) -> TrainedNetworks { TrainedNetworksReader().networks(study) }
}

private struct TrainedNetworksReader {
    func networks(_ study: MappingReader) -> TrainedNetworks {
        let data = self.data(study.mapping("data"))
        return TrainedNetworks(
            data: data, shape: network(study.mapping("network")),
            training: training(study.mapping("training"), trainingPoints: data.trainingPoints))
    }

    private func data(_ reader: MappingReader?) -> DataSpecification {
        var data = DataSpecification(
            dataset: "", trainingPoints: 1, stream: .native, seed: 0,
            probes: .init(count: 100, stream: .native, seed: 0))
        guard let reader else { return data }
        reader.require("dataset", "a name that 'basin data list' shows")
        data.dataset = reader.text("dataset") ?? ""
        reader.require("training_points", "how many")
        data.trainingPoints = reader.integer("training_points", in: 1...Int.max) ?? 1
        (data.stream, data.seed) = pointOrder(reader)
        if let probes = reader.mapping("probes") {
            data.probes.count = probes.integer("count", in: 0...Int.max) ?? data.probes.count
            (data.probes.stream, data.probes.seed) = pointOrder(probes)
            probes.finish()
        }
        data.unseen = reader.choice("unseen", of: UnseenPool.self) ?? .all
        reader.finish()
        return data
    }

    private func pointOrder(_ reader: MappingReader) -> (PointOrder, UInt64) {
        let order = reader.choice("stream", of: PointOrder.self) ?? .native
        let seed = reader.seed("seed") ?? 0
        if order == .numpy, seed > UInt32.max {
            reader.complain("seed", "must be below 2^32 for the numpy stream, not \(seed)")
        }
        // A seed that has no effect would make two versions of one study.
        if order == .fileOrder, reader.value("seed") != nil {
            reader.complain("seed", "has no effect in file order: leave it out")
        }
        return (order, seed)
    }

    private func network(_ reader: MappingReader?) -> NetworkSpecification {
        guard let reader else { return NetworkSpecification(hidden: []) }
        reader.require("hidden", "the widths of the hidden layers, [] for none")
        let widths = reader.integers("hidden", each: "a width", in: 1...65536) ?? []
        // Hidden layers alone; the first and the last add the data's share.
        let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        if weights > 100_000_000 { reader.complain("hidden", "makes \(weights) weights; at most 100000000 are taken") }
        reader.finish()
        return NetworkSpecification(hidden: widths)
    }

    private func training(_ reader: MappingReader?, trainingPoints: Int) -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0, batchSize: 1, epochs: 1, stop: nil, initialisation: .native, order: .native)
        guard let reader else { return training }
        for key in ["learning_rate", "batch_size", "epochs"] { reader.require(key, "a number") }
        training.batchSize = batchSize(reader, trainingPoints: trainingPoints)
        training.learningRate = learningRate(reader, batchSize: training.batchSize)
        training.epochs = reader.integer("epochs", in: 1...Int.max) ?? 1
        training.stop = stop(reader.mapping("stop"))
        training.drops = reader.mappings("drops").map(drop)
        training.initialisation = reader.choice("initialisation", among: StreamKind.forWeights) ?? .native
        training.order = reader.choice("order", of: StreamKind.self) ?? .native
        reader.finish()
        return training
    }

    /// A number, or `full` for all training points at once.
    private func batchSize(_ reader: MappingReader, trainingPoints: Int) -> Int {
        if reader.value("batch_size")?.text == "full" { return trainingPoints }
        return reader.integer("batch_size", in: 1...Int.max) ?? 1
    }

    /// The learning rate that is applied: the stated one, or that times a power of batch_size / reference_batch_size.
    private func learningRate(_ reader: MappingReader, batchSize: Int) -> Double {
        let stated =
            reader.number(
                "learning_rate", "a number above 0", where: { Float($0) > 0 && Float($0).isFinite }) ?? 0
        let scaling = reader.choice("learning_rate_scaling", of: LearningRateScaling.self) ?? .constant
        let reference = reader.integer("reference_batch_size", in: 1...Int.max)
        if scaling != .constant, reference == nil {
            reader.complain(
                "learning_rate_scaling", "needs reference_batch_size, the batch size at which learning_rate holds")
        }
        let applied = stated * scaling.factor(Double(batchSize) / Double(reference ?? batchSize))
        if stated > 0, Float(applied) == 0 || !Float(applied).isFinite {
            reader.complain("learning_rate", "becomes \(applied) when it is scaled to batches of \(batchSize)")
        }
        return applied
    }

    private func stop(_ reader: MappingReader?) -> TrainingSpecification.Stop? {
        guard let reader else { return nil }
        reader.require("accuracy", "the training accuracy at which training ends")
        defer { reader.finish() }
        return .init(
            every: reader.integer("every", in: 1...Int.max) ?? 1,
            accuracy: reader.number("accuracy", "above 0 and at most 1", where: { $0 > 0 && $0 <= 1 }) ?? 1,
            points: reader.integer("points", in: 1...Int.max))
    }

    private func drop(_ reader: MappingReader) -> TrainingSpecification.Drop {
        reader.require("epoch", "the first epoch with the lower rate, counted from 0")
        reader.require("factor", "what the learning rate is multiplied by")
        defer { reader.finish() }
        return .init(
            epoch: reader.integer("epoch", in: 0...Int.max) ?? 0,
            factor: reader.number("factor", "a number above 0", where: { $0 > 0 }) ?? 1)
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
