import Measures
import Parameters

/// A construction of a theory paper: settings and a seed make a model, of which everything can be computed.
///
/// A model is a point of a convex problem, a factorisation, a two-layer network: whatever the paper argues about.
/// Curves and trajectories are families of models: the iterate after t steps is a model, with t a setting.
public protocol Experiment: Sendable {
    associatedtype Model

    /// What is made, for the catalogue and for the reader of a report.
    static var about: ExperimentDescription { get }

    /// What can be measured of a model, in the order in which reports list it.
    static var measures: [LabMeasure<Model>] { get }

    /// - Parameter settings: each is in its range; those that a study does not state have their defaults.
    /// - Throws: `SettingsDisagree` when they do not go together.
    init(_ settings: ParameterValues) throws(SettingsDisagree)

    /// A pure function of the settings and the seed.
    ///
    /// In a cancelled task the long loops end early: what comes then is no model, and whoever cancelled throws it away.
    ///
    /// - Throws: `ModelFailed` when these settings make no model with this seed.
    func model(seed: UInt64) throws(ModelFailed) -> Model
}

/// A measure of an experiment's models: what it states of itself, beside the function that computes it.
public struct LabMeasure<Model>: Sendable {
    public let about: MeasureDescription
    /// Never gives a NaN: what cannot be computed has a status and a reason.
    public let value: @Sendable (Model) -> MeasuredValue

    public init(_ about: MeasureDescription, value: @escaping @Sendable (Model) -> MeasuredValue) {
        self.about = about
        self.value = value
    }

    /// An exact value; one that is not finite becomes `undefined`.
    public init(_ about: MeasureDescription, exactly value: @escaping @Sendable (Model) -> Double) {
        self.init(about) { MeasuredValue(value($0)) }
    }
}

/// Settings that are each in their range and do not go together, as a sphere's radius below that of its core.
public struct SettingsDisagree: Error, CustomStringConvertible {
    /// Names a setting and says what to change.
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// A model that could not be made, and why: "the iterates are not finite after step 12".
public struct ModelFailed: Error, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

extension Experiment {
    /// The measures with these ids, of the model that a seed makes, each with the seconds that it took.
    ///
    /// - Parameter ids: each names one of the experiment's measures; others are left out.
    /// - Returns: measurements in the order of `ids`, and the seconds that making the model took.
    public func measurements(
        of ids: [String], seed: UInt64
    ) throws(ModelFailed) -> (values: [LabMeasurement], seconds: Double) {
        let clock = ContinuousClock()
        let start = clock.now
        let model = try model(seed: seed)
        let made = clock.now
        let values = ids.compactMap { Self.measurement(of: $0, of: model) }
        return (values, (made - start) / .seconds(1))
    }

    /// The measure with this id, of a model, with the seconds that it took; nil for one that the experiment does not
    /// have.
    public static func measurement(of id: String, of model: Model) -> LabMeasurement? {
        guard let measure = measures.first(where: { $0.about.id == id }) else { return nil }
        let start = ContinuousClock.now
        let value = measure.value(model)
        return LabMeasurement(id: id, value: value, seconds: (ContinuousClock.now - start) / .seconds(1))
    }
}

/// A measure's value for one model.
public struct LabMeasurement: Sendable {
    public let id: String
    public let value: MeasuredValue
    /// Wall-clock time.
    public let seconds: Double
}
