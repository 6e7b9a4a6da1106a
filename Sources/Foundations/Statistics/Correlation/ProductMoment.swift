import CGSL

/// Pearson's correlation of two columns, nil when a sum of squares is zero or leaves the range of numbers.
///
/// Equal columns, and columns that mirror each other as opposite ranks do, correlate by exactly ±1; sums in floating
/// point could miss it by a bit. Columns whose squares would leave the range of numbers are scaled first.
/// - Complexity: O(n).
func productMoment(_ x: [Double], _ y: [Double]) -> Double? {
    if x == y { return 1 }
    let middle = x[0] + y[0]
    if middle.isFinite, zip(x, y).allSatisfy({ $0 + $1 == middle }) { return -1 }
    // GSL's running means alone lose four more digits when the spread is a billionth of the mean.
    let (a, b) = (centred(scaled(x)), centred(scaled(y)))
    // GSL would divide by an infinite sum of squares, and call that no correlation.
    guard gsl_stats_tss_m(a, 1, a.count, 0).isFinite, gsl_stats_tss_m(b, 1, b.count, 0).isFinite else { return nil }
    let r = gsl_stats_correlation(a, 1, b, 1, a.count)
    return r.isFinite ? min(max(r, -1), 1) : nil
}

/// The column less its mean, which is that of the column plus that of what it leaves: to the last bit or two, and of
/// ranks exactly. GSL's takes a division a row, in extended precision.
///
/// - Precondition: sums stay in the range of numbers (`scaled`).
package func centred(_ column: [Double]) -> [Double] {
    guard !column.isEmpty else { return [] }
    let count = Double(column.count)
    return column.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return [] }
        let rough = sum(values, column.count, less: 0) / count
        let mean = rough + sum(values, column.count, less: rough) / count
        return column.map { $0 - mean }
    }
}

/// Σ (value - `middle`) in eight partial sums, so that the additions do not wait for each other.
private func sum(_ values: UnsafePointer<Double>, _ count: Int, less middle: Double) -> Double {
    var sums = SIMD8<Double>()
    var row = 0
    let raw = UnsafeRawPointer(values)
    while row + 8 <= count {
        sums += raw.loadUnaligned(fromByteOffset: 8 * row, as: SIMD8<Double>.self) - SIMD8(repeating: middle)
        row += 8
    }
    var sum = sums.sum()
    while row < count {
        sum += values[row] - middle
        row += 1
    }
    return sum
}

/// The two-sided p value of a correlation under Student's t with `degreesOfFreedom`, as `reported(pValue:)` has it.
///
/// A correlation is known to a rounding error, so that of ±1 has the p of the number before it: the chance of all that
/// looks the same.
///
/// With t = r √(ν/(1 - r²)) this is 2 I(1-|r|)/2 (ν/2, ν/2), the tail of a symmetric beta distribution. It is computed
/// that way since `gsl_cdf_tdist_Q` uses a series for ν > 30 that is good to nine digits only, and I(1-r²) loses
/// digits near r = 0; this form agrees with SciPy to 1e-13 from p = 1 to 1e-290.
package func studentPValue(correlation r: Double, degreesOfFreedom: Int) -> Double {
    let half = Double(degreesOfFreedom) / 2
    return reported(pValue: 2 * gsl_cdf_beta_P(max(1 - abs(r), 0x1p-53) / 2, half, half))
}

/// The two-sided p value of Student's t, as `reported(pValue:)` has it; the same tail, with r = t/√(ν + t²) put in so
/// that 1 - |r| does not cancel.
package func studentPValue(t: Double, degreesOfFreedom: Double) -> Double {
    let half = degreesOfFreedom / 2
    let root = (degreesOfFreedom + t * t).squareRoot()
    guard root.isFinite else { return reported(pValue: 0) }
    return reported(pValue: 2 * gsl_cdf_beta_P(degreesOfFreedom / root / (root + abs(t)) / 2, half, half))
}
