import Datasets
import Definitions
import Digests
import Foundation
import Logging
import Measures
import Results
import StudyFiles

/// Trains and measures a study's networks and writes them down, one transaction each.
///
/// Workers take networks from a queue in order. Which worker takes which, how many there are, how many processes work
/// on the same file, and what was finished in earlier runs changes no bit of any result.
public struct StudyRunner: Sendable {
    public let file: StudyFile
    /// The version of the study that this runner works on.
    public let study: StudyRecord
    let definition: StudySpecification.Definition
    let materials: StudyMaterials
    let store: ResultsStore
    let options: RunOptions
    let logger = Logger(label: "basin.studies")

    /// Enters the study into the results file, as a new version if its definition is new.
    ///
    /// - Parameter dataset: finds a data set by name.
    public init(
        file: StudyFile, store: ResultsStore, options: RunOptions, dataset: (String) throws -> ImageDataset
    ) throws {
        self.file = file
        definition = file.specification.definition
        materials = try StudyMaterials(definition, dataset: dataset)
        self.store = store
        self.options = options
        // Wrong measure names, and models that do not fit the data, are found before anything is written.
        _ = try Self.measures(of: definition, restrictedTo: options.measures)
        for configuration in definition.configurations { _ = try configuration.model.kind.prepared(on: materials) }
        study = try store.enter(NewStudy(file))
        try store.verify(study.id)
        try store.checkPositions(of: study, planned: file.specification.modelCount)
        try store.record(file.specification.published, study: study.id)
        try store.record(figures: file.specification.figures, study: study.id)
        try store.record(claims: file.specification.claims, study: study.id)
        try checkData(of: study)
        try reuseEarlierVersions()
    }

    private func checkData(of version: StudyRecord) throws {
        // Networks that were taken over from another version name that version's run.
        let takenOver = Set(try store.models(of: version.id).map(\.runID))
        let versions = try store.studies().filter { $0.name == version.name }
        let runs = try versions.flatMap { try store.runs(of: $0.id) }
        for run in runs where run.studyID == version.id || takenOver.contains(run.id) {
            for (name, digest) in run.provenance.datasetDigests {
                guard let own = materials.digests[name], own != digest else { continue }
                throw StudyDataChanged(study: version.name, file: name)
            }
        }
    }

    /// Takes over networks of earlier versions that this version defines in the same way, so that adding a measure or a
    /// seed trains nothing twice.
    private func reuseEarlierVersions() throws {
        let earlier = try store.studies().filter { $0.name == study.name && $0.version < study.version }
        guard !earlier.isEmpty else { return }
        let models = definition.models
        for version in earlier.reversed() {
            guard
                let old = try? CanonicalJSON.value(StudySpecification.Definition.self, of: version.specificationJSON)
            else { continue }
            try store.checkPositions(of: version, planned: old.modelCount)
            guard (try? checkData(of: version)) != nil else { continue }
            let shared = Set(Set(definition.measures).intersection(old.measures).map(\.column))
            let ofPopulation = Set(try Self.measures(of: definition, restrictedTo: nil).population.map(\.column))
            let before = old.models
            // Under another name a network is found by its training digest, when its turn comes.
            let alike = zip(models, before).filter {
                $0.configuration.regime == $1.configuration.regime && $0.configuration.values == $1.configuration.values
                    && $0.configuration.model.kind.history == $1.configuration.model.kind.history
            }.map(\.0)
            var count = 0
            // A measure means the same where it reads the same points; what is over the population is computed anew.
            for isSame in [true, false] {
                let reusable = alike.filter {
                    (before[$0.position].configuration.model.kind.data == $0.configuration.model.kind.data)
                        == isSame
                }
                let digests = Dictionary(uniqueKeysWithValues: try reusable.map { ($0.position, try $0.digest) })
                count += try store.reuse(
                    models: version.id, in: study.id, digests: digests,
                    measures: isSame ? shared.subtracting(ofPopulation) : [],
                    kept: isSame ? shared.intersection(ofPopulation) : []
                ).count
            }
            if count > 0 { logger.info("took \(count) networks over from version \(version.version) of \(study.name)") }
        }
    }

    /// The networks that are still to be trained or measured, in order of position.
    func tasks(training: Bool) throws -> [ModelTask] {
        let measures = try measures()
        let models = definition.models
        let records = Dictionary(try store.models(of: study.id).map { ($0.position, $0) }) { first, _ in first }
        var tasks: [ModelTask] = []
        var lacking = Dictionary(
            uniqueKeysWithValues: try store.missingMeasures(of: study.id, among: measures.columns).map {
                ($0.position, $0)
            })
        var keptPositions: [String: Set<Int>] = [:]
        for measure in measures.population {
            keptPositions[measure.column] = Set(try store.kept(of: study.id, measure: measure.column).map(\.position))
        }
        for model in models {
            if let record = records[model.position], record.outcome == .trained {
                guard let missing = lacking.removeValue(forKey: model.position) else { continue }
                let task = ModelTask(
                    model: model,
                    kept: .init(id: missing.modelID, epochs: record.epochs, hasWeights: missing.hasWeights),
                    measures: StudyMeasures(
                        single: measures.single.filter { missing.measures.contains($0.column) },
                        population: measures.population.filter {
                            missing.measures.contains($0.column)
                                && keptPositions[$0.column]?.contains(model.position) != true
                        }))
                if !task.measures.isEmpty { tasks.append(task) }
            } else if training, records[model.position] == nil || options.retryFailed {
                tasks.append(
                    ModelTask(model: model, failedIn: records[model.position]?.runID, measures: measures))
            }
        }
        if let shard = options.shard { tasks = tasks.filter { $0.model.position % shard.count == shard.index - 1 } }
        return Array(tasks.prefix(options.limit ?? .max))
    }

    /// The measures asked for, and those over the population that were taken of this study before: with every network
    /// that comes, all their values change.
    func measures() throws -> StudyMeasures {
        let asked = try Self.measures(of: definition, restrictedTo: options.measures)
        let kind = definition.configurations.first?.model.kind
        let others = try store.keptMeasures(of: study.id).filter { !asked.columns.contains($0) }
            .map(definition.measure).filter { kind?.isOfPopulation($0) == true }
        return StudyMeasures(single: asked.single, population: asked.population + others)
    }

    static func measures(
        of definition: StudySpecification.Definition, restrictedTo names: [String]?
    ) throws -> StudyMeasures {
        try StudyMeasures(
            names.map { $0.map(definition.measure) } ?? definition.measures, of: definition.configurations.first?.model)
    }

    /// Works until nothing is left to do, the task is cancelled, or something cannot be written.
    ///
    /// Networks that another run works on are waited for: they are then there, or free if that run dies.
    ///
    /// - Parameters:
    ///   - training: whether to train what is missing; otherwise only kept networks are measured.
    ///   - progress: called after each network, from any thread, one call after the other in the order of the counts.
    /// - Returns: the last progress.
    /// - Throws: `CancellationError` after cancellation; every network finished before is kept.
    @discardableResult
    public func run(
        provenance: Provenance, training: Bool = true, progress: @escaping @Sendable (StudyProgress) -> Void
    ) async throws -> StudyProgress {
        let tasks = try tasks(training: training)
        let tally = Tally(
            unit: definition.kind.unit, total: tasks.count, before: try store.finishedPositions(of: study.id).count,
            tell: progress)
        let first = tally.progress
        progress(first)
        guard try !tasks.isEmpty || populationIsMissing() else { return first }
        var provenance = provenance
        provenance.datasetDigests = materials.digests
        try warnOfOtherArithmetic(provenance)
        let run = try store.beginRun(
            of: study.id, jobs: options.jobs, options: options.described, provenance: provenance)
        let heartbeat = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: .seconds(ResultsStore.heartbeatLimit / 4))
                // One that cannot be written now is followed by another before the run counts as dead.
                _ = try? store.heartbeat(run: run)
            }
        }
        defer { heartbeat.cancel() }
        do {
            let worker = ModelWorker(
                runner: self, run: run,
                workplace: StoreWorkplace(
                    store: store, provenance: provenance, checkpointInterval: options.checkpointInterval),
                unsaidFacts: definition.unsaidFacts)
            try await work(tasks, worker) { accuracy, failed in
                tally.count(accuracy: accuracy, failed: failed)
            }
            try measurePopulation(run: run)
            heartbeat.cancel()
            try store.endRun(run, outcome: .finished)
        } catch {
            heartbeat.cancel()
            // Where the file cannot be written, the run stays `running`; the first error is the one to tell.
            try? store.endRun(run, outcome: error is CancellationError ? .interrupted : .failed)
            throw error
        }
        return tally.progress
    }

    /// Last bits differ between kernels; rows of both in one version are worth a word.
    private func warnOfOtherArithmetic(_ now: Provenance) throws {
        // The runs that trained the networks may be those of other versions.
        let trainedBy = Set(try store.models(of: study.id).map(\.runID))
        let runs = try store.studies().flatMap { try store.runs(of: $0.id) }
        let others = runs.filter { $0.studyID == study.id || trainedBy.contains($0.id) }.map(\.provenance).filter {
            !$0.hasArithmetic(of: now)
        }
        guard let other = others.last else { return }
        logger.warning(
            """
            \(study.name) has rows made with other kernels (\(other.arithmetic)) than this run's (\(now.arithmetic)), \
            and last bits may differ
            """)
    }

    private func work(
        _ tasks: [ModelTask], _ worker: ModelWorker,
        finished: @escaping @Sendable (_ accuracy: Double?, _ failed: Bool) -> Void
    ) async throws {
        let queue = WorkQueue(tasks)
        let threads = WorkerThreads()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<min(options.jobs, tasks.count) {
                group.addTask(executorPreference: threads) {
                    while let task = queue.next() {
                        try Task.checkCancellation()
                        switch try worker.finish(task) {
                        case .done(let accuracy, let failed): finished(accuracy, failed)
                        case .heldByAnother:
                            queue.putBack(task)
                            // When only such tasks are left, all workers wait.
                            if queue.isWaiting { try await Task.sleep(for: .milliseconds(200)) }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
