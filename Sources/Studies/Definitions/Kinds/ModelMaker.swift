import Measures
import Parameters

/// Makes models of one kind and configuration.
public protocol ModelMaker: Sendable {
    /// The models' hyperparameters, by name: the kind's, and what only the data tell, as the architecture.
    var facts: [String: ParameterValue] { get }

    /// Makes the model, or goes on with it, or finds it where it was made before.
    ///
    /// A pure function of the planned model, wherever it is made.
    ///
    /// - Throws: `ModelNotMade`; `CancellationError` when the task was cancelled; what the workplace throws.
    func make(_ planned: PlannedModel, at workplace: any Workplace) throws -> MadeModel

    /// The model again from what was kept of it.
    ///
    /// - Throws: `WeightsDamaged`.
    func model(
        _ planned: PlannedModel, weights: [UInt8], epochs: Int?, history: TrainingHistory
    ) throws -> any MeasurableModel

    /// What a model costs at most.
    ///
    /// - Parameter timings: what was timed before, of this configuration and others.
    func cost(of measures: StudyMeasures, seed: UInt64, timings: inout Timings) -> ModelCost
}

/// A model that was made.
public struct MadeModel {
    public let model: any MeasurableModel
    /// nil for one that is not trained.
    public let epochs: Int?
    /// Of making it, over all runs.
    public let seconds: Double
    /// What can be kept of it, to measure it again later; nil for one that is made again instead.
    public let weights: (() -> [UInt8])?
    /// The run that made it and keeps it, for a model that was found.
    public let keptBy: Int64?
    /// What was written down while it was trained.
    public let history: TrainingHistory

    public init(
        _ model: any MeasurableModel, epochs: Int? = nil, seconds: Double, weights: (() -> [UInt8])? = nil,
        keptBy: Int64? = nil, history: TrainingHistory = TrainingHistory()
    ) {
        self.model = model
        self.epochs = epochs
        self.seconds = seconds
        self.weights = weights
        self.keptBy = keptBy
        self.history = history
    }
}

/// A model as measures see it. Used on one thread.
public protocol MeasurableModel {
    /// What measures make of it; those that it does not offer have no value, and a reason.
    ///
    /// - Throws: `CancellationError` when the task was cancelled and the rest would take long.
    func findings(of measures: StudyMeasures) throws -> ModelFindings
}

/// What measures make of one model.
public struct ModelFindings: Sendable {
    /// A measure's value, the column that it fills, and the seconds that it took.
    public struct Taken: Sendable {
        public let column: String
        public let value: MeasuredValue
        public let seconds: Double

        public init(column: String, value: MeasuredValue, seconds: Double) {
            self.column = column
            self.value = value
            self.seconds = seconds
        }
    }

    /// One a measure of single models, in their order.
    public var taken: [Taken]
    /// What measures of the population keep, by column.
    public var kept: [String: [UInt8]]

    public init(taken: [Taken], kept: [String: [UInt8]] = [:]) {
        self.taken = taken
        self.kept = kept
    }
}

/// Measures to take, those of single models apart from those of the population.
public struct StudyMeasures: Sendable {
    public var single: [MeasureSpecification]
    public var population: [MeasureSpecification]

    public init(single: [MeasureSpecification] = [], population: [MeasureSpecification] = []) {
        self.single = single
        self.population = population
    }

    /// - Parameter model: one of those that are measured; without any, nothing is checked.
    /// - Throws: `UnknownMeasure` for one that such models do not offer.
    public init(_ measures: [MeasureSpecification], of model: ModelSpecification?) throws(UnknownMeasure) {
        self.init()
        for measure in measures {
            try model?.kind.check(measure)
            if model?.kind.isOfPopulation(measure) == true {
                population.append(measure)
            } else {
                single.append(measure)
            }
        }
    }

    public var columns: [String] { single.map(\.column) + population.map(\.column) }
    public var isEmpty: Bool { single.isEmpty && population.isEmpty }

    /// These less those of some columns.
    public func without(_ columns: Set<String>) -> StudyMeasures {
        StudyMeasures(
            single: single.filter { !columns.contains($0.column) },
            population: population.filter { !columns.contains($0.column) })
    }
}

/// A model that could not be made, and why: "the loss is not finite after epoch 3".
public struct ModelNotMade: Error {
    public let reason: String
    public let seconds: Double

    public init(reason: String, seconds: Double = 0) {
        self.reason = reason
        self.seconds = seconds
    }
}

/// Kept weights that are none of this kind of models.
public struct WeightsDamaged: Error {
    public let reason: String

    public init(reason: String) { self.reason = reason }
}
