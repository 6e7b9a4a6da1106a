import Measures

/// One measure of one model with its doubt: a row of `measurement`.
///
/// A value exists exactly when the status is `ok`, and is finite then: the initialiser turns NaN and infinities, of
/// the value or of its standard error, into `undefined` with the reason.
public struct MeasurementRecord: Sendable, Equatable {
    /// The column's name: the measure's id or the study file's name for it.
    public let measure: String
    public let value: Double?
    /// 0 where the value is exact; nil where there is no value.
    public let standardError: Double?
    /// Probes, samples, linear programs: whatever the measure counts; 0 where it counts nothing.
    public let effort: Int
    public let status: MeasuredValue.Status
    public let reason: String?
    /// Wall-clock time.
    public let seconds: Double
    /// Further numbers by name, such as the pairs that stayed undecided. Those that are not finite become null.
    public let detail: [String: Double]

    /// A measured value; `undefined` where it or its standard error is not finite.
    ///
    /// - Parameter reason: a remark to keep beside a sound value ("training set is not separable").
    public init(
        measure: String, value: Double, standardError: Double = 0, effort: Int = 0, seconds: Double = 0,
        reason: String? = nil, detail: [String: Double] = [:]
    ) {
        let isSound = value.isFinite && standardError.isFinite && standardError >= 0
        let fault = value.isFinite ? "the standard error is \(standardError)" : "the value is \(value)"
        self.init(
            measure: measure, value: isSound ? value : nil, standardError: isSound ? standardError : nil,
            effort: effort, status: isSound ? .ok : .undefined,
            reason: isSound ? reason : [fault, reason].compactMap(\.self).joined(separator: "; "),
            seconds: seconds, detail: detail)
    }

    /// A measurement without a value, and why.
    ///
    /// - Precondition: `status` is not `ok`.
    public init(
        measure: String, status: MeasuredValue.Status, reason: String, effort: Int = 0, seconds: Double = 0,
        detail: [String: Double] = [:]
    ) {
        precondition(status != .ok, "a measurement that is ok has a value")
        self.init(
            measure: measure, value: nil, standardError: nil, effort: effort, status: status, reason: reason,
            seconds: seconds, detail: detail)
    }

    init(
        measure: String, value: Double?, standardError: Double?, effort: Int, status: MeasuredValue.Status,
        reason: String?, seconds: Double, detail: [String: Double]
    ) {
        self.measure = measure
        self.value = value
        self.standardError = standardError
        self.effort = effort
        self.status = status
        self.reason = reason
        self.seconds = seconds
        self.detail = detail
    }
}

/// The measures that a kept model lacks.
public struct MissingMeasures: Sendable, Equatable {
    public let modelID: ModelRecord.ID
    public let position: Int
    /// In the order asked for.
    public let measures: [String]
    /// Whether weights are kept, so that the measures can be taken without training again.
    public let hasWeights: Bool
}
