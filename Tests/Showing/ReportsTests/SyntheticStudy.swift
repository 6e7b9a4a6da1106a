import Definitions
import Foundation
import Reports
import Results
import TestSupport

/// A study in a results file whose networks were never trained: their columns are made up.
struct SyntheticStudy {
    struct Network {
        var regime: String?
        var hyperparameters = "{}"
        var columns: [String: Double]
        var seed: UInt64?
        var failure: String?
        /// A variant of the network at this position.
        var copyOf: Int?
        var variant: String?
        /// Identity of the model; one of its own when nil.
        var digest: String?
    }

    var name = "toy"
    var networks: [Network]
    var published: [PublishedValue] = []
    var figures: [Figure] = []
    var claims: [Claim] = []
    /// The column that the report is about.
    var target = "test_accuracy"
    /// The definition's `population`.
    var population = #"{"seeds":[0,1,2]}"#

    /// Enters the study with its networks, published figures, figures and claims.
    @discardableResult
    func enter(in store: ResultsStore) throws -> StudyRecord {
        let columns = Set(networks.flatMap(\.columns.keys)).sorted()
        let measures = columns.map { #"{"measure":"\#($0)","column":"\#($0)"}"# }.joined(separator: ",")
        let study = try store.enter(
            NewStudy(
                name: name, digest: "digest of \(name)", title: "Study \(name)", target: target,
                specificationYAML: "name: \(name)\n",
                specificationJSON: #"{"measures":[\#(measures)],"population":\#(population)}"#))
        let run = try store.beginRun(of: study.id, jobs: 1, provenance: .example)
        for (position, network) in networks.enumerated() {
            try store.add(
                NewModel(
                    position: position,
                    label: network.variant.map { "network \(network.copyOf ?? 0), \($0)" } ?? "network \(position)",
                    digest: network.digest ?? "\(name) \(position)",
                    trainingDigest: network.copyOf.map { "\(name) \($0)" }, variant: network.variant,
                    seed: network.seed ?? UInt64(position), regime: network.regime,
                    hyperparameters: network.hyperparameters,
                    outcome: network.failure.map { .failed(reason: $0) } ?? .trained),
                measurements: network.columns.sorted { $0.key < $1.key }.map {
                    MeasurementRecord(measure: $0, value: $1)
                },
                study: study.id, run: run)
        }
        try store.record(published, study: study.id)
        try store.record(figures: figures, study: study.id)
        try store.record(claims: claims, study: study.id)
        return study
    }
}

/// A results file of its own.
struct Archive {
    let folder: TemporaryFolder
    let store: ResultsStore

    init() throws {
        folder = try TemporaryFolder()
        store = try ResultsStore.open(at: folder("basin.sqlite"))
    }

    func population(_ study: SyntheticStudy) throws -> Population {
        try Population(of: study.enter(in: store), in: store)
    }
}

/// Two regimes of networks with an accuracy, a trace that tells the regimes apart and nothing else (`hessian_trace`),
/// and a norm that follows the accuracy within both (`weight_norm_l2`).
func twoRegimes(
    _ count: Int = 25, accuracy: (Double, Double) = (0.85, 0.87), noise: UInt64 = 0, hyperparameters: String = "{}"
) -> [SyntheticStudy.Network] {
    [("small-batch", accuracy.0, 50.0), ("large-batch", accuracy.1, 20.0)].enumerated().flatMap { regime, facts in
        // Stretches of one stream: streams of neighbouring seeds resemble each other.
        let draws = PlotSamples.noise(seed: 10 + noise + UInt64(regime), count: 3 * count)
        return (0..<count).map { index in
            let accuracy = facts.1 + 0.002 * draws[index]
            return SyntheticStudy.Network(
                regime: facts.0, hyperparameters: hyperparameters,
                columns: [
                    "test_accuracy": accuracy, "hessian_trace": facts.2 + draws[count + index],
                    "weight_norm_l2": 10 + 100 * accuracy + 0.05 * draws[2 * count + index],
                ],
                seed: UInt64(index + 100 * regime))
        }
    }
}

extension Provenance {
    static let example = Provenance(
        basinVersion: "0.1", gitCommit: "abc", isGitDirty: false, cpuModel: "A processor", coreCount: 2,
        operatingSystem: "An operating system", blasLibrary: "OpenBLAS 0.3", blasKernel: "Haswell", buildKind: .native,
        compiler: "Swift 6.1", datasetDigests: [:])
}
