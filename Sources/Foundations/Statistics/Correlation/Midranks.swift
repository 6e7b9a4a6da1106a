/// The ranks of `values` from 1 up; equal values share the mean of the ranks they take together.
///
/// Midranks are whole or half numbers, so their sums are exact. As SciPy's `rankdata` with method "average".
/// - Precondition: no value is NaN, which has no rank.
/// - Complexity: O(n log n).
public func midranks(_ values: [Double]) -> [Double] {
    precondition(!values.contains(where: \.isNaN), "NaN has no rank")
    // Values beside their places: sorting places alone, as GSL's heap sort of an index does, misses the cache at each
    // comparison, and takes about twice as long for 100,000 values.
    var order = values.indices.map { (value: values[$0], place: $0) }
    order.sort { $0.value < $1.value }

    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, order[end].value == order[start].value { end += 1 }
        // Ranks start + 1 through end, shared by all of them.
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { ranks[order[position].place] = shared }
        start = end
    }
    return ranks
}
