extension SummaryStatistic {
    /// The sum in the order of the models, by their number.
    public static let mean = SummaryStatistic("mean") { sample throws(UndefinedSummary) in
        guard let mean = Statistics.mean(of: sample.column.values), mean.isFinite else {
            throw .overflow(variable: sample.column.name)
        }
        return SummaryNumber(mean)
    }
}

/// The sum of some numbers in their order by how many they are, also where the sum is no number any more.
///
/// - Returns: nil for no numbers; not finite where one of them is not.
/// - Complexity: O(n).
public func mean(of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sum = values.reduce(0, +)
    let count = Double(values.count)
    guard !sum.isFinite, values.allSatisfy(\.isFinite) else { return sum / count }
    // Rounding may go beyond the greatest number that there is.
    let mean = values.reduce(0) { $0 + $1 / count }
    return min(max(mean, values.min() ?? mean), values.max() ?? mean)
}

/// The standard deviation of some numbers, n - 1 in the denominator, also where squares are no numbers.
///
/// - Returns: nil for fewer than two numbers, and where it is none itself.
/// - Complexity: O(n).
public func standardDeviation(of values: [Double]) -> Double? {
    let exponent = scale(of: values)
    let column = scaled(values)
    guard values.count > 1, let center = mean(of: column) else { return nil }
    let squares = column.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    let found = Double(sign: .plus, exponent: exponent, significand: deviation)
    // Two numbers of both ends of the range lie farther from their mean than any number is large.
    return found.isFinite ? found : nil
}
