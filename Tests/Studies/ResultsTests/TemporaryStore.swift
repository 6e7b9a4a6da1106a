import Foundation
import Results

/// A folder that is removed with its content when the test ends.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "basin-results-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String = "basin.sqlite") -> String { url.appending(path: name).path }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}

extension NewStudy {
    static func example(name: String = "toy", digest: String = "d1") -> NewStudy {
        NewStudy(
            name: name, digest: digest, title: "A toy", source: "nowhere", specificationYAML: "name: \(name)\n",
            specificationJSON: #"{"name":"\#(name)"}"#)
    }
}

extension NewModel {
    /// Each has weights of its own.
    static func example(_ position: Int) -> NewModel { example(position, weights: [1, 2, UInt8(3 + position)]) }

    static func example(_ position: Int, weights: [UInt8]?) -> NewModel {
        NewModel(
            position: position, label: "seed \(position)", digest: "m\(position)", seed: UInt64(position),
            hyperparameters: #"{"learning_rate":0.1}"#, epochs: 160, seconds: 1.5, weights: weights)
    }
}

extension Provenance {
    static let example = Provenance(
        basinVersion: "0.1", gitCommit: "abc", isGitDirty: false, cpuModel: "A processor", coreCount: 2,
        operatingSystem: "An operating system", blasLibrary: "OpenBLAS 0.3", blasKernel: "Haswell", buildKind: .native,
        compiler: "Swift 6.1", datasetDigests: ["mnist/train-images": "00ff"])
}

/// A fresh store with one study and one run in it.
struct Toy: Sendable {
    let folder: TemporaryFolder
    let store: ResultsStore
    let study: StudyRecord
    let run: RunRecord.ID

    init() throws {
        folder = try TemporaryFolder()
        store = try ResultsStore.open(at: folder.path())
        study = try store.enter(.example())
        run = try store.beginRun(of: study.id, jobs: 2, provenance: .example)
    }

    @discardableResult
    func add(_ position: Int, _ values: [String: Double] = [:]) throws -> ModelRecord.ID? {
        try store.add(
            .example(position),
            measurements: values.sorted { $0.key < $1.key }.map { MeasurementRecord(measure: $0.key, value: $0.value) },
            study: study.id, run: run)
    }
}
