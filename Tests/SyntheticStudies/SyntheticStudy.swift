import Definitions
import Foundation
import Analysis
import Measures
import Recording
import Results
import TestSupport

/// A study in a results file whose networks were never trained: their columns are made up.
package struct SyntheticStudy {
    package struct Network {
        package var regime: String?
        package var hyperparameters: String
        package var columns: [String: Double]
        package var seed: UInt64?
        package var failure: String?
        /// A variant of the network at this position.
        package var copyOf: Int?
        package var variant: String?
        /// Identity of the model; one of its own when nil.
        package var digest: String?
        package var epochs: Int?
        package var history: TrainingHistory

        package init(
            regime: String? = nil, hyperparameters: String = "{}", columns: [String: Double], seed: UInt64? = nil,
            failure: String? = nil, copyOf: Int? = nil, variant: String? = nil, digest: String? = nil,
            epochs: Int? = nil, history: TrainingHistory = TrainingHistory()
        ) {
            self.regime = regime
            self.hyperparameters = hyperparameters
            self.columns = columns
            self.seed = seed
            self.failure = failure
            self.copyOf = copyOf
            self.variant = variant
            self.digest = digest
            self.epochs = epochs
            self.history = history
        }
    }

    package var name: String
    package var networks: [Network]
    package var published: [PublishedValue]
    package var figures: [Figure]
    package var claims: [Claim]
    /// The column that the report is about.
    package var target: String
    /// The definition's `population`.
    package var population: String

    package init(
        name: String = "toy", networks: [Network], published: [PublishedValue] = [], figures: [Figure] = [],
        claims: [Claim] = [], target: String = "test_accuracy", population: String = #"{"seeds":[0,1,2]}"#
    ) {
        self.name = name
        self.networks = networks
        self.published = published
        self.figures = figures
        self.claims = claims
        self.target = target
        self.population = population
    }

    /// Enters the study with its networks, published figures, figures and claims.
    @discardableResult
    package func enter(in store: ResultsStore) throws -> StudyRecord {
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
                    outcome: network.failure.map { .failed(reason: $0) } ?? .trained, epochs: network.epochs),
                measurements: network.columns.sorted { $0.key < $1.key }.map {
                    MeasurementRecord(measure: $0, value: $1)
                },
                history: network.history, study: study.id, run: run)
        }
        try store.record(published, study: study.id)
        try store.record(figures: figures, study: study.id)
        try store.record(claims: claims, study: study.id)
        if !published.isEmpty {
            let replication = Replication(published, of: try Population(of: study, in: store))
            try store.record(replication: replication.records, study: study.id)
        }
        return study
    }
}

/// A results file of its own.
package struct Archive {
    package let folder: TemporaryFolder
    package let store: ResultsStore

    package init() throws {
        folder = try TemporaryFolder()
        store = try ResultsStore.open(at: folder("basin.sqlite"))
    }

    package func population(_ study: SyntheticStudy) throws -> Population {
        try Population(of: study.enter(in: store), in: store)
    }
}

/// Two regimes of networks with an accuracy, a trace that tells the regimes apart and nothing else (`hessian_trace`),
/// and a norm that follows the accuracy within both (`weight_norm_l2`).
package func twoRegimes(
    _ count: Int = 25, accuracy: (Double, Double) = (0.85, 0.87), noise offset: UInt64 = 0,
    hyperparameters: String = "{}"
) -> [SyntheticStudy.Network] {
    [("small-batch", accuracy.0, 50.0), ("large-batch", accuracy.1, 20.0)].enumerated().flatMap { regime, facts in
        // Stretches of one stream: streams of neighbouring seeds resemble each other.
        let draws = noise(seed: 10 + offset + UInt64(regime), count: 3 * count)
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
    package static let example = Provenance(
        basinVersion: "0.1", gitCommit: "abc", isGitDirty: false, cpuModel: "A processor", coreCount: 2,
        operatingSystem: "An operating system", blasLibrary: "OpenBLAS 0.3", blasKernel: "Haswell", buildKind: .native,
        compiler: "Swift 6.1", datasetDigests: [:])
}

/// Numbers that look like draws of a standard normal, the same ones everywhere.
package func noise(seed: UInt64, count: Int = 100) -> [Double] {
    var state = seed
    return (0..<count).map { _ in
        (0..<12).reduce(-6.0) { sum, _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return sum + Double(state >> 11) * 0x1p-53
        }
    }
}
