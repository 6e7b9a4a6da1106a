import CGSL

/// What moves the quantiles of a BCa interval (Efron, JASA 82, 1987; Efron and Tibshirani, An Introduction to the
/// Bootstrap, section 14.3).
struct BiasCorrection: Sendable, Hashable {
    /// z₀
    let bias: Double
    /// a
    let acceleration: Double

    /// z₀ from the share of resamples below the estimate, those equal to it counted half; a from the jackknife over
    /// rows or clusters, 0 when leaving out any of them changes nothing.
    /// - Complexity: O(n) a row or cluster, so O(n²) for rows.
    static func of(_ sample: inout ResampledCorrelation, sorted coefficients: [Double]) -> Result<Self, NoInterval> {
        guard let estimate = sample.coefficient(without: nil) else {
            return .failure(.degenerate(coefficients.count, of: coefficients.count))
        }
        // Rounding errors of equal coefficients are far below the steps between different ones.
        let below = coefficients.count { $0 < estimate - 1e-12 }
        let equal = coefficients.count { abs($0 - estimate) <= 1e-12 }
        let share = (Double(below) + Double(equal) / 2) / Double(coefficients.count)
        guard share > 0, share < 1 else { return .failure(.oneSided) }

        var jackknifed: [Double] = []
        for unit in 0..<sample.units {
            guard let value = sample.coefficient(without: unit) else {
                return .failure(.jackknifeUndefined(unit: unit + 1, isCluster: sample.clusters != nil))
            }
            jackknifed.append(value)
        }
        let mean = jackknifed.reduce(0, +) / Double(jackknifed.count)
        let squares = jackknifed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let cubes = jackknifed.reduce(0) { $0 + (mean - $1) * (mean - $1) * (mean - $1) }
        let isFlat = jackknifed.allSatisfy { abs($0 - mean) <= 1e-14 }
        return .success(
            BiasCorrection(
                bias: gsl_cdf_ugaussian_Pinv(share),
                acceleration: isFlat ? 0 : cubes / (6 * squares * squares.squareRoot())))
    }

    /// The share whose quantile takes the place of that of `share`; nil past the pole of the correction.
    func share(_ share: Double) -> Double? {
        let z = bias + gsl_cdf_ugaussian_Pinv(share)
        let denominator = 1 - acceleration * z
        return denominator > 0 ? gsl_cdf_ugaussian_P(bias + z / denominator) : nil
    }
}
