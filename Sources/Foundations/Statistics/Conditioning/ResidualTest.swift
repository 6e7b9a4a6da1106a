/// The association of two columns, or of what is left of them, held against random orders.
///
/// Of columns as they are the statistic is r √(n - 1), which makes an exact test that they are independent. With
/// residuals a and b of `x` and `y` it is T = Σ aᵢbᵢ/√(Σ aᵢ²bᵢ²): the generalised covariance measure
/// (Shah and Peters, Annals of Statistics 48, 2020, equation 5, without their centring, since residuals have mean 0).
/// Under the null hypothesis T is normal in the limit, whatever the distributions and variances, if the residuals are
/// near enough to those of the true means. Its distribution is taken from random orders of b, which makes the test
/// exact where residuals are exchangeable and keeps it valid in the limit where only their covariance is 0, as T is
/// studentised (DiCiccio and Romano, JASA 112, 2017). Residuals of k columns beside c categories vary in n - c - k
/// dimensions, and random orders of them in n - c, so that T* is widened by √((n - c)/(n - c - k)).
public struct ResidualTest: Sendable, Hashable {
    /// The correlation of the residuals, in -1...1.
    public let value: Double
    /// r √(n - 1) or T.
    public let statistic: Double
    /// Two-sided: (1 + orders with |T*| ≥ |T|)/(1 + orders), never 0; see `leastExtreme` for rounding.
    public let pValue: Double
    /// Rows.
    public let count: Int
    /// Rows less all that was fitted and the correlation itself.
    public let degreesOfFreedom: Int
    /// Columns held fixed beside the categories' means.
    public let columns: Int
    /// The share of the variance of the ranks of `x` that is left of it, in 0...1.
    public let shareLeft: Double
    /// |T*| of each order, widened, in their order; of use for the greatest over several tests.
    package let orders: [Double]
}

/// The rows that may change places.
package enum Exchange: Sendable {
    /// All of them.
    case rows
    /// Those of one category.
    case within([Int])
    /// Whole categories with each other, and the rows of each: what may change places where rows of a category are no
    /// independent witnesses. Where categories differ in size, their means change places, and the rows about them.
    case whole([Int])
    /// Seeds that the same configurations have, in all of these at once: what may change places where networks of one
    /// seed are no independent witnesses.
    case seeds([Int], of: [Int])
}

extension ResidualTest {
    /// Tests residuals.
    ///
    /// Equal exchanges, rows and seeds draw the same orders, so that several tests may be held against the greatest of
    /// their T* (`stepDownAdjusted`).
    /// - Parameters:
    ///   - x: not all 0; so `y`.
    ///   - total: the sum of squares of x before anything was taken from it.
    ///   - isStudentised: for residuals; not for columns as they are.
    /// - Returns: nil where sums leave the range of numbers.
    /// - Complexity: O(n) an order.
    package init?(
        _ x: [Double], _ y: [Double], total: Double, degreesOfFreedom: Int, columns: Int, isStudentised: Bool = true,
        _ exchange: Exchange, _ permutation: Permutation
    ) {
        guard let a = unit(x), let b = unit(y) else { return nil }
        let places = exchange.places(count: x.count)
        // In the order of the exchange's blocks.
        let left = places.order.map { a[$0] }
        var right = places.order.map { b[$0] }
        let root = Double(max(x.count - 1, 1)).squareRoot()
        func statistic(_ right: [Double]) -> (sum: Double, t: Double) {
            left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    guard let left = left.baseAddress, let right = right.baseAddress else { return (0, 0) }
                    if isStudentised { return studentisedSum(left, right, x.count) }
                    let sum = dot(left, right, x.count)
                    return (sum, sum * root)
                }
            }
        }
        let (sum, t) = statistic(right)
        let threshold = leastExtreme(t)
        var rows = RandomRows(seed: permutation.seed)
        var found: [Double] = []
        found.reserveCapacity(permutation.permutations)
        let dimensions = Double(max(degreesOfFreedom + 1, 1))
        let widening = isStudentised ? ((dimensions + Double(columns)) / dimensions).squareRoot() : 1
        let source = right
        for _ in 0..<permutation.permutations {
            places.shuffle(&right, of: source, &rows)
            found.append(abs(statistic(right).t) * widening)
        }
        self.init(
            value: min(max(sum, -1), 1), statistic: t,
            pValue: Double(1 + found.count { $0 >= threshold }) / Double(permutation.permutations + 1), count: x.count,
            degreesOfFreedom: degreesOfFreedom, columns: columns,
            shareLeft: total > 0 ? min(dot(x, x) / total, 1) : 0, orders: found)
    }
}

/// The least |T*| that counts as no less than |T|: 1e-10 of it is granted to rounding, and 1e-12 besides, as a T that
/// would be 0 is some 1e-16.
func leastExtreme(_ statistic: Double) -> Double { abs(statistic) * (1 - 1e-10) - 1e-12 }

/// Σ aᵢbᵢ and that over √(Σ aᵢ²bᵢ²); 0 where all products are.
private func studentisedSum(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> (Double, Double) {
    var (sums, squares) = (SIMD8<Double>(), SIMD8<Double>())
    var row = 0
    let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    while row + 8 <= count {
        let product =
            rawA.loadUnaligned(fromByteOffset: 8 * row, as: SIMD8<Double>.self)
            * rawB.loadUnaligned(fromByteOffset: 8 * row, as: SIMD8<Double>.self)
        sums += product
        squares += product * product
        row += 8
    }
    var (sum, square) = (sums.sum(), squares.sum())
    while row < count {
        let product = a[row] * b[row]
        sum += product
        square += product * product
        row += 1
    }
    return (sum, square > 0 ? sum / square.squareRoot() : 0)
}

/// Rows in the order of blocks that may change places.
private struct Places {
    /// The rows, block after block.
    let order: [Int]
    /// Sizes of the blocks within which rows change places.
    let blocks: [Int]
    /// For each kind of at least two blocks their size and first places; empty where blocks stay where they are.
    let exchangeable: [(size: Int, starts: [Int])]
    /// Whether rows change places within blocks.
    var shufflesWithin = true
    /// Whether the blocks' means change places instead of blocks, which are of several sizes.
    var exchangesMeans = false

    /// Brings `values` into a random order of `source`; both have mean 0 and length 1.
    func shuffle(_ values: inout [Double], of source: [Double], _ rows: inout RandomRows) {
        for (size, starts) in exchangeable {
            var sources = starts.map { Int32($0) }
            sources.withUnsafeMutableBufferPointer { rows.shuffle($0) }
            for (target, from) in zip(starts, sources) {
                for row in 0..<size { values[target + row] = source[Int(from) + row] }
            }
        }
        guard exchangesMeans else {
            if shufflesWithin { shuffleWithin(&values, &rows) }
            return
        }
        var means: [Double] = []
        var start = 0
        for size in blocks {
            let mean = source[start..<start + size].reduce(0, +) / Double(size)
            means.append(mean)
            for row in start..<start + size { values[row] = source[row] - mean }
            start += size
        }
        means.withUnsafeMutableBufferPointer { rows.shuffle($0) }
        shuffleWithin(&values, &rows)
        start = 0
        for (size, mean) in zip(blocks, means) {
            for row in start..<start + size { values[row] += mean }
            start += size
        }
        values = unit(values) ?? values
    }

    private func shuffleWithin(_ values: inout [Double], _ rows: inout RandomRows) {
        values.withUnsafeMutableBufferPointer { values in
            var start = 0
            for size in blocks {
                if size > 1 { rows.shuffle(UnsafeMutableBufferPointer(rebasing: values[start..<start + size])) }
                start += size
            }
        }
    }
}

extension Exchange {
    fileprivate func places(count: Int) -> Places {
        switch self {
        case .rows:
            return Places(order: Array(0..<count), blocks: [count], exchangeable: [])
        case .within(let categories):
            let parts = rowsByBlock(categories, count: count)
            return Places(order: parts.flatMap(\.rows), blocks: parts.map(\.rows.count), exchangeable: [])
        case .whole(let categories):
            let parts = rowsByBlock(categories, count: count)
            var starts: [Int: [Int]] = [:]
            var start = 0
            for part in parts {
                starts[part.rows.count, default: []].append(start)
                start += part.rows.count
            }
            let isEven = starts.count == 1
            return Places(
                order: parts.flatMap(\.rows), blocks: parts.map(\.rows.count),
                exchangeable: isEven ? starts.map { ($0.key, $0.value) } : [], exchangesMeans: !isEven)
        case .seeds(let seeds, let configurations):
            let parts = rowsByBlock(seeds, count: count).map { part in
                part.rows.sorted { (configurations[$0], $0) < (configurations[$1], $1) }
            }
            var kinds: [[Int]: Int] = [:]
            var exchangeable: [(size: Int, starts: [Int])] = []
            var start = 0
            for rows in parts {
                let pattern = rows.map { configurations[$0] }
                if let kind = kinds[pattern] {
                    exchangeable[kind].starts.append(start)
                } else {
                    kinds[pattern] = exchangeable.count
                    exchangeable.append((rows.count, [start]))
                }
                start += rows.count
            }
            return Places(
                order: parts.flatMap(\.self), blocks: parts.map(\.count),
                exchangeable: exchangeable.filter { $0.starts.count > 1 }, shufflesWithin: false)
        }
    }
}
