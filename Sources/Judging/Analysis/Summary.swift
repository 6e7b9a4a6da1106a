/// Mean and spread of some values.
package struct Summary: Sendable, Hashable {
    package let count: Int
    package let mean: Double
    /// With n - 1 below the line; nil for a single value.
    package let standardDeviation: Double?

    /// nil without a value.
    package init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        count = values.count
        mean = values.reduce(0, +) / Double(values.count)
        let center = mean
        let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    }

    package var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }
}

extension Population {
    /// The values of a column that the models in these rows have.
    package func values(_ column: String, rows: [Int]) -> [Double] {
        guard let all = try? values(column) else { return [] }
        return rows.compactMap { all[$0] }
    }
}
