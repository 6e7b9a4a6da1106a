import Parameters

/// A number computed from a trained network, with what it claims of itself.
public protocol Measure: Sendable {
    /// What is computed, for the catalogue and for the reader of a report.
    static var about: MeasureDescription { get }

    /// - Parameter options: the values of `about.options`, stated or default.
    init(options: ParameterValues)

    /// The value for one network.
    ///
    /// Never throws and never gives a NaN: what cannot be computed has a status and a reason.
    func evaluate(_ subject: Subject) -> MeasuredValue
}

extension Measure {
    /// The measure with some options stated and defaults for the others.
    ///
    /// - Precondition: `about.options.problem(with: stated)` is nil.
    public init(stating stated: [String: ParameterValue] = [:]) {
        self.init(options: ParameterValues(Self.about.options, stated: stated))
    }

    public var id: String { Self.about.id }
}

/// A measure's value with its doubt.
public struct MeasuredValue: Sendable, Equatable {
    /// Whether there is a value; of measurements and correlations in a results file, too.
    public enum Status: String, Sendable, CaseIterable {
        /// A finite value.
        case ok
        /// There is no value here, as with a ratio of zeros.
        case undefined
        /// The computation did not succeed.
        case failed
    }

    /// Nil unless the status is `ok`.
    public let value: Double?
    /// Of the estimate; 0 when the value is exact.
    public let standardError: Double
    /// How much was computed, in the measure's own unit (`MeasureDescription.effortUnit`).
    public let effort: Int
    public let status: Status
    /// Why there is no value, or what a reader of the value should know.
    public let reason: String?
    /// Further counts, by name.
    public let details: [String: Double]

    /// A value; one that is not finite becomes `undefined` with a reason.
    public init(
        _ value: Double, standardError: Double = 0, effort: Int = 1, note: String? = nil,
        details: [String: Double] = [:]
    ) {
        if value.isFinite, standardError.isFinite {
            (self.value, status, reason) = (value, .ok, note)
            self.standardError = standardError
        } else {
            (self.value, status) = (nil, .undefined)
            reason = "the value is not finite (\(value) ± \(standardError))"
            self.standardError = 0
        }
        self.effort = effort
        self.details = details
    }

    /// No value.
    public init(_ status: Status, reason: String, effort: Int = 0, details: [String: Double] = [:]) {
        precondition(status != .ok)
        value = nil
        standardError = 0
        self.effort = effort
        self.status = status
        self.reason = reason
        self.details = details
    }
}

extension MeasuredValue {
    /// The same value with one thing more that its reader should know; what has no value stays as it is.
    func adding(note: String?) -> MeasuredValue {
        guard let value, let note else { return self }
        return MeasuredValue(
            value, standardError: standardError, effort: effort, note: reason.map { "\(note); \($0)" } ?? note,
            details: details)
    }

    /// The same value, of so much that was computed.
    func costing(_ effort: Int) -> MeasuredValue {
        guard let value else { return self }
        return MeasuredValue(value, standardError: standardError, effort: effort, note: reason, details: details)
    }

    static func undefined(_ reason: String) -> MeasuredValue { MeasuredValue(.undefined, reason: reason) }

    static let noDecomposition = MeasuredValue(.failed, reason: "LAPACK could not decompose a matrix of this network")
}
