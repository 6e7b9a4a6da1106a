import Statistics

/// Mean and spread of some values.
package struct Summary: Sendable, Hashable {
    package let count: Int
    package let mean: Double
    /// With n - 1 below the line; nil for a single value.
    package let standardDeviation: Double?

    /// nil without a value.
    package init?(_ values: [Double]) {
        guard let found = Statistics.mean(of: values) else { return nil }
        count = values.count
        mean = found
        standardDeviation = Statistics.standardDeviation(of: values)
    }

    package var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }
}

/// The middle of some values and what half of them lie between, which a network that diverged does not move.
package struct Quartiles: Sendable, Hashable {
    package let lower: Double
    package let median: Double
    package let upper: Double

    /// nil without a value.
    package init?(_ values: [Double]) {
        guard let lower = quantile(0.25, of: values), let median = quantile(0.5, of: values),
            let upper = quantile(0.75, of: values)
        else { return nil }
        (self.lower, self.median, self.upper) = (lower, median, upper)
    }
}

extension Population {
    /// The values of a column that the models in these rows have.
    package func values(_ column: String, rows: [Int]) -> [Double] {
        guard let all = try? values(column) else { return [] }
        return rows.compactMap { all[$0] }
    }
}
