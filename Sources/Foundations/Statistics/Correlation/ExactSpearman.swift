/// The exact distribution of Spearman's rho without ties, over all orders of few rows.
enum ExactSpearman {
    /// Ten rows have 3,628,800 orders. With eleven, Student's t gives nine tenths of the exact p value near 0.05 and
    /// three quarters of it near 0.01; a permutation test is the way round that.
    static let largestCount = 10

    /// The share of orders whose rho is at least as far from 0, which is R's `cor.test(exact = TRUE)` (Best and
    /// Roberts, Algorithm AS 89, Applied Statistics 24, 1975, which enumerates as well).
    ///
    /// - Returns: the p value of two columns of midranks; nil when there are ties, or more rows than `largestCount`.
    static func pValue(_ x: [Double], _ y: [Double]) -> Double? {
        let count = x.count
        guard (2...largestCount).contains(count), Set(x).count == count, Set(y).count == count else { return nil }
        let frequencies = tables[count]
        // Σ r s and Σ d² = n(n + 1)(2n + 1)/3 - 2 Σ r s tell the same; four times its distance from the mean is whole.
        let center = count * (count + 1) * (count + 1)
        let observed = abs(4 * Int(dot(x, y)) - center)
        let extreme = frequencies.indices.reduce(0) { abs(4 * $1 - center) >= observed ? $0 + frequencies[$1] : $0 }
        return Double(extreme) / Double(frequencies.reduce(0, +))
    }

    /// For each number of rows, how many orders have Σ r s of 0, 1, …
    private static let tables: [[Int]] = (0...largestCount).map(frequencies)

    /// Rows are given their ranks one after the other; what matters of the earlier ones is which ranks they took.
    private static func frequencies(count: Int) -> [Int] {
        let largest = (1...max(count, 1)).reduce(0) { $0 + $1 * $1 }
        var sums = [[Int]](repeating: [], count: 1 << count)
        sums[0] = [Int](repeating: 0, count: largest + 1)
        sums[0][0] = 1
        for taken in 0..<(1 << count) {
            let row = taken.nonzeroBitCount + 1
            for rank in 1...max(count, 1) where count > 0 && taken & 1 << (rank - 1) == 0 {
                let next = taken | 1 << (rank - 1)
                if sums[next].isEmpty { sums[next] = [Int](repeating: 0, count: largest + 1) }
                for sum in 0...(largest - row * rank) { sums[next][sum + row * rank] += sums[taken][sum] }
            }
            if taken + 1 < 1 << count { sums[taken] = [] }
        }
        return sums[(1 << count) - 1]
    }
}
