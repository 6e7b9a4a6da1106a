/// Adjusts the p values of one family of tests by Benjamini and Hochberg's step-up method (Journal of the Royal
/// Statistical Society B 57, 1995).
///
/// Rejecting each adjusted p ≤ q keeps the expected share of false rejections among all rejections at or below q, for
/// tests that are independent or positively dependent (Benjamini and Yekutieli, 2001). It says less than Holm's: a
/// share of what is rejected may be false. A nil stays nil and does not count.
/// - Precondition: p values are in 0...1.
/// - Complexity: O(m log m) for m tests.
public func benjaminiHochbergAdjusted(_ pValues: [Double?]) -> [Double?] {
    let tests = pValues.enumerated().compactMap { index, p in p.map { (index: index, p: $0) } }
    precondition(tests.allSatisfy { (0...1).contains($0.p) }, "a p value is outside 0...1")
    var adjusted = pValues
    var ceiling = 1.0
    for (position, test) in tests.sorted(by: { $0.p < $1.p }).enumerated().reversed() {
        ceiling = min(ceiling, Double(tests.count) / Double(position + 1) * test.p)
        adjusted[test.index] = ceiling
    }
    return adjusted
}
