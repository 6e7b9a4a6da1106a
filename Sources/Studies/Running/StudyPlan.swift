import Datasets
import Definitions
import Results
import StudyFiles

/// What a run of a study would do, configuration by configuration, with its cost on this machine.
public struct StudyPlan: Sendable {
    /// The models of one configuration: networks, or models of a lab.
    public struct Part: Sendable {
        public let configuration: Configuration
        public let networks: Int
        /// Of them, how many the results file has already.
        public let finished: Int
        /// Those that the run would make.
        public let missing: Int
        /// What each is trained for at most: 0 for copies, whose network is there; where weights are discarded, a
        /// copy's network is trained again. Nil for a lab's models, which have none.
        public let epochs: Int?
        /// On one core, if all networks train for all their epochs; an estimate from a few epochs.
        public let seconds: Double
        /// What they take in the results file.
        public let bytes: Int
    }

    public private(set) var parts: [Part]
    /// What the study's models are.
    public let kind: ModelKindDescription

    public var networks: Int { parts.reduce(0) { $0 + $1.networks } }
    public var missing: Int { parts.reduce(0) { $0 + $1.missing } }
    public var bytes: Int { parts.reduce(0) { $0 + $1.bytes } }

    /// The seconds of a run with so many jobs, of which no more work than there are networks.
    public func seconds(jobs: Int) -> Double {
        parts.reduce(0) { $0 + $1.seconds } / Double(max(1, min(jobs, missing)))
    }

    /// Times a few epochs of each kind of network, and its measures once. Nothing is written.
    ///
    /// - Parameters:
    ///   - store: a results file that may have finished networks; nil when there is none yet.
    ///   - options: shard, limit and whether failed networks are tried again choose networks as they do in a run;
    ///     measures
    ///     that finished networks lack are not counted. Networks that the run would take over from another version, or
    ///     from another study, count as missing, with their training.
    ///   - dataset: finds a data set by name.
    public init(
        of file: StudyFile, store: ResultsStore?, options: RunOptions, dataset: (String) throws -> ImageDataset
    ) throws {
        var timings = Timings()
        try self.init(of: file, store: store, options: options, timings: &timings, dataset: dataset)
    }

    /// The same of a study and of studies that are run after it, as in other arithmetics: their parts one after
    /// another.
    ///
    /// - Parameter options: of the study, and of each other one.
    public init(
        of file: StudyFile, options: RunOptions, then others: [StudyFile], options otherOptions: RunOptions,
        store: ResultsStore?, dataset: (String) throws -> ImageDataset
    ) throws {
        var timings = Timings()
        var plan = try StudyPlan(of: file, store: store, options: options, timings: &timings, dataset: dataset)
        for other in others {
            plan.parts += try StudyPlan(
                of: other, store: store, options: otherOptions, timings: &timings, dataset: dataset
            ).parts
        }
        self = plan
    }

    private init(
        of file: StudyFile, store: ResultsStore?, options: RunOptions, timings: inout Timings,
        dataset: (String) throws -> ImageDataset
    ) throws {
        let definition = file.specification.definition
        kind = definition.kind
        let materials = try StudyMaterials(definition, dataset: dataset)
        let finished = try Self.finished(file, store, countingFailed: !options.retryFailed)
        let missing = (0..<file.specification.modelCount).filter { position in
            !finished.contains(position) && options.shard.map { position % $0.count == $0.index - 1 } ?? true
        }
        let chosen = Set(missing.prefix(options.limit ?? .max))
        let measures = try StudyRunner.measures(of: definition, restrictedTo: options.measures)
        var position = 0
        parts = try definition.configurations.map { configuration in
            let positions = position..<position + configuration.seeds.count
            position = positions.upperBound
            let count = positions.count { chosen.contains($0) }
            let kind = configuration.model.kind
            let cost =
                count == 0
                ? ModelCost()
                : try kind.prepared(on: materials).cost(
                    of: measures, seed: configuration.seeds.first ?? 0, timings: &timings)
            // A copy is made of a network that is kept, or trained again; a snapshot is taken of a training on its way.
            let isCopy = configuration.variant?.isComputed == true
            let isTrained = configuration.variant == nil || (isCopy && options.discardWeights)
            let epochs = isTrained ? kind.epochs : 0
            let seconds = (isTrained ? cost.training : 0) + cost.measuring
            // A copy's history is its network's, a snapshot's ends with it.
            let lastEpoch = configuration.variant?.epoch ?? (isCopy ? nil : kind.epochs)
            let entries = lastEpoch.flatMap { kind.history?.count(upTo: $0) } ?? 0
            let bytes =
                (isCopy || options.discardWeights ? 0 : cost.weightBytes) + cost.measureBytes
                + entries * cost.entryBytes
            return Part(
                configuration: configuration, networks: positions.count,
                finished: positions.count { finished.contains($0) }, missing: count,
                epochs: epochs, seconds: Double(count) * seconds, bytes: count * bytes)
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
