/// A named column with gaps, one value a row: what was measured of a study's models, where it was.
public struct Column: Sendable, Hashable {
    public var name: String
    public var values: [Double?]

    public init(_ name: String, _ values: [Double?]) {
        self.name = name
        self.values = values
    }
}

/// The rows in which none of some columns has a gap, and what columns have there.
///
/// A value that is there but not finite keeps its row, so that a correlation reports it instead of hiding it.
/// - Complexity: O(rows · columns).
public struct CompleteRows: Sendable, Hashable {
    private let rows: [Int]

    public init(of columns: [Column]) {
        rows = (columns.first?.values.indices ?? 0..<0).filter { row in columns.allSatisfy { $0.values[row] != nil } }
    }

    /// - Precondition: the column is one of those that have no gap here.
    public func variable(_ column: Column) -> Variable { Variable(column.name, rows.compactMap { column.values[$0] }) }

    /// - Precondition: no value is missing here.
    func values(_ values: [Double?]) -> [Double] { rows.compactMap { values[$0] } }

    /// What belongs to these rows.
    func of<Value>(_ values: [Value]) -> [Value] { rows.map { values[$0] } }

    public func labels(_ labels: [String?]) -> [String?] { rows.map { labels[$0] } }

    /// The labels as numbers, by first occurrence; a row without a label is a part of its own.
    public func parts(_ labels: [String?]) -> [Int] {
        var numbers: [String: Int] = [:]
        var next = 0
        return rows.map { row in
            if let label = labels[row], let number = numbers[label] { return number }
            if let label = labels[row] { numbers[label] = next }
            next += 1
            return next - 1
        }
    }
}

/// Labels as numbers from 0, by first occurrence.
/// - Complexity: O(n).
public func numbered<Label: Hashable>(_ labels: [Label]) -> [Int] {
    var numbers: [Label: Int] = [:]
    return labels.map { label in
        let number = numbers[label] ?? numbers.count
        numbers[label] = number
        return number
    }
}

/// The labels if there are at least `least` of them and some repeat: then the models of one label, which differ in
/// their seeds alone, are drawn again together for a bootstrap. Fewer labels say little by being drawn again.
public func resampledConfigurations(_ labels: [String?], least: Int = 10) -> [String?]? {
    var sizes: [String: Int] = [:]
    for case let label? in labels { sizes[label, default: 0] += 1 }
    return sizes.count >= least && sizes.values.contains { $0 > 1 } ? labels : nil
}
