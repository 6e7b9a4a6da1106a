/// Adjusts the p values of one family of tests by Westfall and Young's step-down method on the greatest statistic
/// (Resampling-Based Multiple Testing, 1993, algorithm 2.8; Ge, Dudoit and Speed, Test 12, 2003, box 2).
///
/// The tests share their random orders, so that what they have in common is in the greatest of their statistics: forty
/// measures that say the same cost as much as one. Rejecting each adjusted p ≤ α keeps the chance of any false
/// rejection at α where the statistics of true null hypotheses are distributed as those of the orders, jointly.
///
/// - Parameters: |T| of each test, and of each random order; nil for a test that could not be made, which is no member
///   of the family.
/// - Returns: (1 + orders)/(1 + all orders), never 0, made to grow with falling |T|.
/// - Precondition: all tests have the same number of orders.
/// - Complexity: O(tests · (log tests + orders)).
package func stepDownAdjusted(_ tests: [(statistic: Double, orders: [Double])?]) -> [Double?] {
    let members = tests.indices.filter { tests[$0] != nil }.sorted {
        (tests[$0]?.statistic ?? 0, $0) < (tests[$1]?.statistic ?? 0, $1)
    }
    var greatest = [Double](repeating: 0, count: members.first.flatMap { tests[$0]?.orders.count } ?? 0)
    var adjusted = [Double?](repeating: nil, count: tests.count)
    for index in members {
        guard let test = tests[index] else { continue }
        precondition(test.orders.count == greatest.count, "tests of different numbers of orders")
        for order in greatest.indices { greatest[order] = max(greatest[order], test.orders[order]) }
        let threshold = leastExtreme(test.statistic)
        adjusted[index] = Double(1 + greatest.count { $0 >= threshold }) / Double(1 + greatest.count)
    }
    var floor = 0.0
    for index in members.reversed() {
        floor = max(floor, adjusted[index] ?? 0)
        adjusted[index] = floor
    }
    return adjusted
}
