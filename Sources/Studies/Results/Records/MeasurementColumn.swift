import Measures

/// One measure over many models, a row a model: its measurements as columns of numbers.
///
/// 33 bytes a row, where a `MeasurementRecord` takes 200; a reason or a detail costs only where there is one.
public struct MeasurementColumn: Sendable, Equatable {
    public let measure: String
    /// A row's status as a number; 0 where the model was not measured.
    private var states: [UInt8]
    private var numbers: [Double]
    private var errors: [Double]
    private var seconds: [Double]
    private var efforts: [Int]
    private var reasons: [Int: String] = [:]
    /// JSON objects as they lie in the file; `subscript` reads them.
    private var details: [Int: String] = [:]

    /// A column without measurements.
    init(measure: String, rows: Int) {
        self.measure = measure
        states = [UInt8](repeating: 0, count: rows)
        numbers = [Double](repeating: 0, count: rows)
        errors = [Double](repeating: 0, count: rows)
        seconds = [Double](repeating: 0, count: rows)
        efforts = [Int](repeating: 0, count: rows)
    }

    /// The number of models, measured or not.
    public var count: Int { states.count }

    /// How many models were measured, with a value or without.
    public var measured: Int { states.count { $0 != 0 } }

    /// The values, one a row; nil where there is none.
    public var values: [Double?] { present(numbers) }

    /// The values' standard errors, one a row; 0 of an exact value, nil where there is no value.
    public var standardErrors: [Double?] { present(errors) }

    private func present(_ column: [Double]) -> [Double?] {
        states.indices.map { states[$0] == Self.ok ? column[$0] : nil }
    }

    /// A row's measurement; nil where the model was not measured.
    public subscript(row: Int) -> MeasurementRecord? {
        guard let status = Self.status(states[row]) else { return nil }
        let detail = details[row].map(MeasurementRecord.detail) ?? [:]
        return MeasurementRecord(
            measure: measure, value: status == .ok ? numbers[row] : nil,
            standardError: status == .ok ? errors[row] : nil,
            effort: efforts[row], status: status, reason: reasons[row], seconds: seconds[row], detail: detail)
    }

    /// The measurements of some rows, in the order given.
    public func selecting(_ rows: [Int]) -> MeasurementColumn {
        var chosen = self
        chosen.states = rows.map { states[$0] }
        chosen.numbers = rows.map { numbers[$0] }
        chosen.errors = rows.map { errors[$0] }
        chosen.seconds = rows.map { seconds[$0] }
        chosen.efforts = rows.map { efforts[$0] }
        (chosen.reasons, chosen.details) = ([:], [:])
        for (place, row) in rows.enumerated() {
            chosen.reasons[place] = reasons[row]
            chosen.details[place] = details[row]
        }
        return chosen
    }

    /// A row as it is read from the file; `value` and `standardError` count only where it is ok.
    mutating func set(
        _ row: Int, status: MeasuredValue.Status, value: Double, standardError: Double, effort: Int, seconds: Double,
        reason: String?, detail: String?
    ) {
        states[row] = Self.state(status)
        numbers[row] = value
        errors[row] = standardError
        efforts[row] = effort
        self.seconds[row] = seconds
        if let reason { reasons[row] = reason }
        if let detail { details[row] = detail }
    }

    private static let ok: UInt8 = 1

    private static func state(_ status: MeasuredValue.Status) -> UInt8 {
        switch status {
        case .ok: ok
        case .undefined: 2
        case .failed: 3
        }
    }

    private static func status(_ state: UInt8) -> MeasuredValue.Status? {
        switch state {
        case 0: nil
        case ok: .ok
        case 2: .undefined
        default: .failed
        }
    }
}
