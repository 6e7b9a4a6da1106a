import Datasets
import Diagnostics
import Foundation
import Logging
import Measures
import Networks
import Results

/// The study's data files are not those that its finished networks were made from.
public struct StudyDataChanged: RequestError {
    public let study: String
    public let file: String

    public var description: String {
        "'\(file)' differs from the file that the finished networks of '\(study)' were trained on (SHA-256). "
            + "Use the same data, or another results file (--db)."
    }
}

/// A network whose weights were discarded came out otherwise when it was trained anew.
public struct NetworkNotReproduced: RequestError {
    public let study: String
    public let seed: UInt64

    public var description: String {
        "The network of seed \(seed) of '\(study)' has no kept weights, and training it anew gave another network than the "
            + "one measured before, as other BLAS kernels or another build may. Measure it where it was trained, or run the "
            + "study into a new results file (--db)."
    }
}

/// Trains and measures a study's networks and writes them down, one transaction each.
///
/// Workers take networks from a queue in order. Which worker takes which, how many there are, and what was finished in
/// earlier runs changes no bit of any result.
public struct StudyRunner: Sendable {
    public let file: StudyFile
    private let definition: StudySpecification.Definition
    private let material: StudyMaterial
    private let store: ResultsStore
    private let options: RunOptions
    private let logger = Logger(label: "basin.studies")

    /// Enters the study into the results file, as a new version if its definition is new.
    public init(file: StudyFile, dataset: ImageDataset, store: ResultsStore, options: RunOptions) throws {
        self.file = file
        definition = file.specification.definition
        material = try StudyMaterial(definition, dataset: dataset)
        self.store = store
        self.options = options
        // Wrong measure names are found before anything is written.
        _ = try Self.measures(of: definition, restrictedTo: options.measures)
        study = try store.enter(file.newStudy())
        try store.record(file.specification.published, study: study.id)
        try checkData(of: study)
        try reuseEarlierVersions()
    }

    private func checkData(of version: StudyRecord) throws {
        // Networks that were taken over from another version name that version's run.
        let takenOver = Set(try store.models(of: version.id).map(\.runID))
        let versions = try store.studies().filter { $0.name == version.name }
        let runs = try versions.flatMap { try store.runs(of: $0.id) }
        for run in runs where run.studyID == version.id || takenOver.contains(run.id) {
            for (name, digest) in run.provenance.datasetDigests where material.digests[name] != digest {
                throw StudyDataChanged(study: version.name, file: name)
            }
        }
    }

    /// Takes over networks of earlier versions that this version defines in the same way, so that adding a measure or a
    /// seed trains nothing twice.
    private func reuseEarlierVersions() throws {
        let earlier = try store.studies().filter { $0.name == study.name && $0.version < study.version }
        guard !earlier.isEmpty else { return }
        var digests: [Int: String] = [:]
        for (position, seed) in definition.population.seeds.enumerated() {
            digests[position] = try definition.modelDigest(seed: seed)
        }
        for version in earlier.reversed() {
            guard (try? checkData(of: version)) != nil,
                let old = try? JSONDecoder().decode(
                    StudySpecification.Definition.self, from: Data(version.specificationJSON.utf8))
            else { continue }
            let reused = try store.reuse(
                models: version.id, in: study.id, digests: digests, measures: definition.columns(sharedWith: old))
            if !reused.isEmpty {
                logger.info("took \(reused.count) networks over from version \(version.version) of \(study.name)")
            }
        }
    }

    /// The version of the study that this runner works on.
    public let study: StudyRecord

    /// The networks that are still to be trained or measured, in order of position.
    func tasks(training: Bool) throws -> [ModelTask] {
        let measures = try Self.measures(of: definition, restrictedTo: options.measures)
        let finished = try store.finishedPositions(of: study.id)
        let models = Dictionary(uniqueKeysWithValues: try store.models(of: study.id).map { ($0.position, $0) })
        var tasks: [ModelTask] = []
        for missing in try store.missingMeasures(of: study.id, among: measures.map(\.column)) {
            guard let model = models[missing.position], let seed = model.seed else { continue }
            tasks.append(
                ModelTask(
                    position: missing.position, seed: seed,
                    kept: .init(id: missing.modelID, epochs: model.epochs ?? 0, hasWeights: missing.hasWeights),
                    measures: measures.filter { missing.measures.contains($0.column) }))
        }
        if training {
            for (position, seed) in definition.population.seeds.enumerated() where !finished.contains(position) {
                tasks.append(ModelTask(position: position, seed: seed, measures: measures))
            }
        }
        tasks.sort { $0.position < $1.position }
        if let shard = options.shard { tasks = tasks.filter { $0.position % shard.count == shard.index - 1 } }
        return Array(tasks.prefix(options.limit ?? .max))
    }

    private static func measures(
        of definition: StudySpecification.Definition, restrictedTo names: [String]?
    ) throws -> [PreparedMeasure] {
        guard let names else { return try definition.measures.map { try PreparedMeasure($0) } }
        return try names.map { name in
            let own = definition.measures.first { $0.column == name }
            return try PreparedMeasure(own ?? MeasureSpecification(measure: name))
        }
    }

    /// Works until nothing is left to do, the task is cancelled, or something cannot be written.
    ///
    /// - Parameters:
    ///   - training: whether to train what is missing; otherwise only kept networks are measured.
    ///   - progress: called after each network, from any thread.
    /// - Returns: the last progress.
    /// - Throws: `CancellationError` after cancellation; every network finished before is kept.
    @discardableResult
    public func run(
        provenance: Provenance, training: Bool = true, progress: @escaping @Sendable (StudyProgress) -> Void
    ) async throws -> StudyProgress {
        let tasks = try tasks(training: training)
        let tally = Tally(total: tasks.count, before: try store.finishedPositions(of: study.id).count)
        let first = tally.progress
        progress(first)
        guard !tasks.isEmpty else { return first }
        var provenance = provenance
        provenance.datasetDigests = material.digests
        try warnOfOtherArithmetic(provenance)
        let run = try store.beginRun(
            of: study.id, jobs: options.jobs, options: options.described, provenance: provenance)
        do {
            try await work(tasks, run: run) { accuracy, failed in
                progress(tally.count(accuracy: accuracy, failed: failed))
            }
            try store.endRun(run, outcome: .finished)
        } catch {
            // Where the file cannot be written, the run stays `running`; the first error is the one to tell.
            try? store.endRun(run, outcome: error is CancellationError ? .interrupted : .failed)
            throw error
        }
        return tally.progress
    }

    /// Last bits differ between BLAS kernels and kinds of build; rows of both in one version are worth a word.
    private func warnOfOtherArithmetic(_ now: Provenance) throws {
        let others = try store.runs(of: study.id).map(\.provenance).filter {
            $0.blasKernel != now.blasKernel || $0.buildKind != now.buildKind
        }
        guard let other = others.last else { return }
        logger.warning(
            """
            \(study.name) has rows made with \(other.blasKernel) kernels by a \(other.buildKind.rawValue) build; this run uses \
            \(now.blasKernel) kernels and a \(now.buildKind.rawValue) build, and last bits may differ
            """)
    }

    private func work(
        _ tasks: [ModelTask], run: RunRecord.ID, finished: @escaping @Sendable (_ accuracy: Double?, _ failed: Bool) -> Void
    ) async throws {
        let queue = WorkQueue(tasks)
        let threads = WorkerThreads()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(options.jobs, tasks.count) {
                group.addTask(executorPreference: threads) {
                    while let task = queue.next() {
                        try Task.checkCancellation()
                        try finish(task, run: run, finished: finished)
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func finish(
        _ task: ModelTask, run: RunRecord.ID, finished: (_ accuracy: Double?, _ failed: Bool) -> Void
    ) throws {
        if let kept = task.kept {
            let network = try keptNetwork(task, kept)
            let measurements = task.measure(network, epochs: kept.epochs, on: material)
            try store.add(measurements, to: kept.id, run: run)
            finished(accuracy(measurements), false)
            return
        }
        let trained = try task.train(definition, on: material) { Task.isCancelled }
        var model = NewModel(
            position: task.position, label: "seed \(task.seed)", digest: try definition.modelDigest(seed: task.seed),
            seed: task.seed, hyperparameters: hyperparameters)
        switch trained {
        case .failed(let reason, let seconds):
            model.outcome = .failed(reason: reason)
            model.seconds = seconds
            try store.add(model, study: study.id, run: run)
            logger.warning("\(model.label) failed: \(reason)")
            finished(nil, true)
        case .network(let network, let outcome, let seconds):
            model.epochs = outcome.epochs
            model.seconds = seconds
            model.weights = options.discardWeights ? nil : [UInt8](network.safetensors())
            let measurements = task.measure(network, epochs: outcome.epochs, on: material)
            try store.add(model, measurements: measurements, study: study.id, run: run)
            logger.debug("\(model.label) finished after \(outcome.epochs) epochs")
            finished(accuracy(measurements), false)
        }
    }

    /// The network as the results file has it, or trained again from its seed where weights were not kept.
    private func keptNetwork(_ task: ModelTask, _ kept: ModelTask.Kept) throws -> Network {
        if kept.hasWeights, let weights = try store.weights(of: kept.id) {
            return try Network(safetensors: Data(weights))
        }
        guard
            case .network(let network, let outcome, _) = try task.train(
                definition, on: material, isCancelled: { Task.isCancelled }),
            outcome.epochs == kept.epochs
        else { throw NetworkNotReproduced(study: study.name, seed: task.seed) }
        return network
    }

    private func accuracy(_ measurements: [MeasurementRecord]) -> Double? {
        measurements.first { $0.measure == "test_accuracy" }?.value
    }

    private var hyperparameters: String {
        let training = definition.training
        return "{\"architecture\":\"\(material.architecture)\",\"batch_size\":\(training.batchSize),"
            + "\"learning_rate\":\(training.learningRate),\"training_points\":\(definition.data.trainingPoints)}"
    }
}
