/// One number that stands for a column over several models, or for two: what a claim is about.
///
/// Each is a value with what it takes and how it is found, in a file of its own; `allCases` is the catalogue. Two of
/// one name are the same.
public struct SummaryStatistic: RawRepresentable, CaseIterable, Hashable, Codable, Sendable {
    /// Those that a claim can be about, in the order in which they are listed.
    public static let allCases: [SummaryStatistic] = [value, mean, minimum, maximum, slope, spearman]

    /// As study files and results files call it.
    public let rawValue: String
    /// Whether it takes a second column.
    public let isOverAnother: Bool
    private let number: @Sendable (SummarySample) throws(UndefinedSummary) -> SummaryNumber

    /// - Parameter number: what it is of a sample, whose values are finite.
    init(
        _ name: String, isOverAnother: Bool = false,
        number: @escaping @Sendable (SummarySample) throws(UndefinedSummary) -> SummaryNumber
    ) {
        rawValue = name
        self.isOverAnother = isOverAnother
        self.number = number
    }

    /// The statistic of that name in the catalogue; nil where there is none.
    public init?(rawValue: String) {
        guard let found = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = found
    }

    /// The number, or why there is none; never NaN.
    public func number(of sample: SummarySample) -> Result<SummaryNumber, UndefinedSummary> {
        do throws(UndefinedSummary) { return .success(try number(sample)) } catch { return .failure(error) }
    }
}

/// What a statistic is taken of: the values of one column or two over the models that have both.
public struct SummarySample: Sendable, Hashable {
    public let column: Variable
    /// The second column; nil for a statistic of one.
    public let other: Variable?
    /// Models that were asked for, those without a value included.
    public let selected: Int

    /// - Precondition: there is a row, and both columns have a value a row.
    public init(_ column: Variable, over other: Variable? = nil, selected: Int) {
        precondition(!column.values.isEmpty, "a statistic of no model")
        precondition(other.map { $0.values.count == column.values.count } ?? true, "columns differ in length")
        self.column = column
        self.other = other
        self.selected = selected
    }
}

/// A statistic's number with its doubt.
public struct SummaryNumber: Sendable, Hashable {
    public let value: Double
    /// Nil where the statistic has none.
    public let standardError: Double?

    public init(_ value: Double, standardError: Double? = nil) {
        self.value = value
        self.standardError = standardError
    }
}

/// Why a statistic has no number.
public enum UndefinedSummary: Error, Sendable, Hashable {
    /// It is about one model, and so many were selected.
    case notOneModel(Int)
    /// It is of two columns, and there is one.
    case noOtherColumn
    case overflow(variable: String)
    case powerLaw(UndefinedPowerLaw)
    case correlation(UndefinedCorrelation)
}
