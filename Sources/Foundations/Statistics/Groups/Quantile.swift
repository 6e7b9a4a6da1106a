import CGSL

/// The quantile of `values` below which the given share of them lies, interpolated linearly between neighbours.
///
/// Type 7 of Hyndman and Fan (The American Statistician 50, 1996), the default of NumPy and R.
/// - Precondition: `share` is in 0...1.
/// - Returns: nil for no values, or where one is not finite.
/// - Complexity: O(n log n).
public func quantile(_ share: Double, of values: [Double]) -> Double? {
    precondition((0...1).contains(share), "a quantile of \(share)")
    guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
    let sorted = values.sorted()
    return gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, share)
}
