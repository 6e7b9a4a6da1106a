import Datasets
import Measures
import Networks
import Randomness
import Results
import Training

/// What a run of a study would do, configuration by configuration, with its cost on this machine.
public struct StudyPlan: Sendable {
    /// The networks of one configuration.
    public struct Part: Sendable {
        public let configuration: Configuration
        public let networks: Int
        /// Of them, how many the results file has already.
        public let finished: Int
        /// Those that the run would make.
        public let missing: Int
        /// On one core, if all networks train for all their epochs; an estimate from a few epochs.
        public let seconds: Double
        /// What they take in the results file.
        public let bytes: Int
    }

    public let parts: [Part]

    public var networks: Int { parts.reduce(0) { $0 + $1.networks } }
    public var missing: Int { parts.reduce(0) { $0 + $1.missing } }
    public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

    /// The seconds of a run with so many jobs.
    public func seconds(jobs: Int) -> Double { parts.reduce(0) { $0 + $1.seconds } / Double(jobs) }

    /// Times a few epochs of each kind of network, and its measures once. Nothing is written.
    ///
    /// - Parameters:
    ///   - store: a results file that may have finished networks; nil when there is none yet.
    ///   - options: shard, limit and whether failed networks are tried again choose networks as they do in a run; measures
    ///     that finished networks lack are not counted.
    ///   - dataset: finds a data set by name.
    public init(
        of file: StudyFile, store: ResultsStore?, options: RunOptions, dataset: (String) throws -> ImageDataset
    ) throws {
        let definition = file.specification.definition
        let materials = try StudyMaterials(definition, dataset: dataset)
        let finished = try Self.finished(file, store, countingFailed: !options.retryFailed)
        var chosen = definition.models.filter { model in
            !finished.contains(model.position)
                && options.shard.map { model.position % $0.count == $0.index - 1 } ?? true
        }
        chosen = Array(chosen.prefix(options.limit ?? .max))
        let missing = Dictionary(grouping: chosen, by: \.configuration).mapValues(\.count)
        var calibration = Calibration(measures: try StudyRunner.measures(of: definition, restrictedTo: options.measures))
        var position = 0
        parts = definition.configurations.map { configuration in
            let positions = position..<position + configuration.seeds.count
            position = positions.upperBound
            let count = missing[configuration] ?? 0
            let cost = count == 0 ? Calibration.Cost()
                : calibration.cost(of: configuration, on: materials.material(of: configuration))
            // A copy is made of a network that is kept, or trained again.
            let isCopy = configuration.rescaling != nil
            let seconds = (isCopy && !options.discardWeights ? 0 : cost.training) + cost.measuring
            let bytes = (isCopy || options.discardWeights ? 0 : cost.weightBytes) + cost.measureBytes
            return Part(
                configuration: configuration, networks: positions.count,
                finished: positions.count { finished.contains($0) }, missing: count, seconds: Double(count) * seconds,
                bytes: count * bytes)
        }
    }

    private static func finished(_ file: StudyFile, _ store: ResultsStore?, countingFailed: Bool) throws -> Set<Int> {
        guard let store else { return [] }
        let digest = try file.specification.definition.digest()
        let version = try store.studies().first { $0.name == file.specification.name && $0.digest == digest }
        guard let version else { return [] }
        let failed = countingFailed ? [] : try store.failedPositions(of: version.id)
        return try store.finishedPositions(of: version.id).subtracting(failed)
    }
}

/// Times networks of each kind once.
private struct Calibration {
    struct Cost {
        /// For all epochs.
        var training = 0.0
        var measuring = 0.0
        var weightBytes = 0
        var measureBytes = 0
    }

    private struct TrainingKind: Hashable {
        let dataset: String
        let network: NetworkSpecification
        let batchSize: Int
        let points: Int
    }

    private struct MeasuringKind: Hashable {
        let data: DataSpecification
        let network: NetworkSpecification
    }

    /// A row of a measurement with its index, as SQLite stores it.
    private static let measurementBytes = 200
    /// Points that are trained on to find out how fast that is.
    private static let points = 4096

    let measures: PreparedMeasures
    private var secondsPerPoint: [TrainingKind: Double] = [:]
    private var measuring: [MeasuringKind: (seconds: Double, bytes: Int)] = [:]

    init(measures: PreparedMeasures) { self.measures = measures }

    mutating func cost(of configuration: Configuration, on material: StudyMaterial) -> Cost {
        let architecture = material.architecture(configuration.network)
        var stream = StreamKind.native.weights(seed: 0)
        let network = Network(architecture: architecture, initialisedFrom: &stream)
        let kind = TrainingKind(
            dataset: configuration.data.dataset, network: configuration.network,
            batchSize: configuration.training.batchSize, points: min(material.training.count, Self.points))
        let perPoint = secondsPerPoint[kind] ?? Self.secondsPerPoint(network, configuration.training, material.training)
        secondsPerPoint[kind] = perPoint
        let measureKind = MeasuringKind(data: configuration.data, network: configuration.network)
        let measured = measuring[measureKind] ?? measure(network, on: material)
        measuring[measureKind] = measured
        return Cost(
            training: perPoint * Double(material.training.count) * Double(configuration.training.epochs),
            measuring: measured.seconds, weightBytes: 4 * architecture.parameterCount, measureBytes: measured.bytes)
    }

    /// The time of two epochs that follow a first one, so that setting up does not count; the least of three tries.
    ///
    /// The learning rate is made small: a network that diverges would stop, and the time does not depend on it.
    private static func secondsPerPoint(
        _ network: Network, _ training: TrainingSpecification, _ points: LabelledPoints
    ) -> Double {
        let some = points.selected(0..<min(points.count, Self.points))
        func seconds(epochs: Int) -> Double {
            var recipe = training.recipe
            recipe.learningRate = min(recipe.learningRate, 1e-3)
            recipe.maximumEpochs = epochs
            recipe.stopping = nil
            var order = training.order.permutations(seed: 0, purpose: "epoch-order")
            var network = network
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            _ = try? network.train(on: some, recipe: recipe, order: &order)
            return (clock.now - start).inSeconds
        }
        let tries = (0..<3).map { _ in seconds(epochs: 3) - seconds(epochs: 1) }.filter { $0 > 0 }
        return (tries.min() ?? 0) / Double(2 * some.count)
    }

    private func measure(_ network: Network, on material: StudyMaterial) -> (seconds: Double, bytes: Int) {
        let subject = Subject(
            network: network, training: material.training, test: material.test, unseen: material.unseen,
            probes: material.probes, position: 0, seed: 0, epochs: 0)
        let (clock, start) = (ContinuousClock(), ContinuousClock.now)
        for measure in measures.single { _ = measure.record(of: subject) }
        let kept = measures.population.reduce(0) { $0 + $1.measure.keep(subject).count }
        let rows = measures.single.count + measures.population.count
        return ((clock.now - start).inSeconds, kept + rows * Self.measurementBytes)
    }
}
