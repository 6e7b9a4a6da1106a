import Definitions
import Diagnostics
import Digests
import Foundation
import Randomness
import Results

/// A study of made-up networks in a results file, with measures of which it is known what is true of them.
///
/// The same models, measures and seed give the same content, and more models or measures begin with those of fewer.
public struct SimulatedResults: Sendable {
    public let name: String
    public let models: Int
    public let seed: UInt64
    /// The target first.
    public let columns: [SimulatedColumn]

    /// Limits: the view `models` has a column for each measure, and SQLite at most 2,000 of them.
    public static let mostMeasures = 1000
    /// A file of them with two measures has two gigabytes.
    public static let mostModels = 10_000_000

    /// - Parameters:
    ///   - name: as a study file's: `NameRule.study`.
    ///   - models: networks, those that fail included; 1...`mostModels`.
    ///   - measures: columns, the target included; 2...`mostMeasures`.
    /// - Throws: `ImpossibleSimulation`.
    public init(name: String = "simulated", models: Int, measures: Int, seed: UInt64) throws(ImpossibleSimulation) {
        guard (1...Self.mostModels).contains(models) else { throw .models(models) }
        guard (2...Self.mostMeasures).contains(measures) else { throw .measures(measures) }
        if let problem = NameRule.study.problem(with: name) { throw .name(name, problem: problem) }
        self.name = name
        self.models = models
        self.seed = seed
        columns = SimulatedColumn.all(measures)
    }

    /// Enters the study and writes the networks that the file lacks, some thousands a transaction.
    ///
    /// - Parameter progress: called after each transaction with the number of networks that are there.
    /// - Returns: the study.
    /// - Throws: `ResultsError`; `CancellationError` where the task was cancelled, with what was written kept.
    /// - Complexity: O(models · measures); memory for one transaction.
    @discardableResult
    public func write(
        into store: ResultsStore, provenance: Provenance, progress: (_ done: Int) -> Void = { _ in }
    ) throws -> StudyRecord {
        let root = NativeStream(seed: seed).child("simulated results")
        return try store.add(try newStudy(), models: models, provenance: provenance, progress: progress) {
            position, digest in
            finishedModel(at: position, root: root, digest: digest)
        }
    }

    private func finishedModel(at position: Int, root: NativeStream, digest: String) -> FinishedModel {
        let network = SimulatedNetwork(position: position, columns: columns, root: root)
        let configuration = SimulatedNetwork.configurations[network.configuration]
        return FinishedModel(
            NewModel(
                position: position,
                label:
                    "\(configuration.regime), learning_rate \(configuration.learningRate), width "
                    + "\(configuration.width), seed \(network.seed)",
                digest: SHA256.hexadecimal(of: "\(digest) \(position)"), seed: network.seed,
                regime: configuration.regime, hyperparameters: network.hyperparameters,
                outcome: network.failure.map { .failed(reason: $0) } ?? .trained),
            measurements: network.measurements)
    }

    private func newStudy() throws -> NewStudy {
        let json = try definition.canonicalJSON()
        // Says what is true of each column, for whoever finds the file.
        let truths = columns.map { column in
            let weight = column.truth.weight.map { ", weight: \($0)" } ?? ""
            let error = column.standardError > 0 ? ", standard_error: \(column.standardError)" : ""
            return
                """
                  - {column: \(column.name), measure: \(column.measure), truth: \
                \(column.truth.name)\(weight)\(error)}\n
                """
        }
        return NewStudy(
            name: name, digest: SHA256.hexadecimal(of: json),
            title: "\(counted(models, "simulated network")) with \(columns.count) measures, seed \(seed)",
            source: "simulated: no network was trained", target: columns[0].name,
            specificationYAML: "simulated: {models: \(models), measures: \(columns.count), seed: \(seed)}\ncolumns:\n"
                + truths.joined(),
            specificationJSON: json)
    }
}

extension SimulatedResults {
    /// What is simulated, as any study's definition: measures behind columns, and configurations with their seeds.
    private var definition: StudySpecification.Definition {
        let all = SimulatedNetwork.configurations
        // The format counts up when another file comes of the same seed.
        let model = ModelSpecification(SimulatedModels(seed: seed, format: 3))
        return StudySpecification.Definition(
            configurations: all.enumerated().map { index, configuration in
                let count = (models - index + all.count - 1) / all.count
                return Configuration(
                    regime: configuration.regime,
                    values: [
                        "training.learning_rate": .number(configuration.learningRate),
                        "network.width": .number(Double(configuration.width)),
                    ],
                    model: model, seeds: (0..<max(0, count)).map(UInt64.init))
            },
            measures: columns.map { MeasureSpecification(measure: $0.measure, column: $0.name) })
    }
}

/// A simulation that cannot be made.
public enum ImpossibleSimulation: RequestError, Equatable {
    case models(Int)
    case modelsOfWorld(Int)
    case measures(Int)
    case name(String, problem: String)

    public var description: String {
        switch self {
        case .models(let count):
            """
            A simulated study of \(counted(count, "model")): it takes at least 1, and at most \
            \(SimulatedResults.mostModels).
            """
        case .modelsOfWorld(let count):
            """
            A study of a simulated world with \(counted(count, "model")): it takes at least 1, and at most \
            \(WorldResults.mostModels).
            """
        case .measures(let count):
            """
            A simulated study with \(counted(count, "measure")): it takes 2 (the target and another) to \
            \(SimulatedResults.mostMeasures).
            """
        case .name(let name, let problem): "'\(name.shortened)' \(problem)."
        }
    }
}
