import CGSL

/// The ranks of `values` from 1 up; equal values share the mean of the ranks they take together.
///
/// Midranks are whole or half numbers, so their sums are exact. As SciPy's `rankdata` with method "average".
/// - Precondition: no value is NaN, which has no rank.
/// - Complexity: O(n log n).
public func midranks(_ values: [Double]) -> [Double] {
    precondition(!values.contains(where: \.isNaN), "NaN has no rank")
    var order = [Int](repeating: 0, count: values.count)
    gsl_sort_index(&order, values, 1, values.count)

    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        // Ranks start + 1 through end, shared by all of them.
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { ranks[order[position]] = shared }
        start = end
    }
    return ranks
}
