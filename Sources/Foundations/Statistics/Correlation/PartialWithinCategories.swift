/// Spearman's partial correlation with numbers and categories held fixed: `correlate` with a column of 0 and 1 for each
/// category but the first (`indicators`), without making those columns.
///
/// To hold one categorical variable fixed is to take the mean of each category from its rows (the Frisch–Waugh–Lovell
/// theorem), so the variable with the most categories costs no column. What else is held fixed becomes orthonormal
/// columns, of what the categories leave of it, by Gram and Schmidt's method, done twice.
///
/// - Parameter categories: for each categorical variable the category of each row, as whole numbers from 0.
/// - Returns: the coefficient, or why there is none; never NaN.
/// - Precondition: all variables have the same number of rows.
/// - Complexity: O(n log n + n k²) for n rows and k columns: one for each number, and one less than its categories for
///   each categorical variable but the largest. It holds n (k + 3) numbers.
public func partialSpearman(
    _ x: Variable, _ y: Variable, given numbers: [Variable], categories: [[Int]]
) -> Result<Double, UndefinedCorrelation> {
    let count = x.values.count
    precondition(
        ([y] + numbers).allSatisfy { $0.values.count == count } && categories.allSatisfy { $0.count == count },
        "variables to correlate differ in length")
    let sizes = categories.map { ($0.max() ?? 0) + 1 }
    let width = numbers.count + sizes.reduce(0) { $0 + $1 - 1 }
    guard count >= 3 + width else { return .failure(.tooFewRows(count, least: 3 + width)) }
    if let undefined = objection(to: x, y, method: .spearman, given: numbers) { return .failure(undefined) }

    let largest = sizes.indices.max { sizes[$0] < sizes[$1] }
    let groups = Groups(largest.map { categories[$0] } ?? [Int](repeating: 0, count: count))
    var basis = OrthonormalBlocks(count: count)
    for variable in numbers {
        basis.add(held(variable, .spearman), groups)
    }
    for index in categories.indices where index != largest {
        for category in 1..<max(sizes[index], 1) {
            basis.add(categories[index].map { $0 == category ? 1 : 0 }, groups)
        }
    }
    var residuals: [[Double]] = []
    for variable in [x, y] {
        guard let residual = basis.remainder(of: midranks(variable.values), groups) else {
            return .failure(.determined(variable: variable.name, covariates: numbers.map(\.name)))
        }
        residuals.append(residual)
    }
    return productMoment(residuals[0], residuals[1]).map(Result.success) ?? .failure(.outOfRange)
}

/// The rows of each category.
private struct Groups {
    private let categories: [Int]
    private let sizes: [Double]

    init(_ categories: [Int]) {
        self.categories = categories
        var sizes = [Double](repeating: 0, count: (categories.max() ?? 0) + 1)
        for category in categories { sizes[category] += 1 }
        self.sizes = sizes
    }

    /// Takes from each row its category's mean; twice, after which what is left has no mean but for rounding.
    func centre(_ column: inout [Double]) {
        for _ in 0..<2 {
            var means = [Double](repeating: 0, count: sizes.count)
            for (row, category) in categories.enumerated() { means[category] += column[row] }
            for category in means.indices where sizes[category] > 0 { means[category] /= sizes[category] }
            for (row, category) in categories.enumerated() { column[row] -= means[category] }
        }
    }
}

/// Orthonormal columns over many rows, which are gone through block by block: a column is read once, not once for each
/// of those before it.
private struct OrthonormalBlocks {
    let count: Int
    /// Column after column.
    private var values: [Double] = []
    private var rank = 0
    /// Rows of a block: 32 KiB of a column, which stay in the processor's first cache.
    private static let rows = 4096

    init(count: Int) { self.count = count }

    /// Adds what the groups and the columns so far leave of `column`, unless that is nothing.
    mutating func add(_ column: [Double], _ groups: Groups) {
        guard let rest = remainder(of: column, groups) else { return }
        let length = dot(rest, rest).squareRoot()
        values += rest.map { $0 / length }
        rank += 1
    }

    /// What the groups and the columns leave of `column`; nil where that is less than `LinearModel.tolerance` of it.
    func remainder(of column: [Double], _ groups: Groups) -> [Double]? {
        var rest = centred(column)
        let total = dot(rest, rest)
        groups.centre(&rest)
        func isSomething() -> Bool { dot(rest, rest) > LinearModel.tolerance * LinearModel.tolerance * total }
        guard isSomething() else { return nil }
        for _ in 0..<2 { project(&rest) }
        return isSomething() ? rest : nil
    }

    private func project(_ rest: inout [Double]) {
        var shares = [Double](repeating: 0, count: rank)
        rest.withUnsafeMutableBufferPointer { rest in
            values.withUnsafeBufferPointer { values in
                guard let rest = rest.baseAddress, let values = values.baseAddress else { return }
                for start in stride(from: 0, to: count, by: Self.rows) {
                    let length = min(Self.rows, count - start)
                    for column in 0..<rank {
                        shares[column] += dot(values + column * count + start, rest + start, length)
                    }
                }
                for start in stride(from: 0, to: count, by: Self.rows) {
                    let end = min(start + Self.rows, count)
                    for column in 0..<rank {
                        let (share, source) = (shares[column], values + column * count)
                        for row in start..<end { rest[row] -= share * source[row] }
                    }
                }
            }
        }
    }
}
