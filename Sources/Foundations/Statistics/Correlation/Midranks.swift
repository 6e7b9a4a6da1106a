/// The ranks of `values` from 1 up; equal values share the mean of the ranks they take together.
///
/// Midranks are whole or half numbers, so their sums are exact. As SciPy's `rankdata` with method "average".
/// - Precondition: no value is NaN, which has no rank.
/// - Complexity: O(n) above a thousand values, O(n log n) below.
public func midranks(_ values: [Double]) -> [Double] {
    precondition(!values.contains(where: \.isNaN), "NaN has no rank")
    let order = ascending(values)
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, order[end].key == order[start].key { end += 1 }
        // Ranks start + 1 through end, shared by all of them.
        let shared = Double(start + 1 + end) / 2
        for position in start..<end { ranks[order[position].place] = shared }
        start = end
    }
    return ranks
}

/// A value's place, and a whole number that stands to others' as the values do.
private struct Placed {
    var key: UInt64
    var place: Int

    init(_ value: Double, at place: Int) {
        // Adding 0 makes one of both zeros. Negative numbers' bits ascend as they descend.
        let bits = (value + 0).bitPattern
        key = bits >> 63 == 0 ? bits | 1 << 63 : ~bits
        self.place = place
    }
}

/// Places by ascending values, equal ones in their order.
private func ascending(_ values: [Double]) -> [Placed] {
    var order = values.enumerated().map { Placed($1, at: $0) }
    guard order.count > 1024 else {
        order.sort { $0.key < $1.key }
        return order
    }
    sortByDigits(&order)
    return order
}

/// Eleven bits at a time, the lowest first: six passes, without those in which all digits are equal.
private func sortByDigits(_ order: inout [Placed]) {
    let (digits, width) = (6, 11)
    let size = 1 << width
    func digit(_ key: UInt64, _ index: Int) -> Int { Int(truncatingIfNeeded: key >> (index * width)) & (size - 1) }
    var counts = [Int](repeating: 0, count: digits * size)
    for entry in order { for index in 0..<digits { counts[index * size + digit(entry.key, index)] += 1 } }
    var other = order
    for index in 0..<digits {
        let range = index * size..<(index + 1) * size
        if counts[range].contains(order.count) { continue }
        var next = 0
        for place in range { (counts[place], next) = (next, next + counts[place]) }
        order.withUnsafeBufferPointer { order in
            other.withUnsafeMutableBufferPointer { other in
                counts.withUnsafeMutableBufferPointer { counts in
                    for entry in order {
                        let place = index * size + digit(entry.key, index)
                        other[counts[place]] = entry
                        counts[place] += 1
                    }
                }
            }
        }
        swap(&order, &other)
    }
}
