import Digests
import Definitions
import Diagnostics
import Measures
import Results
import Statistics
import TheoryLabs

/// The trained models of one version of a study with their measures as columns, read once.
public struct Population: Sendable {
    public let study: StudyRecord
    /// What the study's file asks for.
    let definition: StudySpecification.Definition
    private let members: PopulationMembers
    /// Trained networks, by position. Variants of them, such as reparameterised copies, are none and stand apart; a
    /// network that a study has at several positions, as two points of a grid may mean the same training or come to the
    /// same weights, is there once.
    public var models: [ModelRecord] { members.models }
    /// Positions left out of `models`, as their network is there already.
    public var repeats: Int { members.repeated.count }
    /// What stands at these positions, with the row of the same network in `models`.
    var repeated: [(model: ModelRecord, row: Int)] { members.repeated }
    public var failed: [ModelRecord] { members.failed }
    /// Variants of networks, by position: rescaled copies and snapshots.
    public var copies: [ModelRecord] { members.copies }
    /// The snapshots among them, each with its epoch.
    public var snapshots: [(model: ModelRecord, epoch: Int)] {
        copies.compactMap { copy in copy.snapshotEpoch.map { (copy, $0) } }
    }
    public var failedCopies: [ModelRecord] { members.failedCopies }
    /// How many networks the study has when it is complete, variants aside.
    public let planned: Int
    /// The condition by which the models were selected; nil for all that the study has.
    public let restriction: Restriction.Effect?
    /// What the models are.
    public let kind: ModelKindDescription
    /// The experiment that made a lab's models, where this program has it.
    public let experiment: ExperimentDescription?
    /// Measured columns: those of the catalogue in its order, then others by name.
    public let columns: [String]
    /// What splits the models: the regime, then hyperparameters by name. One that splits them as an earlier one does is
    /// left out.
    public let groupings: [Grouping]
    /// The groupings that the study varies itself, regime and grid, without what follows from them, as a learning rate
    /// that is scaled with the batch.
    public let axes: [Grouping]
    /// All groupings at once, where there are several: networks of one configuration differ in no more than what no
    /// grouping names, as the seed.
    public let configuration: Grouping?
    /// What the study varies in which these models do not differ; nil where there is nothing.
    let lost: LostVariation?
    /// The groupings with those left out, and the configuration; they may be held fixed too.
    private let factors: [Grouping]
    private let measurements: [String: MeasurementColumn]
    private let measurementsOfCopies: [String: MeasurementColumn]
    private let rowsOfCopies: [ModelRecord.ID: Int]
    /// The measure behind each column that the study's file names.
    private let measureOfColumn: [String: String]
    /// Measures that were computed elsewhere, by column.
    public let external: [String: ExternalMeasure]

    /// - Throws: `ResultsError` for an unknown study.
    public init(of study: StudyRecord, in store: ResultsStore) throws {
        let members = PopulationMembers(try store.models(of: study.id))
        self.init(
            study, try CanonicalJSON.value(StudySpecification.Definition.self, of: study.specificationJSON), members,
            measurements: try store.measurementColumns(of: study.id, rows: members.models.map(\.id)),
            ofCopies: members.copies.isEmpty
                ? [:] : try store.measurementColumns(of: study.id, rows: members.copies.map(\.id)),
            external: Dictionary(
                try store.externalMeasures(of: study.id).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        )
    }

    /// - Parameters:
    ///   - measurements: a row a model of `members.models`.
    ///   - measurementsOfCopies: a row a model of `members.copies`.
    ///   - restriction: by which the members were selected.
    init(
        _ study: StudyRecord, _ definition: StudySpecification.Definition, _ members: PopulationMembers,
        measurements: [String: MeasurementColumn], ofCopies measurementsOfCopies: [String: MeasurementColumn],
        external: [String: ExternalMeasure], restriction: Restriction.Effect? = nil
    ) {
        self.external = external
        (self.study, self.definition, self.members) = (study, definition, members)
        self.restriction = restriction
        (self.measurements, self.measurementsOfCopies) = (measurements, measurementsOfCopies)
        rowsOfCopies = Dictionary(uniqueKeysWithValues: members.copies.enumerated().map { ($1.id, $0) })
        kind = definition.kind
        experiment = definition.configurations.first?.model.of(LabModels.self)?.description
        planned = definition.configurations.filter { $0.variant == nil }.reduce(0) { $0 + $1.seeds.count }
        lost = LostVariation(
            study.name, definition, models: members.models, failed: members.failed.count,
            missing: max(0, planned - members.count), restriction: restriction?.restriction.description)
        measureOfColumn = Dictionary(definition.measures.map { ($0.column, $0.measure) }) { first, _ in first }
        let varied = Set(definition.configurations.flatMap(\.values.keys))
        let factors = Grouping.all(of: members.models)
        groupings = Self.distinct(factors)
        configuration = Grouping.configuration(groupings)
        // Chosen before any that split alike are left out: what follows from an axis may come before it by name.
        let axes = Self.distinct(
            factors.filter { grouping in
                grouping.name == "regime"
                    || varied.contains { $0 == grouping.name || $0.hasSuffix(".\(grouping.name)") }
            })
        self.axes = axes.isEmpty ? groupings : axes
        let whole =
            configuration ?? groupings.first.map { Grouping(name: "configuration", labels: $0.labels, numbers: nil) }
        self.factors = factors + (whole.map { [$0] } ?? [])
        let known = MeasureDescription.all.map(\.id)
        columns = known.filter { measurements[$0] != nil } + measurements.keys.filter { !known.contains($0) }.sorted()
    }

    /// The same without the models in some rows, and without their copies: what was planned stays.
    ///
    /// - Complexity: O(models · columns).
    public func without(_ rows: Set<Int>) -> Population {
        keeping(models.indices.filter { !rows.contains($0) }, failed: failed) { _ in restriction }
    }

    /// The models in some rows, some that failed, and the copies of all but those that are left out.
    ///
    /// - Parameter restriction: by which they were selected, given how many positions are left out.
    func keeping(
        _ rows: [Int], failed: [ModelRecord], restriction: (_ leftOut: Int) -> Restriction.Effect?
    ) -> Population {
        let rowsOfCopies = members.copies(besides: rows, failed: failed)
        let kept = members.keeping(rows, failed: failed, copies: rowsOfCopies)
        return Population(
            study, definition, kept, measurements: measurements.mapValues { $0.selecting(rows) },
            ofCopies: measurementsOfCopies.mapValues { $0.selecting(rowsOfCopies) }, external: external,
            restriction: restriction(kept.leftOut))
    }

    /// The first of those that split the models alike.
    private static func distinct(_ groupings: [Grouping]) -> [Grouping] {
        groupings.reduce(into: []) { kept, next in
            if !kept.contains(where: next.splitsAlike) { kept.append(next) }
        }
    }

    /// A column's measurements, one a model; nil where the model lacks it.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    /// - Complexity: makes a record a model; `values` is cheaper where the values are all that is asked for.
    public func measurements(_ column: String) throws(UnknownColumn) -> [MeasurementRecord?] {
        let found = try self.column(column)
        return (0..<found.count).map { found[$0] }
    }

    /// A measurement of a variant; nil where it lacks the column.
    public func measurement(_ column: String, of copy: ModelRecord.ID) -> MeasurementRecord? {
        rowsOfCopies[copy].flatMap { measurementsOfCopies[column]?[$0] }
    }

    /// A column's values, one a model; nil where there is none.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    public func values(_ column: String) throws(UnknownColumn) -> [Double?] { try self.column(column).values }

    /// A column's measurements as columns of numbers, a row a model.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    public func column(_ name: String) throws(UnknownColumn) -> MeasurementColumn {
        guard let found = measurements[name] else {
            throw UnknownColumn(name, of: self, known: columns)
        }
        return found
    }

    /// What holding a measure, a regime or a hyperparameter fixed takes: its values, or for a category a column for
    /// each label but the first. A measure comes before a hyperparameter of the same name.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    public func covariates(_ name: String) throws(UnknownColumn) -> [Column] {
        if let found = measurements[name] { return [Column(name, found.values)] }
        guard let factor = factors.first(where: { $0.name == name }) else {
            throw UnknownColumn(name, of: self, known: columns + factors.map(\.name))
        }
        return factor.numbers.map { [Column(name, $0)] } ?? factor.indicators
    }

    /// The regime, a hyperparameter, or the configuration by name.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    func grouping(named name: String) throws(UnknownColumn) -> Grouping {
        guard let found = factors.first(where: { $0.name == name }) else {
            throw UnknownColumn(name, of: self, known: factors.map(\.name), asGroups: true)
        }
        return found
    }

    /// The column of the first measure with a role; nil where the study has none.
    package func column(for role: MeasureDescription.Role) -> String? {
        columns.first { about($0)?.roles.contains(role) == true }
    }

    /// What the measure behind a column states of itself; nil for one that this program does not know.
    public func about(_ column: String) -> MeasureDescription? {
        if let found = external[column] { return found.description }
        let id = measureOfColumn[column] ?? column
        return MeasureDescription.all.first { $0.id == id }
    }

    /// Measures that `basin measure` took besides those of the study's file.
    public var measuredBesides: [String] {
        columns.filter { measureOfColumn[$0] == nil && external[$0] == nil && about($0) != nil }
    }

    /// The rows of `models` by what their trainings are called, which is what variants name.
    var rowsByTraining: [String: Int] {
        Dictionary(
            models.enumerated().map { ($1.trainingDigest, $0) } + repeated.map { ($0.model.trainingDigest, $0.row) }
        ) { first, _ in first }
    }

    /// Whether the measure behind a column reads no unseen labels; an unknown one is not trusted.
    public func mayPredict(_ column: String) -> Bool { about(column)?.mayPredict ?? false }
}
