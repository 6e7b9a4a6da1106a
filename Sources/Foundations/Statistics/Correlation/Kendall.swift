import CGSL

/// Kendall's tau-b and its two-sided p value.
///
/// The p value is exact when there are no ties and n is at most 33 (or at most one pair disagrees with the rest),
/// otherwise normal with the tie-corrected variance: the choice of SciPy's `kendalltau`.
///
/// - Precondition: at least three rows, neither column constant, all values finite.
/// - Complexity: O(n log n) by Knight's method (JASA 61, 1966).
func kendallTau(_ x: [Double], _ y: [Double]) -> (tau: Double, pValue: Double, kind: PValueKind) {
    let n = x.count
    let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
    let ordered = order.map { y[$0] }
    var merged = ordered
    let discordant = sortCountingInversions(&merged)

    let tiesInX = TieCounts(runLengths(order) { x[$0] == x[$1] })
    let tiesInY = TieCounts(runLengths(merged, areEqual: ==))
    let tiesInBoth = TieCounts(runLengths(order) { x[$0] == x[$1] && y[$0] == y[$1] })

    let pairs = n * (n - 1) / 2
    let balance = Double(pairs - tiesInX.pairs - tiesInY.pairs + tiesInBoth.pairs - 2 * discordant)
    // Two roots, not the root of the product: that one can round a perfect tau away from 1.
    let tau = balance / Double(pairs - tiesInX.pairs).squareRoot() / Double(pairs - tiesInY.pairs).squareRoot()

    let rarer = min(discordant, pairs - discordant)
    let isExact = tiesInX.pairs == 0 && tiesInY.pairs == 0 && (n <= 33 || rarer <= 1)
    let p =
        isExact
        ? exactPValue(n: n, inversions: rarer)
        : normalPValue(n: n, balance: balance, x: tiesInX, y: tiesInY)
    return (min(max(tau, -1), 1), p, isExact ? .exact : .normal)
}

/// Sums over the groups of equal values, of size t, that the variance of tau needs.
private struct TieCounts {
    /// Σ t(t - 1)/2: pairs of equal values.
    var pairs = 0
    /// Σ t(t - 1)(t - 2)
    var triples = 0.0
    /// Σ t(t - 1)(2t + 5)
    var variance = 0.0

    init(_ groupSizes: [Int]) {
        for size in groupSizes {
            let t = Double(size)
            pairs += size * (size - 1) / 2
            triples += t * (t - 1) * (t - 2)
            variance += t * (t - 1) * (2 * t + 5)
        }
    }
}

private func runLengths<Element>(_ elements: [Element], areEqual: (Element, Element) -> Bool) -> [Int] {
    var lengths: [Int] = []
    for index in elements.indices {
        if index > 0, areEqual(elements[index - 1], elements[index]) {
            lengths[lengths.count - 1] += 1
        } else {
            lengths.append(1)
        }
    }
    return lengths
}

/// Sorts by merging, and returns how many pairs stood in the wrong order.
func sortCountingInversions<Value: Comparable>(_ values: inout [Value]) -> Int {
    var inversions = 0
    var target = values
    var width = 1
    while width < values.count {
        for start in stride(from: 0, to: values.count, by: 2 * width) {
            let middle = min(start + width, values.count)
            let end = min(start + 2 * width, values.count)
            var left = start
            var right = middle
            for position in start..<end {
                if right == end || left < middle && values[left] <= values[right] {
                    target[position] = values[left]
                    left += 1
                } else {
                    target[position] = values[right]
                    right += 1
                    inversions += middle - left
                }
            }
        }
        swap(&values, &target)
        width *= 2
    }
    return inversions
}

/// The chance that a random order of `n` has at most `inversions` or at least as many the other way round.
///
/// The chances of 0, 1, … inversions among j are those among j - 1 averaged over the j places of the new element
/// (Kendall, Rank Correlation Methods, chapter 5).
/// - Precondition: `inversions` is at most half the number of pairs.
private func exactPValue(n: Int, inversions: Int) -> Double {
    guard 4 * inversions < n * (n - 1) else { return 1 }
    var chances = [1.0] + [Double](repeating: 0, count: inversions)
    for j in 2...n {
        var window = 0.0
        chances = chances.indices.map { k in
            window += chances[k]
            if k >= j { window -= chances[k - j] }
            return window / Double(j)
        }
    }
    return reported(pValue: 2 * chances.reduce(0, +))
}

/// Normal approximation with the variance corrected for ties (Hollander, Wolfe and Chicken, section 8.1).
private func normalPValue(n: Int, balance: Double, x: TieCounts, y: TieCounts) -> Double {
    let n = Double(n)
    let m = n * (n - 1)
    let variance =
        (m * (2 * n + 5) - x.variance - y.variance) / 18
        + 2 * Double(x.pairs) * Double(y.pairs) / m
        + x.triples * y.triples / (9 * m * (n - 2))
    return reported(pValue: 2 * gsl_cdf_ugaussian_Q(abs(balance) / variance.squareRoot()))
}
