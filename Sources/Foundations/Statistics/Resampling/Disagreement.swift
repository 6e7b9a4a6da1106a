/// Whether conditioning changes a correlation by more than chance covariates would.
public struct DisagreementTest: Sendable, Hashable {
    /// The correlation with nothing held fixed, which `correlate` gives; so is `partial`.
    public let raw: Double
    /// The correlation given the covariates.
    public let partial: Double
    /// `partial` less `raw`.
    public let difference: Double
    /// Two-sided: (1 + extreme)/(permutations + 1), never 0.
    public let pValue: Double
    public let permutations: Int
    public let seed: UInt64
}

/// Tests whether holding `covariates` fixed changes the correlation of `x` and `y`.
///
/// The statistic is d = r(x, y | covariates) - r(x, y). Under the null hypothesis the covariates are unrelated to x and
/// y: any order of their rows, moved together, is alike. For each random order d is computed again, and
/// p = (1 + #{|d*| ≥ |d|})/(B + 1), which is exact for that hypothesis. A small p says that the covariates matter to
/// the correlation; it does not say which of the two numbers is causal. Given a category (`indicators`), it is the test
/// that the raw and the within-stratum correlation disagree.
///
/// Orders in which the covariates determine x or y count as extreme; 1e-10 of d is granted to rounding.
///
/// - Returns: the test, or why there is none: what makes either correlation undefined, or covariates that are constant.
/// - Precondition: all variables have the same number of rows.
/// - Complexity: O(n k) a permutation for k covariates: x and y are projected on an orthonormal basis of the
///   covariates, whose rows are permuted, since the basis of permuted columns is the permuted basis.
public func disagreementTest(
    _ x: Variable, _ y: Variable, given covariates: [Variable], method: CorrelationMethod = .spearman,
    _ permutation: Permutation
) -> Result<DisagreementTest, UndefinedCorrelation> {
    let count = x.values.count
    precondition(
        ([y] + covariates).allSatisfy { $0.values.count == count }, "variables to correlate differ in length")
    if method == .kendall { return .failure(.notPartial(method)) }
    if covariates.isEmpty { return .failure(.nothingHeldFixed(covariates: [])) }
    if let undefined = objection(to: x, y, method: method, given: covariates) { return .failure(undefined) }

    var columns = HeldColumns(count: count)
    columns.add(covariates.map { held($0, method) })
    if columns.rank == 0 { return .failure(.nothingHeldFixed(covariates: covariates.map(\.name))) }
    let raw, partial: Double
    switch (coefficient(x, y, method: method, given: []), coefficient(x, y, method: method, given: covariates)) {
    case (.success(let first), .success(let second)): (raw, partial) = (first.value, second.value)
    case (.failure(let undefined), _), (_, .failure(let undefined)): return .failure(undefined)
    }
    guard let change = columns.changeTest(scored(x, method), scored(y, method), permutation) else {
        return .failure(.outOfRange)
    }
    return .success(
        DisagreementTest(
            raw: raw, partial: partial, difference: partial - raw, pValue: change.pValue,
            permutations: change.permutations, seed: change.seed))
}
