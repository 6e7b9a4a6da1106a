import Datasets
import Results
import Studies
import Synchronization
import TestSupport

/// A study of eight small networks on synthetic images, trained and measured in milliseconds.
struct ToyStudy {
    var dataset = "synthetic"
    var trainingPoints = 60
    var stream = "stream: native, seed: 3"
    var probes = "{count: 10, seed: 4}"
    var hidden = "[12, 6]"
    var learningRate = "0.2"
    var epochs = 60
    var streams = ""
    var seeds = "0-7"
    var measures = "[test_accuracy, pair_proxy, hessian_trace, weight_norm_l2, dead_units]"

    var text: String {
        """
        name: toy
        data: {dataset: \(dataset), training_points: \(trainingPoints), \(stream), probes: \(probes)}
        network: {hidden: \(hidden)}
        training: {learning_rate: \(learningRate), batch_size: 16, epochs: \(epochs), stop: {every: 10, accuracy: 1}\(streams)}
        population: {seeds: \(seeds)}
        measures: \(measures)
        """
    }

    var file: StudyFile { get throws { try StudyFile(text: text, path: "toy.yml") } }

    var material: StudyMaterial {
        get throws { try StudyMaterial(file.specification.definition, dataset: SyntheticImages().dataset()) }
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

    func runner(_ study: ToyStudy, _ options: RunOptions) throws -> StudyRunner {
        try StudyRunner(file: study.file, dataset: images.dataset(), store: store, options: options)
    }

    @discardableResult
    func run(
        _ study: ToyStudy = ToyStudy(), _ options: RunOptions = RunOptions(jobs: 2), training: Bool = true,
        progress: @escaping @Sendable (StudyProgress) -> Void = { _ in }
    ) async throws -> StudyProgress {
        try await runner(study, options).run(provenance: .example, training: training, progress: progress)
    }

    func record(version: Int? = nil) throws -> StudyRecord { try store.study(named: "toy", version: version) }
    func models(version: Int? = nil) throws -> [ModelRecord] { try store.models(of: record(version: version).id) }
    func runs(version: Int? = nil) throws -> [RunRecord] { try store.runs(of: record(version: version).id) }
    func digest(version: Int? = nil) throws -> String { try store.contentDigest(of: record(version: version).id) }
    func lines(version: Int? = nil) throws -> [String] { try store.contentLines(of: record(version: version).id) }

    /// What one uninterrupted run on one thread finds.
    static func digest(of study: ToyStudy = ToyStudy(), images: SyntheticImages = SyntheticImages()) async throws -> String {
        var fresh = try Laboratory()
        fresh.images = images
        try await fresh.run(study, RunOptions(jobs: 1))
        return try fresh.digest()
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
