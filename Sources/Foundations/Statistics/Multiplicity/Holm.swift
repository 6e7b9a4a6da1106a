/// Adjusts the p values of one family of tests by Holm's step-down method (Scandinavian Journal of Statistics 6,
/// 1979).
///
/// Rejecting each adjusted p ≤ α keeps the chance of any false rejection at or below α, whatever the dependence. A nil
/// stays nil and does not count: a test that could not be made is no member of the family.
/// - Precondition: p values are in 0...1.
/// - Complexity: O(m log m) for m tests.
public func holmAdjusted(_ pValues: [Double?]) -> [Double?] {
    let tests = pValues.enumerated().compactMap { index, p in p.map { (index: index, p: $0) } }
    precondition(tests.allSatisfy { (0...1).contains($0.p) }, "a p value is outside 0...1")
    var adjusted = pValues
    var floor = 0.0
    for (position, test) in tests.sorted(by: { $0.p < $1.p }).enumerated() {
        floor = max(floor, min(Double(tests.count - position) * test.p, 1))
        adjusted[test.index] = floor
    }
    return adjusted
}
