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
    /// Trained networks, by position. Variants of them, such as reparameterised copies, are none and stand apart; a
    /// network that a study has at several positions, as two points of a grid may mean the same training or come to the
    /// same weights, is there once.
    public let models: [ModelRecord]
    /// Positions left out of `models`, as their network is there already.
    public var repeats: Int { repeated.count }
    /// What stands at these positions, with the row of the same network in `models`.
    let repeated: [(model: ModelRecord, row: Int)]
    public let failed: [ModelRecord]
    /// Variants of networks, by position.
    public let copies: [ModelRecord]
    public let failedCopies: [ModelRecord]
    /// How many networks the study has when it is complete, variants aside.
    public let planned: Int
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

    /// - Throws: `ResultsError` for an unknown study.
    public init(of study: StudyRecord, in store: ResultsStore) throws {
        self.study = study
        var (models, failed, copies, failedCopies): ([ModelRecord], [ModelRecord], [ModelRecord], [ModelRecord]) = (
            [], [], [], []
        )
        var rows: [String: Int] = [:]
        var rowsOfWeights: [String: Int] = [:]
        var digestsOfCopies: Set<String> = []
        var repeated: [(model: ModelRecord, row: Int)] = []
        for model in try store.models(of: study.id) {
            switch (model.outcome == .trained, model.variant == nil) {
            case (true, true):
                // By its specification, or by the weights that it has in the end (the views' rule, too).
                if let row = rows[model.digest] ?? model.weightsDigest.flatMap({ rowsOfWeights[$0] }) {
                    repeated.append((model, row))
                    rows[model.digest] = row
                } else {
                    rows[model.digest] = models.count
                    if let weights = model.weightsDigest { rowsOfWeights[weights] = models.count }
                    models.append(model)
                }
            case (false, true): failed.append(model)
            case (true, false): if digestsOfCopies.insert(model.digest).inserted { copies.append(model) }
            case (false, false): failedCopies.append(model)
            }
        }
        (self.models, self.repeated, self.failed, self.copies, self.failedCopies) = (
            models, repeated, failed, copies, failedCopies
        )
        let measurements = try store.measurementColumns(of: study.id, rows: models.map(\.id))
        self.measurements = measurements
        measurementsOfCopies = copies.isEmpty ? [:] : try store.measurementColumns(of: study.id, rows: copies.map(\.id))
        rowsOfCopies = Dictionary(uniqueKeysWithValues: copies.enumerated().map { ($1.id, $0) })
        let definition = try CanonicalJSON.value(StudySpecification.Definition.self, of: study.specificationJSON)
        kind = definition.kind
        experiment = definition.configurations.first?.model.of(LabModels.self)?.description
        planned = definition.configurations.filter { $0.rescaling == nil }.reduce(0) { $0 + $1.seeds.count }
        let made = models.count + repeated.count + failed.count
        lost = LostVariation(
            study.name, definition, models: models, failed: failed.count, missing: max(0, planned - made))
        measureOfColumn = Dictionary(definition.measures.map { ($0.column, $0.measure) }) { first, _ in first }
        let varied = Set(definition.configurations.flatMap(\.values.keys))
        let factors = Grouping.all(of: models)
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

    /// The standard errors of a column's values, one a model; 0 of exact values, nil where there is no value.
    ///
    /// - Throws: `UnknownColumn` with the nearest name.
    public func standardErrors(_ column: String) throws(UnknownColumn) -> [Double?] {
        try self.column(column).standardErrors
    }

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
        let id = measureOfColumn[column] ?? column
        return MeasureDescription.all.first { $0.id == id }
    }

    /// Whether the measure behind a column reads no unseen labels; an unknown one is not trusted.
    public func mayPredict(_ column: String) -> Bool { about(column)?.mayPredict ?? false }
}

/// A column that a study's models do not have, or a property in which they do not differ.
public struct UnknownColumn: RequestError {
    public let column: String
    public let study: String
    /// Names that would do.
    public let columns: [String]
    /// Whether the regime or a hyperparameter was asked for, by whose values models are grouped.
    public let isOfGroups: Bool
    /// Why the first network failed, where all did.
    public let failure: String?
    /// What is left of what the study varies, where that is what was asked for.
    public let lost: LostVariation?

    init(_ column: String, of population: Population, known: [String], asGroups: Bool = false) {
        self.column = column
        study = population.study.name
        columns = known
        isOfGroups = asGroups
        lost = population.lost.flatMap { lost in lost.levels.contains { $0.name == column } ? lost : nil }
        failure = population.models.isEmpty ? population.failed.first?.failureReason : nil
    }

    public var description: String {
        if let failure {
            return "Every network of '\(study)' failed, so there is nothing to compute. The first: \(failure)"
        }
        if let lost { return "\(lost.description) So '\(column)' tells none apart." }
        return switch (isOfGroups, columns.isEmpty) {
        case (false, true): "No model of '\(study)' has been measured yet. Run it with 'basin run \(study)'."
        case (false, false):
            "The models of '\(study)' have no column '\(column)'. \(suggestion(for: column, among: columns))"
        case (true, true):
            """
            The models of '\(study)' differ in their seeds alone: '\(column)' is no regime or hyperparameter to \
            tell them apart by.
            """
        case (true, false):
            "'\(column)' is no regime or hyperparameter in which the models of '\(study)' differ. "
                + suggestion(for: column, among: columns)
        }
    }
}

extension ModelRecord {
    fileprivate var failureReason: String? {
        if case .failed(let reason) = outcome { reason } else { nil }
    }
}
