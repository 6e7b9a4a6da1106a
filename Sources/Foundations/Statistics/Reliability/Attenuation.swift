import CGSL

/// How much of the spread of an estimated measure is the measure and not the noise of its estimation.
///
/// With x = truth + noise, the reliability is the share of the variance of x that is the truth's (Spearman, American
/// Journal of Psychology 15, 1904; Lord and Novick 1968, chapter 3). Noise weakens a correlation with anything that it
/// is independent of by the root of the reliability.
public struct Reliability: Sendable, Hashable {
    /// 1 - noise/variance: at most 1; at or below 0 where the standard errors alone would spread the values as far.
    public let value: Double
    /// Of the reliability. The noise and the variance are means over rows, so 1 - value is a ratio of means and has the
    /// linearised standard error √(Σ (se² - q v)²/(n (n - 1)))/mean(v), with v = (x - x̄)² n/(n - 1) and q the ratio
    /// (Cochran, Sampling Techniques, 1977, section 6.4). It supposes no distribution, but many rows.
    public let standardError: Double
    /// value ± the normal quantile's worth of standard errors, cut at 1. Too narrow for few rows of heavy tails.
    public let interval: ConfidenceInterval
    /// Rows.
    public let count: Int
    /// The mean squared standard error; infinite or 0 where that leaves the range of numbers.
    public let noise: Double
    /// Of the values, as observed (n - 1 in the denominator); infinite or 0 where that leaves the range of numbers.
    public let variance: Double
    /// A sentence where there is nothing to correct or no correction; nil otherwise.
    public let remark: String?

    /// The correlation to be expected if the measure were known without noise: `correlation`/√reliability.
    ///
    /// Exact, in expectation over many rows, for Pearson's r and noise that is independent of target and truth. For
    /// ranks it is an approximation, since noise moves ranks more where values lie close: for normal columns it is off
    /// by less than 0.03 at a reliability of 0.5 or more, for skewed columns or noise that grows with the value it can
    /// be off by far more. It carries the doubt of the correlation, enlarged as much, and that of the reliability.
    public func withoutNoise(_ correlation: Double) -> Result<Double, UndefinedReliability> {
        guard value > 0 else { return .failure(.noiseExceedsSpread(reliability: value)) }
        let corrected = correlation / value.squareRoot()
        return abs(corrected) <= 1 ? .success(corrected) : .failure(.beyondOne(corrected))
    }
}

/// The reliability of `measure`, each value of which is an estimate with a known standard error (Hutchinson's trace,
/// say).
///
/// Standard errors that are themselves estimated will do where their squares are without bias.
/// - Parameter standardErrors: one a row, in the measure's unit, not negative.
/// - Returns: the reliability, or why there is none; never NaN.
/// - Precondition: as many standard errors as values, a level between 0 and 1.
/// - Complexity: O(n).
public func reliability(
    of measure: Variable, standardErrors: [Double], level: Double = 0.95
) -> Result<Reliability, UndefinedReliability> {
    let values = measure.values
    let count = values.count
    precondition(standardErrors.count == count, "\(standardErrors.count) standard errors of \(count) values")
    precondition(level > 0 && level < 1, "an interval at \(level)")
    guard count >= 3 else { return .failure(.tooFewRows(count, least: 3)) }
    for row in 0..<count {
        guard values[row].isFinite else { return .failure(.notFinite(variable: measure.name, row: row + 1)) }
        guard standardErrors[row].isFinite, standardErrors[row] >= 0 else {
            return .failure(.noStandardError(variable: measure.name, row: row + 1))
        }
    }
    switch measure.constancy {
    case nil: break
    case .constantWithinRounding?: return .failure(.constantWithinRounding(variable: measure.name))
    case .some: return .failure(.constant(variable: measure.name))
    }

    let n = Double(count)
    // In a unit in which squares are numbers, a power of two; the ratio has none.
    let exponent = scale(of: values)
    func inUnit(_ value: Double) -> Double {
        exponent == 0 ? value : Double(sign: .plus, exponent: -exponent, significand: value)
    }
    let squares = centred(values.map(inUnit)).map { $0 * $0 * n / (n - 1) }
    let errors = standardErrors.map(inUnit).map { $0 * $0 }
    let variance = gsl_stats_mean(squares, 1, count)
    let noise = gsl_stats_mean(errors, 1, count)
    let ratio = noise / variance
    let remainders = zip(errors, squares).map { error, square in (error - ratio * square) / variance }
    let standardError = (gsl_stats_tss_m(remainders, 1, count, 0) / (n * (n - 1))).squareRoot()
    guard variance > 0, ratio.isFinite, standardError.isFinite else { return .failure(.outOfRange) }

    let value = 1 - ratio
    let reach = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * standardError
    let remark: String? =
        noise == 0
        ? "\(measure.name) is known without noise, so there is nothing to correct."
        : value <= 0 ? UndefinedReliability.noiseExceedsSpread(reliability: value).description : nil
    return .success(
        Reliability(
            value: value, standardError: standardError,
            interval: ConfidenceInterval(lower: value - reach, upper: min(value + reach, 1), level: level),
            count: count,
            noise: Double(sign: .plus, exponent: 2 * exponent, significand: noise),
            variance: Double(sign: .plus, exponent: 2 * exponent, significand: variance), remark: remark))
}

/// Why there is no reliability, or no correlation without noise; the description is a sentence for a report.
public enum UndefinedReliability: Error, Sendable, Hashable, CustomStringConvertible {
    case tooFewRows(Int, least: Int)
    /// Rows count from 1.
    case notFinite(variable: String, row: Int)
    /// Negative or not finite; rows count from 1.
    case noStandardError(variable: String, row: Int)
    case constant(variable: String)
    case constantWithinRounding(variable: String)
    /// Squares leave the range of double precision.
    case outOfRange
    /// The noise accounts for all of the spread or more.
    case noiseExceedsSpread(reliability: Double)
    /// The corrected correlation is no correlation.
    case beyondOne(Double)

    public var description: String {
        switch self {
        case .tooFewRows(let count, let least):
            UndefinedCorrelation.tooFewRows(count, least: least).description
        case .notFinite(let variable, let row):
            UndefinedCorrelation.notFinite(variable: variable, row: row).description
        case .noStandardError(let variable, let row):
            "The standard error of \(variable) in row \(row) is negative or not finite."
        case .constant(let variable):
            UndefinedCorrelation.constant(variable: variable).description
        case .constantWithinRounding(let variable):
            UndefinedCorrelation.constantWithinRounding(variable: variable).description
        case .outOfRange:
            UndefinedCorrelation.outOfRange.description
        case .noiseExceedsSpread:
            "The standard errors alone would spread the values as far as they are spread, so nothing is known of the "
                + "correlation without noise."
        case .beyondOne:
            "The correlation divided by the root of the reliability lies beyond ±1: one of the two is off by "
                + "chance, or the standard errors are too large."
        }
    }
}
