import Foundation
import Measures

/// A correlation of a measure with a target over a study's models: a row of `correlation`.
///
/// As with measurements, an estimate exists exactly when the status is `ok`, and is finite then.
public struct CorrelationRecord: Sendable, Equatable {
    public let measure: String
    public let target: String
    /// "spearman", "kendall", …
    public let method: String
    /// The columns held fixed (partial correlation), sorted; empty for the raw one.
    public let given: [String]
    public let estimate: Double?
    public let pValue: Double?
    /// Ends of the interval, nil where none was computed.
    public let intervalLow: Double?
    public let intervalHigh: Double?
    /// Coverage of the interval, as 0.95.
    public let level: Double?
    /// Models that entered.
    public let count: Int
    public let status: MeasuredValue.Status
    public let reason: String?
    public let computedAt: Date

    /// A computed correlation; `undefined` where the estimate is not finite. Other numbers that are not finite become
    /// nil.
    public init(
        measure: String, target: String, method: String, given: [String] = [], estimate: Double, pValue: Double?,
        interval: ClosedRange<Double>? = nil, level: Double? = nil, count: Int, reason: String? = nil,
        computedAt: Date = Date()
    ) {
        let isSound = estimate.isFinite
        let isBounded = isSound && interval.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } == true
        self.init(
            measure: measure, target: target, method: method, given: given, estimate: isSound ? estimate : nil,
            pValue: isSound ? pValue.flatMap { $0.isFinite ? $0 : nil } : nil,
            intervalLow: isBounded ? interval?.lowerBound : nil, intervalHigh: isBounded ? interval?.upperBound : nil,
            level: isBounded ? level : nil, count: count, status: isSound ? .ok : .undefined,
            reason: isSound
                ? reason : [reason, "the estimate is \(estimate)"].compactMap(\.self).joined(separator: "; "),
            computedAt: computedAt)
    }

    /// A correlation that has no value, and why: "the measure is constant".
    ///
    /// - Precondition: `status` is not `ok`.
    public init(
        measure: String, target: String, method: String, given: [String] = [], status: MeasuredValue.Status,
        reason: String, count: Int, computedAt: Date = Date()
    ) {
        precondition(status != .ok, "a correlation that is ok has an estimate")
        self.init(
            measure: measure, target: target, method: method, given: given, estimate: nil, pValue: nil,
            intervalLow: nil, intervalHigh: nil, level: nil, count: count, status: status, reason: reason,
            computedAt: computedAt)
    }

    init(
        measure: String, target: String, method: String, given: [String], estimate: Double?, pValue: Double?,
        intervalLow: Double?, intervalHigh: Double?, level: Double?, count: Int, status: MeasuredValue.Status,
        reason: String?, computedAt: Date
    ) {
        self.measure = measure
        self.target = target
        self.method = method
        self.given = given.sorted()
        self.estimate = estimate
        self.pValue = pValue
        self.intervalLow = intervalLow
        self.intervalHigh = intervalHigh
        self.level = level
        self.count = count
        self.status = status
        self.reason = reason
        self.computedAt = computedAt
    }
}
