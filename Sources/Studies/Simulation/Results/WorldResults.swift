import Definitions
import Diagnostics
import Digests
import Measures
import Parameters
import Results
import Statistics

/// A study of a simulated world in a results file, so that it can be judged like any other.
///
/// The target is the column `target`; the confounders have the names of those that verdicts hold fixed by themselves.
/// Behind a measure stands one of the catalogue that may predict, behind a leak one that may not, behind a confounder
/// none: it is held fixed, and not tried as a predictor.
public struct WorldResults: Sendable {
    public let name: String
    public let world: SimulatedWorld
    public let effect: Double
    public let seed: UInt64
    public let study: SimulatedStudy

    /// All columns of a study are in memory at once.
    public static let mostModels = 1_000_000

    /// - Parameters:
    ///   - name: as a study file's (`NameRule.study`); "simulated-" and the world's, unless given.
    ///   - models: how many networks, or nearly (`SimulatedWorld.networks(nearest:)`); 1...`mostModels`.
    ///   - effect: the partial correlation of causes with the target, in -1...1 without the ends.
    /// - Throws: `ImpossibleSimulation`.
    public init(
        of world: SimulatedWorld, name: String? = nil, models: Int, effect: Double = SimulatedWorld.usualEffect,
        seed: UInt64
    ) throws(ImpossibleSimulation) {
        guard (1...Self.mostModels).contains(models) else { throw .modelsOfWorld(models) }
        let name = name ?? "simulated-" + String(world.name.map { $0 == "." ? "-" : $0 })
        if let problem = NameRule.study.problem(with: name) { throw .name(name, problem: problem) }
        (self.name, self.world, self.effect, self.seed) = (name, world, effect, seed)
        study = world.study(models: models, effect: effect, seed: seed)
    }

    /// Enters the study and writes the networks that the file lacks.
    ///
    /// - Parameter progress: called after each transaction with the number of networks that are there.
    /// - Returns: the study.
    /// - Throws: `ResultsError`; `CancellationError` where the task was cancelled, with what was written kept.
    /// - Complexity: O(models · measures).
    @discardableResult
    public func write(
        into store: ResultsStore, provenance: Provenance, progress: (_ done: Int) -> Void = { _ in }
    ) throws -> StudyRecord {
        let definition = definition
        let places = places
        return try store.add(
            try newStudy(definition), models: study.networks, provenance: provenance, progress: progress
        ) { position, digest in
            let (configuration, seed) = (definition.configurations[places[position]], study.seeds[position])
            return FinishedModel(
                NewModel(
                    position: position, label: "\(configuration.label), seed \(seed)",
                    digest: SHA256.hexadecimal(of: "\(digest) \(position)"), seed: seed, regime: configuration.regime,
                    hyperparameters: try configuration.hyperparameters([:])),
                measurements: measurements(at: position))
        }
    }

    private func measurements(at row: Int) -> [MeasurementRecord] {
        columns.map { column in
            guard let value = column.column.values[row] else {
                return MeasurementRecord(
                    measure: column.column.name, status: .undefined, reason: "undefined in the simulation")
            }
            return MeasurementRecord(
                measure: column.column.name, value: value, standardError: (column.standardErrors?[row] ?? nil) ?? 0)
        }
    }
}

extension WorldResults {
    /// A column of the file, the measure behind it, and what is true of it.
    public struct StoredColumn: Sendable {
        public let column: Column
        public let standardErrors: [Double?]?
        /// Of the catalogue, except a confounder's.
        public let measure: String
        /// Nil for the target and for confounders.
        public let truth: SimulatedTruth?
    }

    /// The target, the confounders, then the measures.
    public var columns: [StoredColumn] {
        [
            StoredColumn(
                column: study.target, standardErrors: study.targetErrors, measure: TestAccuracy.about.id, truth: nil)
        ]
            + study.confounders.map {
                StoredColumn(
                    column: $0.column, standardErrors: $0.standardErrors, measure: "simulated_confounder", truth: nil)
            }
            + study.measures.map { measure in
                let behind =
                    !measure.mayPredict
                    ? TestLoss.about : measure.standardErrors == nil ? WeightNormL2.about : HutchinsonTrace.about
                return StoredColumn(
                    column: measure.column, standardErrors: measure.standardErrors, measure: behind.id,
                    truth: measure.truth)
            }
    }

    /// The configuration of each network, as the definition numbers them.
    private var places: [Int] {
        numbered((0..<study.networks).map { row in study.factors.map { $0.labels[row] } })
    }

    private var definition: StudySpecification.Definition {
        // The format counts up when another study comes of the same seed.
        let model = ModelSpecification(SimulatedModels(seed: seed, format: 1, world: world.name, effect: effect))
        var configurations: [Configuration] = []
        for (row, place) in places.enumerated() {
            if place == configurations.count { configurations.append(configuration(of: row, model)) }
            configurations[place].seeds.append(study.seeds[row])
        }
        return StudySpecification.Definition(
            configurations: configurations,
            measures: columns.map { MeasureSpecification(measure: $0.measure, column: $0.column.name) })
    }

    private func configuration(of row: Int, _ model: ModelSpecification) -> Configuration {
        var configuration = Configuration(model: model, seeds: [])
        for factor in study.factors {
            if factor.name == SimulatedLayout.regime {
                configuration.regime = factor.labels[row]
            } else {
                configuration.values["training.\(factor.name)"] =
                    factor.numbers.map { .number($0[row]) } ?? .word(factor.labels[row])
            }
        }
        return configuration
    }

    private func newStudy(_ definition: StudySpecification.Definition) throws -> NewStudy {
        let json = try definition.canonicalJSON()
        // Says what is true of each column, for whoever finds the file.
        let truths = columns.map { column in
            let truth = column.truth.map { "\($0.name), says: \"\($0.sentence)\"" } ?? "none"
            return "  - {column: \(column.column.name), measure: \(column.measure), truth: \(truth)}\n"
        }
        return NewStudy(
            name: name, digest: SHA256.hexadecimal(of: json),
            title:
                "\(counted(study.networks, "simulated network")) of the world '\(world.name)', seed \(seed): "
                + world.summary,
            source: "simulated: no network was trained", target: study.target.name,
            specificationYAML:
                """
                simulated: {world: \(world.name), models: \(study.networks), effect: \(effect), seed: \(seed)}
                columns:

                """ + truths.joined(),
            specificationJSON: json)
    }
}
