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
    var held = HeldColumns(categories: largest.map { categories[$0] } ?? [Int](repeating: 0, count: count))
    for variable in numbers { held.add(Statistics.held(variable, .spearman)) }
    for index in categories.indices where index != largest {
        for category in 1..<max(sizes[index], 1) {
            held.add(categories[index].map { $0 == category ? 1 : 0 })
        }
    }
    var residuals: [[Double]] = []
    for variable in [x, y] {
        guard let residual = held.remainder(of: midranks(variable.values)) else {
            return .failure(.determined(variable: variable.name, covariates: numbers.map(\.name)))
        }
        residuals.append(residual)
    }
    return productMoment(residuals[0], residuals[1]).map(Result.success) ?? .failure(.outOfRange)
}
