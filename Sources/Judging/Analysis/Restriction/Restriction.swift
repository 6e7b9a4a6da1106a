import Digests

/// Which networks of a study are to be judged: a condition on their columns, as SQL has it behind WHERE.
///
///     let restriction = try Restriction("test_accuracy > 0.5 and batch_size < 500")
///     let population = try Population(of: study, in: store, where: restriction)
///     print(restriction, population.models.count)  // test_accuracy > 0.5 AND batch_size < 500 138
///
/// It has columns (bare, or between double quotes), numbers, words between single quotes, `= == != <> < <= > >=`,
/// `IN`, `BETWEEN`, `IS NULL`, `AND`, `OR`, `NOT`, parentheses and `+ - * /`, which count as SQL counts, missing values
/// included: a comparison with one is neither true nor false, and selects nothing. Nothing else can be said in it: no
/// function, no query, no statement. Two things differ from SQLite: a number and a word do not compare, and 1 / 2 is
/// 0.5.
public struct Restriction: Sendable, CustomStringConvertible {
    let condition: RestrictionCondition
    /// The condition in its one spelling, from which it reads as the same again.
    public let description: String
    /// The columns that it names, in their order, each once.
    public let columns: [String]

    /// The most bytes of a text.
    public static let mostBytes = 10_000
    /// The most parentheses, NOTs and signs within each other.
    public static let mostDepth = 100

    /// Reads a condition; whether its columns are there is known of a study alone.
    ///
    /// - Throws: `UnreadableRestriction` with the place.
    /// - Complexity: linear in the text; the depth of recursion is bounded by `mostDepth`.
    public init(_ text: String) throws(UnreadableRestriction) {
        guard text.utf8.count <= Self.mostBytes else {
            throw UnreadableRestriction(.tooLong(bytes: text.utf8.count), at: nil)
        }
        var parser = RestrictionParser(try RestrictionToken.all(in: text))
        condition = try parser.parse()
        description = condition.text
        var columns: [String] = []
        condition.forEachTerm { term in
            if case .column(let name) = term.kind, !columns.contains(name) { columns.append(name) }
        }
        self.columns = columns
    }
}

extension Restriction {
    /// Eight hexadecimal digits that tell it from others, for names of files: the first of its SHA-256.
    package var mark: String { String(SHA256.hexadecimal(of: description).prefix(8)) }
}

extension Restriction: Hashable {
    public static func == (left: Restriction, right: Restriction) -> Bool { left.description == right.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
