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
        /// Training and measuring one network on one core, in seconds, if it trains for all its epochs.
        public let secondsPerNetwork: Double
        /// What one network takes in the results file.
        public let bytesPerNetwork: Int

        public var missing: Int { networks - finished }
        public var seconds: Double { Double(missing) * secondsPerNetwork }
        public var bytes: Int { missing * bytesPerNetwork }
    }

    public let parts: [Part]

    public var networks: Int { parts.reduce(0) { $0 + $1.networks } }
    public var missing: Int { parts.reduce(0) { $0 + $1.missing } }
    public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

    /// At most so many seconds of a run with so many jobs.
    public func seconds(jobs: Int) -> Double { parts.reduce(0) { $0 + $1.seconds } / Double(jobs) }

    /// Times a few epochs of each kind of network, and its measures once. Nothing is written.
    ///
    /// - Parameters:
    ///   - store: a results file that may have finished networks; nil when there is none yet.
    ///   - dataset: finds a data set by name.
    public init(
        of file: StudyFile, store: ResultsStore?, options: RunOptions, dataset: (String) throws -> ImageDataset
    ) throws {
        let definition = file.specification.definition
        let materials = try StudyMaterials(definition, dataset: dataset)
        let measures = try StudyRunner.measures(of: definition, restrictedTo: options.measures)
        let finished = try Self.finished(file, store)
        var (calibration, position) = (Calibration(measures: measures), 0)
        parts = definition.configurations.map { configuration in
            let positions = position..<position + configuration.seeds.count
            position = positions.upperBound
            let cost = calibration.cost(of: configuration, on: materials.material(of: configuration))
            let keepsWeights = configuration.rescaling == nil && !options.discardWeights
            return Part(
                configuration: configuration, networks: positions.count, finished: positions.count { finished.contains($0) },
                secondsPerNetwork: (configuration.rescaling == nil ? cost.training : 0) + cost.measuring,
                bytesPerNetwork: (keepsWeights ? cost.weightBytes : 0) + cost.measureBytes)
        }
    }

    private static func finished(_ file: StudyFile, _ store: ResultsStore?) throws -> Set<Int> {
        guard let store else { return [] }
        let digest = try file.specification.definition.digest()
        let version = try store.studies().first { $0.name == file.specification.name && $0.digest == digest }
        return try version.map { try store.finishedPositions(of: $0.id) } ?? []
    }
}

/// Times networks of each kind once.
private struct Calibration {
    struct Cost {
        /// For all epochs.
        var training: Double
        var measuring: Double
        var weightBytes: Int
        var measureBytes: Int
    }

    private struct TrainingKind: Hashable {
        let dataset: String
        let network: NetworkSpecification
        let batchSize: Int
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
            batchSize: configuration.training.batchSize)
        let perPoint = secondsPerPoint[kind] ?? Self.secondsPerPoint(network, configuration.training, material.training)
        secondsPerPoint[kind] = perPoint
        let measureKind = MeasuringKind(data: configuration.data, network: configuration.network)
        let measured = measuring[measureKind] ?? measure(network, on: material)
        measuring[measureKind] = measured
        return Cost(
            training: perPoint * Double(material.training.count) * Double(configuration.training.epochs),
            measuring: measured.seconds, weightBytes: 4 * architecture.parameterCount, measureBytes: measured.bytes)
    }

    /// The time of two epochs that follow a first one, so that setting up does not count.
    private static func secondsPerPoint(
        _ network: Network, _ training: TrainingSpecification, _ points: LabelledPoints
    ) -> Double {
        let some = points.selected(0..<min(points.count, Self.points))
        func seconds(epochs: Int) -> Double {
            var recipe = training.recipe
            recipe.maximumEpochs = epochs
            recipe.stopping = nil
            var order = training.order.permutations(seed: 0, purpose: "epoch-order")
            var network = network
            let (clock, start) = (ContinuousClock(), ContinuousClock.now)
            _ = try? network.train(on: some, recipe: recipe, order: &order)
            return (clock.now - start).inSeconds
        }
        return max(0, seconds(epochs: 3) - seconds(epochs: 1)) / Double(2 * some.count)
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
