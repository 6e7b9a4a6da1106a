import CGSL
import Glibc

/// Whether one of two predictors correlates more with a target that both share.
///
/// Both coefficients come from the same rows, so they move together from sample to sample, and two overlapping
/// intervals say little. Williams' and Steiger's tests are for Pearson's r of normal columns; on ranks they are an
/// approximation that counts rho as an r of ranks (Myers and Sirois, 2006). The bootstrap supposes neither.
public struct DependentCorrelations: Sendable, Hashable {
    public let method: CorrelationMethod
    public let count: Int
    /// Of the first predictor with the target.
    public let first: Double
    /// Of the second predictor with the target.
    public let second: Double
    /// Of the predictors with each other.
    public let between: Double
    /// first - second, or |first| - |second| if sizes were asked for.
    public let difference: Double
    /// Williams' t (Journal of the Royal Statistical Society B 21, 1959; Steiger, Psychological Bulletin 87, 1980,
    /// equation 7) on n - 3 degrees of freedom; nil for Kendall's tau.
    public let williams: Test?
    /// Steiger's Z̄₁* (equation 14): the difference of Fisher's z, with the covariance at the mean of the two
    /// coefficients; normal. Nil for Kendall's tau and a coefficient of ±1.
    public let steiger: Test?
    /// Of the difference: both coefficients from the same resampled rows. Nil if none was asked for.
    public let bootstrap: BootstrapInterval?
    /// How the tests have to be read, or why there are none.
    public let remark: String?

    public struct Test: Sendable, Hashable {
        /// t or z.
        public let statistic: Double
        /// Nil for a normal statistic.
        public let degreesOfFreedom: Int?
        /// Two-sided, in 0...1, under the hypothesis that the correlations are equal.
        public let pValue: Double
    }
}

/// Compares how two predictors correlate with `target`.
///
/// - Parameters:
///   - comparesSizes: takes |first| - |second|, by turning round a predictor that goes against the target; the tests
///     then suppose that the signs are known. A bootstrap turns the same predictors in every resample.
///   - bootstrap: resampling for an interval of the difference, percentile whatever its kind; nil for none.
///   - clusters: a number a row; rows of one cluster (repeats of a configuration) are drawn together. The tests count
///     rows as independent all the same.
/// - Returns: the comparison, or why there is none; never NaN.
/// - Precondition: all variables and clusters have the same number of rows.
/// - Complexity: O(n log n), and O(n) a resample (O(n log n) for Kendall's tau).
public func compareCorrelations(
    _ first: Variable, _ second: Variable, with target: Variable, method: CorrelationMethod = .spearman,
    comparesSizes: Bool = false, bootstrap: Bootstrap? = nil, clusters: [Int]? = nil
) -> Result<DependentCorrelations, UndefinedComparison> {
    let count = target.values.count
    precondition(
        first.values.count == count && second.values.count == count && clusters?.count ?? count == count,
        "variables to compare differ in length")
    guard count >= 4 else { return .failure(.correlation(.tooFewRows(count, least: 4))) }
    let fits = [(first, target), (second, target), (first, second)].map {
        coefficient($0, $1, method: method, given: [])
    }
    var values: [Double] = []
    for fit in fits {
        switch fit {
        case .success(let fit): values.append(fit.value)
        case .failure(let reason): return .failure(.correlation(reason))
        }
    }
    guard !isPerfect(values[2]) else { return .failure(.samePredictor(first.name, second.name)) }

    let signs = values.prefix(2).map { comparesSizes && $0 < 0 ? -1.0 : 1.0 }
    let (a, b, between) = (signs[0] * values[0], signs[1] * values[1], signs[0] * signs[1] * values[2])
    let isProductMoment = method != .kendall
    return .success(
        DependentCorrelations(
            method: method, count: count, first: values[0], second: values[1], between: values[2], difference: a - b,
            williams: isProductMoment ? williamsTest(a, b, between: between, count: count) : nil,
            steiger: isProductMoment ? steigerTest(a, b, between: between, count: count) : nil,
            bootstrap: bootstrap.map { bootstrap in
                var samples = [first, second].map {
                    ResampledCorrelation($0, target, method: method, given: [], removal: .both, clusters: clusters)
                }
                return bootstrap.percentileInterval(units: samples[0].units, clusters: samples[0].clusters) { drawn in
                    guard let a = samples[0].coefficient(of: drawn), let b = samples[1].coefficient(of: drawn) else {
                        return nil
                    }
                    return signs[0] * a - signs[1] * b
                }
            },
            remark: remark(on: method)))
}

private func remark(on method: CorrelationMethod) -> String? {
    switch method {
    case .pearson: nil
    case .spearman: "Williams' and Steiger's tests are for Pearson's r; for ranks they are an approximation."
    case .kendall: "Williams' and Steiger's tests do not hold for Kendall's tau."
    }
}

/// Steiger's equation 7: `a` and `b` are the correlations with the target, `between` that of the predictors.
package func williamsTest(_ a: Double, _ b: Double, between: Double, count: Int) -> DependentCorrelations.Test? {
    let n = Double(count)
    let determinant = 1 - a * a - b * b - between * between + 2 * a * b * between
    let mean = (a + b) / 2
    let cube = (1 - between) * (1 - between) * (1 - between)
    let denominator = 2 * (n - 1) / (n - 3) * max(determinant, 0) + mean * mean * cube
    guard count > 3, denominator > 0 else { return nil }
    let t = (a - b) * ((n - 1) * (1 + between) / denominator).squareRoot()
    guard t.isFinite else { return nil }
    return DependentCorrelations.Test(
        statistic: t, degreesOfFreedom: count - 3, pValue: studentPValue(t: t, degreesOfFreedom: n - 3))
}

/// Steiger's equation 14: Dunn and Clark's z with the large-sample covariance of two correlations that share a
/// variable, taken at the mean of `a` and `b`.
package func steigerTest(_ a: Double, _ b: Double, between: Double, count: Int) -> DependentCorrelations.Test? {
    let square = (a + b) * (a + b) / 4
    let covariance = between * (1 - 2 * square) - square / 2 * (1 - 2 * square - between * between)
    let correlation = covariance / ((1 - square) * (1 - square))
    let variance = (2 - 2 * correlation) / Double(count - 3)
    guard count > 3, !isPerfect(a), !isPerfect(b), variance > 0 else { return nil }
    let z = (atanh(a) - atanh(b)) / variance.squareRoot()
    guard z.isFinite else { return nil }
    return DependentCorrelations.Test(
        statistic: z, degreesOfFreedom: nil, pValue: reported(pValue: 2 * gsl_cdf_ugaussian_Q(abs(z))))
}

/// Why two predictors cannot be compared; the description is a sentence for a report.
public enum UndefinedComparison: Error, Sendable, Hashable, CustomStringConvertible {
    case correlation(UndefinedCorrelation)
    /// Their correlation is ±1.
    case samePredictor(String, String)

    public var description: String {
        switch self {
        case .correlation(let undefined): undefined.description
        case .samePredictor(let first, let second):
            "\(first) and \(second) correlate perfectly with each other, so neither can be the better predictor."
        }
    }
}
