import Statistics
import Testing

@Suite struct KendallTests {
    @Test("The exact p value counts all orders of six rows")
    func enumeration() throws {
        let orders = permutations(of: [1, 2, 3, 4, 5, 6])
        let scores = orders.map(concordanceBalance)
        for order in [orders[0], orders[17], orders[333], orders[719], orders[404]] {
            let estimate = try correlate(Variable("x", orders[0]), Variable("y", order), method: .kendall).outcome.get()
            let balance = concordanceBalance(order)
            let asExtreme = scores.filter { abs($0) >= abs(balance) }.count
            #expect(abs(estimate.value - Double(balance) / 15) < 1e-15)
            #expect(abs(estimate.pValue - Double(asExtreme) / 720) < 1e-15)
        }
    }

    @Test("Counting by merging finds the tau-b of comparing every pair")
    func pairwise() throws {
        for pair in try ReferenceValues.load().pairs {
            var balance = 0, unequalX = 0, unequalY = 0
            for i in pair.x.indices {
                for j in 0..<i {
                    let dx = (pair.x[i] - pair.x[j]).signum, dy = (pair.y[i] - pair.y[j]).signum
                    balance += dx * dy
                    unequalX += dx * dx
                    unequalY += dy * dy
                }
            }
            let expected = Double(balance) / (Double(unequalX) * Double(unequalY)).squareRoot()
            let tau = try #require(
                correlate(Variable("x", pair.x), Variable("y", pair.y), method: .kendall).estimate)
            #expect(abs(tau - expected) < 1e-14, "\(pair.name)")
        }
    }
}

/// Pairs in order less pairs out of order.
private func concordanceBalance(_ order: [Double]) -> Int {
    order.indices.reduce(0) { sum, i in sum + order[..<i].reduce(0) { $0 + (order[i] - $1).signum } }
}

private func permutations(of values: [Double]) -> [[Double]] {
    guard values.count > 1 else { return [values] }
    return values.indices.flatMap { index in
        var rest = values
        let first = rest.remove(at: index)
        return permutations(of: rest).map { [first] + $0 }
    }
}

extension Double {
    fileprivate var signum: Int { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
