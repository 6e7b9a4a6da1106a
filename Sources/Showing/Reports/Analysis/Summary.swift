import Typography

/// Mean and spread of some values.
struct Summary: Sendable, Hashable {
    let count: Int
    let mean: Double
    /// With n - 1 below the line; nil for a single value.
    let standardDeviation: Double?

    /// nil without a value.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        count = values.count
        mean = values.reduce(0, +) / Double(values.count)
        let center = mean
        let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
        standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
    }

    var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }

    /// "0.85304 ± 0.00412", the spread to three significant digits and the mean to as many decimals.
    var text: String {
        guard let spread = standardDeviation, spread > 0 else { return NumberFormat.significant(5).string(mean) }
        let spreadText = NumberFormat.significant(3).string(spread)
        guard !spreadText.contains("e") else { return "\(NumberFormat.significant(5).string(mean)) ± \(spreadText)" }
        let decimals = spreadText.split(separator: ".").dropFirst().first?.count ?? 0
        return "\(NumberFormat.fixed(decimals).string(mean)) ± \(spreadText)"
    }
}

extension Population {
    /// The values of a column that the models in these rows have.
    func values(_ column: String, rows: [Int]) -> [Double] {
        guard let all = try? values(column) else { return [] }
        return rows.compactMap { all[$0] }
    }
}
