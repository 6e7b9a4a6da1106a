import CGSL
import Glibc

public struct ConfidenceInterval: Sendable, Hashable, Codable {
    public let lower: Double
    public let upper: Double
    /// The chance, under the assumptions, that such an interval covers the truth: 0.95 for the usual one.
    public let level: Double
}

/// The variance of Fisher's z of Spearman's rho, times n - 3.
public enum RankVariance: String, CaseIterable, Sendable, Codable {
    /// 1 + ρ²/2 (Bonett and Wright, Psychometrika 65, 2000): covers well for large |ρ| too.
    case bonettWright
    /// 1.06 (Fieller, Hartley and Pearson, Biometrika 44, 1957): for |ρ| below about 0.8.
    case fieller
}

/// The interval for a correlation by Fisher's z, whose variance is 1/(n - 3) for Pearson, that of `variance` for
/// Spearman, 0.437/(n - 4) for Kendall (Fieller, Hartley and Pearson 1957).
///
/// - Parameter covariates: the linearly independent covariates of a partial correlation, each of which takes one row
///   away.
/// - Returns: nil where the variance has no positive denominator or the coefficient is ±1 but for rounding, at which z
///   is infinite and the formula would feign certainty, and where nothing is left between its bounds.
/// - Precondition: a level between 0 and 1.
public func fisherInterval(
    _ coefficient: Double, method: CorrelationMethod, count: Int, covariates: Int = 0, level: Double = 0.95,
    variance: RankVariance = .bonettWright
) -> ConfidenceInterval? {
    precondition(level > 0 && level < 1, "an interval at \(level)")
    guard let fisher = FisherZ(coefficient, method: method, count: count - covariates, variance: variance) else {
        return nil
    }
    let interval = fisher.interval(level: level)
    return interval.lower < interval.upper ? interval : nil
}

/// A correlation as Fisher's z = artanh r, which is nearly normal.
struct FisherZ {
    let value: Double
    let variance: Double

    init(value: Double, variance: Double) {
        self.value = value
        self.variance = variance
    }

    /// Nil for ±1 (but for rounding) and for too few rows.
    init?(_ coefficient: Double, method: CorrelationMethod, count: Int, variance: RankVariance) {
        let (numerator, lost) =
            switch (method, variance) {
            case (.pearson, _): (1.0, 3)
            case (.spearman, .bonettWright): (1 + coefficient * coefficient / 2, 3)
            case (.spearman, .fieller): (1.06, 3)
            case (.kendall, _): (0.437, 4)
            }
        guard count > lost, abs(coefficient) <= 1, !isPerfect(coefficient) else { return nil }
        value = atanh(coefficient)
        self.variance = numerator / Double(count - lost)
    }

    func interval(level: Double) -> ConfidenceInterval {
        let reach = gsl_cdf_ugaussian_Pinv((1 + level) / 2) * variance.squareRoot()
        return ConfidenceInterval(lower: tanh(value - reach), upper: tanh(value + reach), level: level)
    }
}
