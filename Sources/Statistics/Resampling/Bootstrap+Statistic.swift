import CGSL

extension Bootstrap {
    /// The percentile interval of any statistic of some units, from the same resamples as a correlation of as many units;
    /// percentile whatever the kind.
    ///
    /// - Parameters:
    ///   - clusters: their number where units are clusters, nil where they are rows.
    ///   - statistic: of the numbers of the units drawn; nil where it is undefined, which is left out and counted apart.
    func percentileInterval(units: Int, clusters: Int?, of statistic: ([Int32]) -> Double?) -> BootstrapInterval {
        var rows = RandomRows(seed: seed)
        var drawn = [Int32](repeating: 0, count: units)
        var values: [Double] = []
        values.reserveCapacity(resamples)
        // A single cluster has one resample, itself.
        for _ in 0..<(units < 2 ? 0 : resamples) {
            rows.draw(below: units, into: &drawn)
            if let value = statistic(drawn) { values.append(value) }
        }
        func result(_ outcome: Result<BootstrapInterval.Bounds, NoInterval>) -> BootstrapInterval {
            BootstrapInterval(
                outcome: outcome, kind: .percentile, resamples: resamples, degenerate: resamples - values.count,
                clusters: clusters, seed: seed)
        }
        if units < 2 { return result(.failure(.oneCluster)) }
        if 2 * values.count < resamples { return result(.failure(.mostlyDegenerate)) }
        values.sort()
        func quantile(_ share: Double) -> Double {
            gsl_stats_quantile_from_sorted_data(values, 1, values.count, share)
        }
        let bounds = ConfidenceInterval(
            lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2), level: level)
        return result(.success(.init(interval: bounds, correction: nil)))
    }
}
