/// A named column of numbers, one a row: a measure or a target over the models of a study.
public struct Variable: Sendable, Hashable {
    /// Used in the sentences that explain an undefined correlation.
    public var name: String
    public var values: [Double]

    public init(_ name: String, _ values: [Double]) {
        self.name = name
        self.values = values
    }
}

/// A categorical column as columns of 0 and 1, one for each category but the first: what `correlate` takes to hold a
/// category fixed. Ranks of such a column are a linear function of it, so ranked or not, the residuals are the same.
///
/// Categories come in the order in which they first occur. Where the category is missing, so is every column's value.
/// - Returns: no column for fewer than two categories.
/// - Complexity: O(rows · categories).
public func indicators(_ name: String, _ categories: [String?]) -> [Column] {
    var distinct: [String] = []
    for case let category? in categories where !distinct.contains(category) { distinct.append(category) }
    return distinct.dropFirst().map { category in
        Column("\(name) = \(category)", categories.map { $0.map { $0 == category ? 1 : 0 } })
    }
}
