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

/// The rows of `columns` in which no value is missing, again as columns.
///
/// A value that is there but not finite keeps its row, so that a correlation reports it instead of hiding it.
/// - Precondition: all columns have the same length.
/// - Complexity: O(rows · columns).
public func completeRows(of columns: [[Double?]]) -> [[Double]] {
    guard let rowCount = columns.first?.count else { return [] }
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns differ in length")
    let complete = (0..<rowCount).filter { row in columns.allSatisfy { $0[row] != nil } }
    return columns.map { column in complete.compactMap { column[$0] } }
}
