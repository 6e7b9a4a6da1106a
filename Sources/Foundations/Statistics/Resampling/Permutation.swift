/// How to draw the orders of a permutation test.
///
/// Rows are exchanged by `RandomRows.shuffle`, one whole order after the other. Equal seeds, row counts and blocks draw
/// the same orders, so tests of several measures share them.
public struct Permutation: Sendable, Hashable {
    public var seed: UInt64
    public var permutations: Int

    /// - Precondition: at least one permutation.
    public init(seed: UInt64, permutations: Int = 9_999) {
        precondition(permutations > 0, "a test of \(permutations) permutations")
        self.seed = seed
        self.permutations = permutations
    }
}

/// How a correlation stands among those of rows in random order.
public struct PermutationTest: Sendable, Hashable {
    /// The coefficient of the rows as they are, which `correlate` gives.
    public let coefficient: Double
    /// The part of the coefficient that the blocks' means alone give, which no order within blocks changes; 0 without
    /// blocks.
    public let betweenBlocks: Double
    /// Two-sided: (1 + extreme)/(permutations + 1), never 0.
    public let pValue: Double
    /// Orders at least as far from the null's mean as the rows as they are.
    public let extreme: Int
    public let permutations: Int
    public let seed: UInt64
}

/// Tests a correlation by exchanging the rows of `x`.
///
/// - Plain: every order of `x` against `y` is alike under the null hypothesis of independence. The p value is
///   (1 + #{|r*| ≥ |r|})/(B + 1), which is valid for any B (Phipson and Smyth, Statistical Applications in Genetics and
///   Molecular Biology 9, 2010).
/// - Within blocks (regimes, configurations): rows change places with rows of the same label only. What the blocks'
///   means contribute is the same in all orders, and the null's mean; so |r* - mean| is compared with |r - mean|.
///   Otherwise a correlation between blocks would make everything look extreme, or nothing.
/// - Given covariates: Freedman and Lane's method (Journal of Business and Economic Statistics 1, 1983; recommended by
///   Winkler and others, NeuroImage 92, 2014): the residuals of `x` are permuted, added to its fit and taken apart
///   again. It is exact only in the limit, since residuals are not quite exchangeable.
///
/// Values as far from the mean as the observed one count as extreme; 1e-10 of it is granted to rounding.
///
/// - Parameter blocks: a label a row; nil for one block.
/// - Returns: the test, or why there is none: what makes the correlation undefined, a block of one row, a variable that
///   is constant within each block.
/// - Precondition: all variables, and `blocks`, have the same number of rows.
/// - Complexity: O(n (1 + k)) a permutation for k covariates; O(n²) for Kendall.
public func permutationTest(
    _ x: Variable, _ y: Variable, method: CorrelationMethod = .spearman, given covariates: [Variable] = [],
    within blocks: [Int]? = nil, _ permutation: Permutation
) -> Result<PermutationTest, UndefinedCorrelation> {
    let count = x.values.count
    precondition(
        ([y] + covariates).allSatisfy { $0.values.count == count } && blocks?.count ?? count == count,
        "variables to permute differ in length")
    if let undefined = objection(to: x, y, method: method, given: covariates) { return .failure(undefined) }
    let parts = rowsByBlock(blocks, count: count)
    if blocks != nil {
        if let single = parts.first(where: { $0.rows.count == 1 }) {
            return .failure(.blockOfOneRow(label: single.label))
        }
        for variable in [x, y] {
            let isFixed = parts.allSatisfy { part in
                Spread(of: part.rows.map { variable.values[$0] }) != .real
            }
            if isFixed { return .failure(.constantWithinBlocks(variable: variable.name)) }
        }
    }

    // Blocks one after the other, so that an order within them is an order of neighbours.
    let order = parts.flatMap(\.rows)
    let blockSizes = parts.map(\.rows.count)
    func arranged(_ column: [Double]) -> [Double] { order.map { column[$0] } }
    if method == .kendall {
        return .success(
            permuted(
                KendallStatistic(arranged(x.values), arranged(y.values), blockSizes: blockSizes), blockSizes,
                permutation,
                coefficient: kendallTau(x.values, y.values).tau))
    }
    return reduced(x, y, method: method, given: covariates).flatMap { columns in
        let basis = OrthonormalColumns(
            spanning: covariates.map { arranged(held($0, method)) }, count: count)
        let statistic = ProductMomentStatistic(
            arranged(columns.x), arranged(columns.y), basis: basis, blockSizes: blockSizes)
        guard let statistic, let coefficient = productMoment(columns.x, columns.y) else { return .failure(.outOfRange) }
        return .success(permuted(statistic, blockSizes, permutation, coefficient: coefficient))
    }
}

/// A coefficient that is computed again and again for other orders of `x`.
private protocol PermutationStatistic {
    associatedtype Score: BitwiseCopyable
    /// `x` in the order of the rows.
    var scores: [Score] { get }
    /// The part of the coefficient that no permutation within blocks changes.
    var betweenBlocks: Double { get }
    /// The coefficient less what the blocks give, for an order of the scores; nil where it is not defined.
    func deviation(_ scores: UnsafePointer<Score>) -> Double?
}

private func permuted(
    _ statistic: some PermutationStatistic, _ blockSizes: [Int], _ permutation: Permutation, coefficient: Double
) -> PermutationTest {
    var scores = statistic.scores
    var rows = RandomRows(seed: permutation.seed)
    var extreme = 0
    let observed = scores.withUnsafeBufferPointer { statistic.deviation($0.baseAddress!) } ?? 0
    let threshold = abs(observed) * (1 - 1e-10) - 1e-13
    scores.withUnsafeMutableBufferPointer { scores in
        for _ in 0..<permutation.permutations {
            var start = 0
            for size in blockSizes {
                rows.shuffle(UnsafeMutableBufferPointer(rebasing: scores[start..<start + size]))
                start += size
            }
            // An undefined coefficient counts against the hypothesis that the observed one is special.
            let deviation = statistic.deviation(UnsafePointer(scores.baseAddress!)) ?? .infinity
            if abs(deviation) >= threshold { extreme += 1 }
        }
    }
    return PermutationTest(
        coefficient: coefficient, betweenBlocks: statistic.betweenBlocks,
        pValue: Double(1 + extreme) / Double(permutation.permutations + 1), extreme: extreme,
        permutations: permutation.permutations, seed: permutation.seed)
}

/// Pearson's correlation of ranks, values or residuals.
private struct ProductMomentStatistic: PermutationStatistic {
    /// Of length 1, with mean 0.
    let scores: [Double]
    private let y: [Double]
    private let basis: OrthonormalColumns
    let betweenBlocks: Double

    /// Nil where sums of squares leave the range of numbers.
    init?(_ x: [Double], _ y: [Double], basis: OrthonormalColumns, blockSizes: [Int]) {
        guard let x = unit(x), let y = unit(y) else { return nil }
        self.scores = x
        self.y = y
        self.basis = basis
        var between = 0.0
        var start = 0
        for size in blockSizes where blockSizes.count > 1 {
            between += x[start..<start + size].reduce(0, +) * y[start..<start + size].reduce(0, +) / Double(size)
            start += size
        }
        betweenBlocks = between
    }

    func deviation(_ scores: UnsafePointer<Double>) -> Double? {
        y.withUnsafeBufferPointer { y in
            let product = dot(scores, y.baseAddress!, y.count) - betweenBlocks
            if basis.rank == 0 { return product }
            // y is a residual, so what the covariates explain of the new x takes from its length only.
            var explained = 0.0
            basis.values.withUnsafeBufferPointer { values in
                for index in 0..<basis.rank {
                    let share = dot(scores, values.baseAddress! + index * y.count, y.count)
                    explained += share * share
                }
            }
            let left = 1 - explained
            return left > 1e-12 ? product / left.squareRoot() : nil
        }
    }
}

/// Tau-b by comparing all pairs.
private struct KendallStatistic: PermutationStatistic {
    /// Dense ranks of x.
    let scores: [Int32]
    /// The rows by increasing y, and for each place the first place with the same y.
    private let order: [Int]
    private let firstOfTie: [Int]
    /// 1/√(pairs unequal in x · pairs unequal in y)
    private let scale: Double
    private(set) var betweenBlocks = 0.0

    init(_ x: [Double], _ y: [Double], blockSizes: [Int]) {
        scores = denseRanks(x)
        let ranks = denseRanks(y)
        let order = y.indices.sorted { (y[$0], $0) < (y[$1], $1) }
        self.order = order
        var first: [Int] = []
        for place in order.indices {
            first.append(place > 0 && ranks[order[place]] == ranks[order[place - 1]] ? first[place - 1] : place)
        }
        firstOfTie = first
        let unequalY = first.reduce(0, +)
        var unequalX = 0
        for i in scores.indices { for j in 0..<i where scores[i] != scores[j] { unequalX += 1 } }
        scale = 1 / Double(unequalX).squareRoot() / Double(unequalY).squareRoot()

        // Over all orders within blocks, the signs of a pair of blocks are independent, and those within one have mean
        // 0.
        var ranges: [Range<Int>] = []
        for size in blockSizes { ranges.append((ranges.last?.upperBound ?? 0)..<(ranges.last?.upperBound ?? 0) + size) }
        for (index, a) in ranges.enumerated() {
            for b in ranges[..<index] {
                var signsX = 0
                var signsY = 0
                for i in a {
                    for j in b {
                        signsX += Int((scores[i] - scores[j]).signum())
                        signsY += Int((ranks[i] - ranks[j]).signum())
                    }
                }
                betweenBlocks += Double(signsX) * Double(signsY) / Double(a.count * b.count) * scale
            }
        }
    }

    func deviation(_ scores: UnsafePointer<Int32>) -> Double? {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: order.count) { sorted in
            for place in order.indices { sorted[place] = scores[order[place]] }
            var balance = 0
            for place in order.indices {
                balance += Int(signs(of: sorted[place], less: UnsafePointer(sorted.baseAddress!), firstOfTie[place]))
            }
            return Double(balance) * scale - betweenBlocks
        }
    }
}

/// Σ sign(value - others[j]) over the first `count` others.
private func signs(of value: Int32, less others: UnsafePointer<Int32>, _ count: Int) -> Int32 {
    var sum: Int32 = 0
    for index in 0..<count {
        sum &+= (value > others[index] ? 1 : 0) &- (value < others[index] ? 1 : 0)
    }
    return sum
}

/// Ranks from 0 without gaps; equal values have equal ranks.
private func denseRanks(_ values: [Double]) -> [Int32] {
    var ranks = [Int32](repeating: 0, count: values.count)
    let order = values.indices.sorted { values[$0] < values[$1] }
    for place in order.indices.dropFirst() {
        let previous = ranks[order[place - 1]]
        ranks[order[place]] = values[order[place]] == values[order[place - 1]] ? previous : previous + 1
    }
    return ranks
}

/// The column less its mean, over its length; nil where that leaves the range of numbers.
func unit(_ column: [Double]) -> [Double]? {
    let column = centred(scaled(column))
    let length = dot(column, column).squareRoot()
    guard length.isFinite, length > 0 else { return nil }
    return column.map { $0 / length }
}

/// The rows of each label, labels in the order in which they first occur.
func rowsByBlock(_ labels: [Int]?, count: Int) -> [(label: Int, rows: [Int])] {
    guard let labels else { return [(0, Array(0..<count))] }
    var places: [Int: Int] = [:]
    var blocks: [(label: Int, rows: [Int])] = []
    for (row, label) in labels.enumerated() {
        if let place = places[label] {
            blocks[place].rows.append(row)
        } else {
            places[label] = blocks.count
            blocks.append((label, [row]))
        }
    }
    return blocks
}
