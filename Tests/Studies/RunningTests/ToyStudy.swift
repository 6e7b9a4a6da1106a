import Datasets
import Results
import Definitions
import StudyFiles
import Running
import Synchronization
import TestSupport

/// A study of eight small networks on synthetic images, trained and measured in milliseconds.
struct ToyStudy {
    var name = "toy"
    var dataset = "synthetic"
    var trainingPoints = 60
    var stream = "stream: native, seed: 3"
    var probes = "{count: 10, seed: 4}"
    var hidden = "[12, 6]"
    /// More keys of the section, each after a comma.
    var network = ""
    var learningRate = "0.2"
    var epochs = 60
    /// More keys of the section, each after a comma.
    var streams = ""
    var seeds = "0-7"
    /// More keys of the section, each after a comma.
    var population = ""
    var measures = "[test_accuracy, pair_proxy, hessian_trace, weight_norm_l2, dead_units]"

    var text: String {
        """
        name: \(name)
        data: {dataset: \(dataset), training_points: \(trainingPoints), \(stream), probes: \(probes)}
        network: {hidden: \(hidden)\(network)}
        training: {learning_rate: \(learningRate), batch_size: 16, epochs: \(epochs), stop: {every: 10, accuracy: \
        1}\(streams)}
        population: {seeds: \(seeds)\(population)}
        measures: \(measures)
        """
    }

    var file: StudyFile { get throws { try StudyFile(text: text, path: "\(name).yml") } }

    var material: StudyMaterial {
        get throws {
            try StudyMaterial(file.specification.configurations[0].data, dataset: SyntheticImages().dataset())
        }
    }
}

/// A results file of its own, on which studies are run as the command would.
struct Laboratory {
    let folder: TemporaryFolder
    let store: ResultsStore
    var images = SyntheticImages()

    init() throws {
        folder = try TemporaryFolder()
        store = try ResultsStore.open(at: folder("basin.sqlite"))
    }

    func runner(_ study: ToyStudy, _ options: RunOptions, in store: ResultsStore? = nil) throws -> StudyRunner {
        try StudyRunner(file: study.file, store: store ?? self.store, options: options, dataset: images.dataset)
    }

    @discardableResult
    func run(
        _ study: ToyStudy = ToyStudy(), _ options: RunOptions = RunOptions(jobs: 2), provenance: Provenance = .example,
        training: Bool = true, progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) async throws -> StudyProgress {
        try await runner(study, options).run(provenance: provenance, training: training, progress: progress)
    }

    func record(_ name: String = "toy", version: Int? = nil) throws -> StudyRecord {
        try store.study(named: name, version: version)
    }
    func models(_ name: String = "toy", version: Int? = nil) throws -> [ModelRecord] {
        try store.models(of: record(name, version: version).id)
    }
    /// The measurements of one column, by position.
    func column(_ measure: String, of name: String = "toy") throws -> [MeasurementRecord?] {
        let measured = try store.measurements(of: record(name).id)
        return try models(name).map { model in measured[model.id]?.first { $0.measure == measure } }
    }
    /// The models that keep weights of their own: as many as were trained.
    func trained(_ name: String = "toy") throws -> [ModelRecord] {
        try models(name).filter { try store.weights(of: $0.id) != nil }
    }
    func runs(version: Int? = nil) throws -> [RunRecord] { try store.runs(of: record(version: version).id) }
    func digest(_ name: String = "toy", version: Int? = nil) throws -> String {
        try store.contentDigest(of: record(name, version: version).id)
    }
    func lines(version: Int? = nil) throws -> [String] { try store.contentLines(of: record(version: version).id) }

    /// What one uninterrupted run on one thread finds.
    static func digest(of study: ToyStudy = ToyStudy(), images: SyntheticImages = SyntheticImages()) async throws
        -> String
    {
        var fresh = try Laboratory()
        fresh.images = images
        try await fresh.run(study, RunOptions(jobs: 1))
        return try fresh.digest(study.name)
    }
}

extension Provenance {
    static let example = Provenance(
        basinVersion: "0", gitCommit: nil, isGitDirty: nil, cpuModel: "a processor", coreCount: 2,
        operatingSystem: "an operating system", blasLibrary: "a BLAS", blasKernel: "Kernel", buildKind: .portable,
        compiler: "a compiler", datasetDigests: [:])
}

/// Collects what a run reports, from any thread.
final class Reported: Sendable {
    private let list = Mutex<[StudyProgress]>([])

    var all: [StudyProgress] { list.withLock { $0 } }

    func add(_ progress: StudyProgress) { list.withLock { $0.append(progress) } }
}
