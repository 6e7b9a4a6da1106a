import CGSL
import Glibc

public struct ConfidenceInterval: Sendable, Hashable, Codable {
    public let lower: Double
    public let upper: Double
    /// The chance, under the assumptions, that such an interval covers the truth: 0.95 for the usual one.
    public let level: Double
}

/// The interval for a correlation by Fisher's z, with the variances of Bonett and Wright (Psychometrika 65, 2000):
/// 1/(n - 3) for Pearson, (1 + r²/2)/(n - 3) for Spearman, 0.437/(n - 4) for Kendall.
///
/// Each covariate of a partial correlation takes one row away. Nil where the variance has no positive denominator or
/// the coefficient is ±1, at which z is infinite and the formula would feign certainty.
func fisherInterval(
    _ coefficient: Double, method: CorrelationMethod, count: Int, covariates: Int, level: Double = 0.95
) -> ConfidenceInterval? {
    let rows = Double(count - covariates)
    let (numerator, denominator) = switch method {
    case .pearson: (1.0, rows - 3)
    case .spearman: (1 + coefficient * coefficient / 2, rows - 3)
    case .kendall: (0.437, rows - 4)
    }
    guard denominator > 0, abs(coefficient) < 1 else { return nil }
    let reach = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * (numerator / denominator).squareRoot()
    let center = atanh(coefficient)
    return ConfidenceInterval(lower: tanh(center - reach), upper: tanh(center + reach), level: level)
}
