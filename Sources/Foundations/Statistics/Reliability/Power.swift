import CGSL
import Glibc

/// The size of the correlation that a two-sided test finds with chance `power`: a smaller one may well be there and not
/// show.
///
/// By Fisher's z = atanh(rho), taken as normal with the variances of Fieller, Hartley and Pearson (Biometrika 44,
/// 1957): 1.06/(n - 3) for Spearman's rho, 0.437/(n - 4) for Kendall's tau, and Fisher's own 1/(n - 3) for Pearson's r;
/// each covariate of a partial correlation takes one row away. The size is tanh((z(1 - level/2) + z(power)) ·
/// √variance).
///
/// Limits: the variances hold for columns that are normal after some monotone transformation, and rho up to about 0.8.
/// - Parameters:
///   - covariates: linearly independent ones that are held fixed.
///   - level: the chance of a false alarm over all tests.
///   - tests: how many measures are tried. Each is then tested at `level`/`tests` (Bonferroni), so this is an upper
///     bound for Holm's correction.
/// - Returns: a value in 0..<1; nil for too few rows (at most 3 after the covariates, 4 for Kendall).
/// - Precondition: level and power in 0..<1 and not 0, power above level/2, at least one test.
/// - Complexity: O(1).
public func detectableCorrelation(
    count: Int, covariates: Int = 0, method: CorrelationMethod = .spearman, level: Double = 0.05, power: Double = 0.8,
    tests: Int = 1
) -> Double? {
    let errors = standardErrorsNeeded(level: level, power: power, tests: tests)
    return nullVariance(method, count: count, covariates: covariates).map { tanh(errors * $0.squareRoot()) }
}

/// The chance that a two-sided test finds a true correlation `rho`, with its sign right: the other way round of
/// `detectableCorrelation`, whose parameters and limits these are.
///
/// Φ(|atanh(rho)| / √variance - z(1 - level/2)); at rho = 0 half the level, since only one sign counts as right.
/// - Returns: a value in 0...1; nil for too few rows.
/// - Precondition: rho in -1...1, level in 0..<1 and not 0, at least one test.
/// - Complexity: O(1).
public func power(
    of rho: Double, count: Int, covariates: Int = 0, method: CorrelationMethod = .spearman, level: Double = 0.05,
    tests: Int = 1
) -> Double? {
    precondition(abs(rho) <= 1, "a correlation of \(rho)")
    let threshold = criticalValue(level: level, tests: tests)
    return nullVariance(method, count: count, covariates: covariates).map {
        gsl_cdf_ugaussian_P(abs(atanh(rho)) / $0.squareRoot() - threshold)
    }
}

/// The least number of rows with which a true correlation `rho` is found with chance `power`; parameters and limits as
/// for `detectableCorrelation`.
///
/// - Returns: nil for rho = 0, which no number of rows shows, and for one so small that it takes more than 2⁵³.
/// - Precondition: rho in -1...1, level and power in 0..<1 and not 0, power above level/2, at least one test.
/// - Complexity: O(1).
public func countNeeded(
    for rho: Double, covariates: Int = 0, method: CorrelationMethod = .spearman, level: Double = 0.05,
    power: Double = 0.8, tests: Int = 1
) -> Int? {
    precondition(abs(rho) <= 1, "a correlation of \(rho)")
    let errors = standardErrorsNeeded(level: level, power: power, tests: tests)
    let (numerator, lost) = nullVarianceParts(method)
    let ratio = errors / abs(atanh(rho))
    let rows = max((numerator * ratio * ratio).rounded(.up), 1)
    guard rows < 0x1p53 else { return nil }
    return Int(rows) + lost + covariates
}

/// How many standard errors of z lie between no correlation and one that is found with chance `power`.
private func standardErrorsNeeded(level: Double, power: Double, tests: Int) -> Double {
    precondition(power > level / 2 && power < 1, "a power of \(power)")
    return criticalValue(level: level, tests: tests) + gsl_cdf_ugaussian_Pinv(power)
}

private func criticalValue(level: Double, tests: Int) -> Double {
    precondition(level > 0 && level < 1 && tests > 0, "\(tests) tests at \(level)")
    return gsl_cdf_ugaussian_Qinv(level / Double(tests) / 2)
}

/// The variance of Fisher's z without correlation: numerator/(rows - lost).
private func nullVarianceParts(_ method: CorrelationMethod) -> (numerator: Double, lost: Int) {
    switch method {
    case .pearson: (1, 3)
    case .spearman: (1.06, 3)
    case .kendall: (0.437, 4)
    }
}

private func nullVariance(_ method: CorrelationMethod, count: Int, covariates: Int) -> Double? {
    precondition(covariates >= 0, "\(covariates) covariates")
    let (numerator, lost) = nullVarianceParts(method)
    let rows = count - covariates - lost
    return rows > 0 ? numerator / Double(rows) : nil
}
