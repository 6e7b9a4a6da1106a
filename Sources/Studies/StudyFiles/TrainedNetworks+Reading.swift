import Definitions
import Documents
import Randomness

/// Reads the sections `data`, `network` and `training` of a study file.
///
/// Defaults are those of a new study: the native stream, seed 0.
extension TrainedNetworks: ReadableKind {
    static let keys = NetworkSections.all

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
        reader.require(DataKeys.all)
        data.dataset = reader.text(DataKeys.dataset) ?? ""
        data.trainingPoints = reader.integer(DataKeys.trainingPoints) ?? 1
        (data.stream, data.seed) = pointOrder(reader)
        if let probes = reader.mapping(DataKeys.probes) {
            data.probes.count = probes.integer(DataKeys.probeCount) ?? data.probes.count
            (data.probes.stream, data.probes.seed) = pointOrder(probes)
            probes.finish()
        }
        data.unseen = reader.choice(DataKeys.unseen) ?? UnseenPool.all
        reader.finish()
        return data
    }

    private func pointOrder(_ reader: MappingReader) -> (PointOrder, UInt64) {
        let order = reader.choice(DataKeys.stream) ?? PointOrder.native
        let seed = reader.seed(DataKeys.seed) ?? 0
        if order == .numpy, seed > UInt32.max {
            reader.complain(DataKeys.seed, "must be below 2^32 for the numpy stream, not \(seed)")
        }
        // A seed that has no effect would make two versions of one study.
        if order == .fileOrder, reader.value(DataKeys.seed) != nil {
            reader.complain(DataKeys.seed, "has no effect in file order: leave it out")
        }
        return (order, seed)
    }

    private func network(_ reader: MappingReader?) -> NetworkSpecification {
        guard let reader else { return NetworkSpecification(hidden: []) }
        reader.require(NetworkKeys.all)
        let widths = reader.integers(NetworkKeys.hidden, each: "a width") ?? []
        // Hidden layers alone; the first and the last add the data's share.
        let weights = zip(widths, widths.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
        if weights > 100_000_000 {
            reader.complain(NetworkKeys.hidden, "makes \(weights) weights; at most 100000000 are taken")
        }
        reader.finish()
        return NetworkSpecification(hidden: widths)
    }

    private func training(_ reader: MappingReader?, trainingPoints: Int) -> TrainingSpecification {
        var training = TrainingSpecification(
            learningRate: 0, batchSize: 1, epochs: 1, stop: nil, initialisation: .native, order: .native)
        guard let reader else { return training }
        reader.require(TrainingKeys.all)
        training.batchSize = batchSize(reader, trainingPoints: trainingPoints)
        training.learningRate = learningRate(reader, batchSize: training.batchSize)
        training.epochs = reader.integer(TrainingKeys.epochs) ?? 1
        training.stop = stop(reader.mapping(TrainingKeys.stop))
        training.drops = reader.mappings(TrainingKeys.drops).map(drop)
        training.rule = UpdateRuleReader().rule(reader)
        training.initialisation = reader.choice(TrainingKeys.initialisation) ?? .native
        training.order = reader.choice(TrainingKeys.order) ?? .native
        reader.finish()
        return training
    }

    /// A number, or `full` for all training points at once.
    private func batchSize(_ reader: MappingReader, trainingPoints: Int) -> Int {
        if reader.value(TrainingKeys.batchSize)?.text == "full" { return trainingPoints }
        return reader.integer(TrainingKeys.batchSize) ?? 1
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
        reader.require(StopKeys.all)
        defer { reader.finish() }
        return .init(
            every: reader.integer(StopKeys.every) ?? 1,
            accuracy: reader.number(StopKeys.accuracy) ?? 1,
            points: reader.integer(StopKeys.points))
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
