import CGSL

/// Welch's unequal-variances t test of two groups' means (Biometrika 34, 1947).
public struct WelchTest: Sendable, Hashable {
    /// The mean of the first group less that of the second.
    public let difference: Double
    /// The 95 % interval of the difference.
    public let interval: ConfidenceInterval
    public let t: Double
    /// Welch and Satterthwaite's, rarely a whole number.
    public let degreesOfFreedom: Double
    /// Two-sided, in 0...1, under the hypothesis of equal means.
    public let pValue: Double
}

/// Compares the means of two groups whose variances may differ.
///
/// - Returns: the test, as SciPy's `ttest_ind(equal_var=False)` has it, or why there is none; never NaN.
/// - Complexity: O(n).
public func welchTest(_ a: [Double], _ b: [Double]) -> Result<WelchTest, UndefinedTest> {
    for (group, values) in [a, b].enumerated() {
        guard values.count >= 2 else { return .failure(.tooFewValues(group: group + 1, count: values.count)) }
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            return .failure(.notFinite(group: group + 1, index: index + 1))
        }
    }
    if Spread(of: a) != .real, Spread(of: b) != .real { return .failure(.bothConstant) }

    // In a unit in which squares are numbers; it is a power of two, so that nothing is rounded.
    let exponent = scale(of: a + b)
    func inUnit(_ values: [Double]) -> [Double] {
        exponent == 0 ? values : values.map { Double(sign: .plus, exponent: -exponent, significand: $0) }
    }
    func asGiven(_ value: Double) -> Double { Double(sign: .plus, exponent: exponent, significand: value) }
    let (a, b) = (inUnit(a), inUnit(b))
    let meanA = gsl_stats_mean(a, 1, a.count)
    let meanB = gsl_stats_mean(b, 1, b.count)
    // Squared standard errors of the two means.
    let errorA = gsl_stats_variance_m(a, 1, a.count, meanA) / Double(a.count)
    let errorB = gsl_stats_variance_m(b, 1, b.count, meanB) / Double(b.count)
    let error = (errorA + errorB).squareRoot()
    // Shares of the whole, since squares of squares leave the range of numbers first.
    let (shareA, shareB) = (errorA / (errorA + errorB), errorB / (errorA + errorB))
    let degrees = 1 / (shareA * shareA / Double(a.count - 1) + shareB * shareB / Double(b.count - 1))
    let difference = meanA - meanB
    let t = difference / error
    guard t.isFinite, degrees.isFinite, error > 0 else { return .failure(.outOfRange) }

    let reach = gsl_cdf_tdist_Pinv(0.975, degrees) * error
    let bounds = (lower: asGiven(difference - reach), upper: asGiven(difference + reach))
    guard bounds.lower.isFinite, bounds.upper.isFinite else { return .failure(.outOfRange) }
    return .success(
        WelchTest(
            difference: asGiven(difference),
            interval: ConfidenceInterval(lower: bounds.lower, upper: bounds.upper, level: 0.95), t: t,
            degreesOfFreedom: degrees, pValue: studentPValue(t: t, degreesOfFreedom: degrees)))
}

/// Why a test of two groups has no value; the description is a sentence for a report.
public enum UndefinedTest: Error, Sendable, Hashable, CustomStringConvertible {
    /// Groups count from 1.
    case tooFewValues(group: Int, count: Int)
    /// Values count from 1.
    case notFinite(group: Int, index: Int)
    /// Neither group varies by more than rounding errors, so that there is nothing to hold the difference against.
    case bothConstant
    /// The difference or its interval leaves the range of double precision.
    case outOfRange

    public var description: String {
        switch self {
        case .tooFewValues(let group, let count):
            "Group \(group) has \(count == 1 ? "1 value" : "\(count) values"), fewer than the 2 that a variance takes."
        case .notFinite(let group, let index):
            "Value \(index) of group \(group) is not finite."
        case .bothConstant:
            "Neither group varies, so there is no spread to hold the difference of the means against."
        case .outOfRange:
            "The values are too large: their difference is no number any more."
        }
    }
}
