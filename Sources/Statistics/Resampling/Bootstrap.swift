import CGSL

/// How to resample for a bootstrap percentile interval.
///
/// Rows are drawn with replacement by GSL's `mt19937` (`gsl_rng_uniform_int`, seeded as `RandomRows` says), one whole
/// resample after the other. Equal seeds and row counts draw the same rows, so intervals of several measures share their resamples.
public struct Bootstrap: Sendable, Hashable {
    public var seed: UInt64
    public var resamples: Int
    public var level: Double

    /// - Precondition: at least one resample, a level between 0 and 1.
    public init(seed: UInt64, resamples: Int = 2000, level: Double = 0.95) {
        precondition(resamples > 0 && level > 0 && level < 1, "a bootstrap of \(resamples) resamples at \(level)")
        self.seed = seed
        self.resamples = resamples
        self.level = level
    }

    /// The interval between quantiles of the coefficient over resamples, interpolated linearly as NumPy does.
    ///
    /// Resamples whose coefficient is undefined (a constant column, say) are left out and counted apart.
    func interval(
        _ x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable]
    ) -> BootstrapInterval {
        var rows = RandomRows(seed: seed)
        var drawn = [Int32](repeating: 0, count: x.values.count)
        var coefficients: [Double] = []
        coefficients.reserveCapacity(resamples)
        for _ in 0..<resamples {
            rows.draw(below: drawn.count, into: &drawn)
            func resampled(_ variable: Variable) -> Variable {
                Variable(variable.name, drawn.map { variable.values[Int($0)] })
            }
            let outcome = coefficient(
                resampled(x), resampled(y), method: method, given: covariates.map(resampled))
            if case .success(let fit) = outcome { coefficients.append(fit.value) }
        }

        coefficients.sort()
        func quantile(_ share: Double) -> Double {
            gsl_stats_quantile_from_sorted_data(coefficients, 1, coefficients.count, share)
        }
        // Quantiles of a minority would describe the resamples that happened to work, not the correlation.
        let bounds = 2 * coefficients.count < resamples ? nil : ConfidenceInterval(
            lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2), level: level)
        return BootstrapInterval(
            bounds: bounds, resamples: resamples, degenerate: resamples - coefficients.count, seed: seed)
    }
}

/// A percentile interval and how it was drawn.
public struct BootstrapInterval: Sendable, Hashable {
    /// Nil if more than half of the resamples were degenerate.
    public let bounds: ConfidenceInterval?
    /// All resamples, the degenerate ones included.
    public let resamples: Int
    /// Resamples in which the coefficient was undefined.
    public let degenerate: Int
    public let seed: UInt64
}
