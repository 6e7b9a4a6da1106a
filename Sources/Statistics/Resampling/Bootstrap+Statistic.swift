import CGSL

extension Bootstrap {
    /// The percentile interval of any statistic of some rows, from the same resamples as a correlation of as many rows.
    ///
    /// - Parameter statistic: of row numbers; nil where it is undefined, which is left out and counted apart.
    func interval(rows count: Int, of statistic: ([Int32]) -> Double?) -> BootstrapInterval {
        var rows = RandomRows(seed: seed)
        var drawn = [Int32](repeating: 0, count: count)
        var values: [Double] = []
        values.reserveCapacity(resamples)
        for _ in 0..<resamples {
            rows.draw(below: count, into: &drawn)
            if let value = statistic(drawn) { values.append(value) }
        }
        values.sort()
        func quantile(_ share: Double) -> Double {
            gsl_stats_quantile_from_sorted_data(values, 1, values.count, share)
        }
        let bounds = 2 * values.count < resamples ? nil : ConfidenceInterval(
            lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2), level: level)
        return BootstrapInterval(
            bounds: bounds, resamples: resamples, degenerate: resamples - values.count, seed: seed)
    }
}

/// The variable on some rows.
func resampled(_ variable: Variable, _ rows: [Int32]) -> Variable {
    Variable(variable.name, rows.map { variable.values[Int($0)] })
}
