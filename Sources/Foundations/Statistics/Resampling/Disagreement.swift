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

    let basis = OrthonormalColumns(spanning: covariates.map { held($0, method) }, count: count)
    if basis.rank == 0 { return .failure(.nothingHeldFixed(covariates: covariates.map(\.name))) }
    let raw, partial: Double
    switch (coefficient(x, y, method: method, given: []), coefficient(x, y, method: method, given: covariates)) {
    case (.success(let first), .success(let second)): (raw, partial) = (first.value, second.value)
    case (.failure(let undefined), _), (_, .failure(let undefined)): return .failure(undefined)
    }
    guard let x = unit(scored(x, method)), let y = unit(scored(y, method)) else { return .failure(.outOfRange) }

    var change = ConditioningChange(x: x, y: y, basis: basis)
    guard let observed = change.difference() else { return .failure(.outOfRange) }
    let threshold = abs(observed) * (1 - 1e-10) - 1e-13
    var rows = RandomRows(seed: permutation.seed)
    var extreme = 0
    for _ in 0..<permutation.permutations {
        change.order.withUnsafeMutableBufferPointer { rows.shuffle($0) }
        if abs(change.difference() ?? .infinity) >= threshold { extreme += 1 }
    }
    return .success(
        DisagreementTest(
            raw: raw, partial: partial, difference: partial - raw,
            pValue: Double(1 + extreme) / Double(permutation.permutations + 1), permutations: permutation.permutations,
            seed: permutation.seed))
}

/// The partial less the raw correlation, for any order of the covariates' rows.
private struct ConditioningChange {
    /// Of length 1, with mean 0.
    private let x, y: [Double]
    /// Orthonormal, row after row.
    private let basis: [Double]
    private let rank: Int
    private let raw: Double
    /// For each row of x and y, the row of the covariates.
    var order: [Int32]
    private var sharesX, sharesY: [Double]

    init(x: [Double], y: [Double], basis: OrthonormalColumns) {
        self.x = x
        self.y = y
        rank = basis.rank
        self.basis = x.indices.flatMap { row in (0..<basis.rank).map { basis.values[$0 * x.count + row] } }
        raw = min(max(dot(x, y), -1), 1)
        order = x.indices.map { Int32($0) }
        sharesX = [Double](repeating: 0, count: basis.rank)
        sharesY = sharesX
    }

    /// Nil where the covariates determine x or y.
    mutating func difference() -> Double? {
        for column in 0..<rank { (sharesX[column], sharesY[column]) = (0, 0) }
        project()
        var (leftX, leftY, left) = (1.0, 1.0, raw)
        for column in 0..<rank {
            leftX -= sharesX[column] * sharesX[column]
            leftY -= sharesY[column] * sharesY[column]
            left -= sharesX[column] * sharesY[column]
        }
        guard leftX > 1e-12, leftY > 1e-12 else { return nil }
        return min(max(left / (leftX * leftY).squareRoot(), -1), 1) - raw
    }

    private mutating func project() {
        let (rank, count) = (rank, x.count)
        sharesX.withUnsafeMutableBufferPointer { sharesX in
            sharesY.withUnsafeMutableBufferPointer { sharesY in
                basis.withUnsafeBufferPointer { basis in
                    order.withUnsafeBufferPointer { order in
                        x.withUnsafeBufferPointer { x in
                            y.withUnsafeBufferPointer { y in
                                for row in 0..<count {
                                    let start = Int(order[row]) * rank
                                    for column in 0..<rank {
                                        sharesX[column] += basis[start + column] * x[row]
                                        sharesY[column] += basis[start + column] * y[row]
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
