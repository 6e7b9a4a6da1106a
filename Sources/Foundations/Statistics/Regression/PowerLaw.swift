import CGSL
import Glibc

/// A straight line on logarithmic axes: y is about a factor times a power of x.
public struct PowerLaw: Sendable, Hashable {
    /// The line's slope.
    public let exponent: Double
    /// Of the exponent, from the scatter of the logarithms about the line on n - 2 degrees of freedom.
    public let standardError: Double
    /// The natural logarithm of the line's value at x = 1.
    public let logFactor: Double
    /// Rows that entered.
    public let count: Int

    /// The line's value at a positive x; infinite or zero where that leaves the range of numbers.
    public func value(at x: Double) -> Double { exp(logFactor + exponent * log(x)) }
}

/// Fits a power law by least squares of the logarithm of y against that of x.
///
/// - Returns: the fit, or why there is none; never NaN.
/// - Precondition: both variables have a value a row.
/// - Complexity: O(n).
public func powerLaw(_ y: Variable, over x: Variable) -> Result<PowerLaw, UndefinedPowerLaw> {
    precondition(x.values.count == y.values.count, "\(x.name) and \(y.name) have different rows")
    let count = x.values.count
    guard count >= 3 else { return .failure(.tooFewRows(count)) }
    for variable in [y, x] {
        let without = variable.values.count { !($0 > 0 && $0.isFinite) }
        guard without == 0 else { return .failure(.noLogarithm(variable: variable.name, rows: without, of: count)) }
    }
    let (logX, logY) = (x.values.map { log($0) }, y.values.map { log($0) })
    guard let least = logX.min(), let most = logX.max(), most - least > 1e-12 * max(1, abs(most), abs(least)) else {
        return .failure(.constant(variable: x.name))
    }
    var (intercept, slope, covariance00, covariance01, covariance11, squares) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    gsl_fit_linear(
        logX, 1, logY, 1, count, &intercept, &slope, &covariance00, &covariance01, &covariance11, &squares)
    return .success(
        PowerLaw(exponent: slope, standardError: covariance11.squareRoot(), logFactor: intercept, count: count))
}

/// Why there is no power law; the description is a sentence for a report.
public enum UndefinedPowerLaw: Error, Sendable, Hashable, CustomStringConvertible {
    case tooFewRows(Int)
    /// A value is zero, negative or not finite in some rows.
    case noLogarithm(variable: String, rows: Int, of: Int)
    case constant(variable: String)

    public var description: String {
        switch self {
        case .tooFewRows(let count):
            (count == 1 ? "There is 1 complete row" : "There are \(count) complete rows")
                + ", fewer than the 3 that a slope with its error takes."
        case .noLogarithm(let variable, let rows, let count):
            "\(variable) has no logarithm in \(rows) of \(count) rows: it is not above 0."
        case .constant(let variable):
            "\(variable) has the same value in every row."
        }
    }
}
