import Foundation
import Statistics
import Testing

@Suite struct ConfidenceIntervalTests {
    @Test(
        "Analytic intervals agree with SciPy for r, and with Bonett and Wright's formula for rho and tau",
        arguments: try ReferenceValues.load().pairs, CorrelationMethod.allCases)
    func reference(pair: ReferenceValues.Pair, method: CorrelationMethod) throws {
        let expected = pair.coefficient(method)
        guard let lower = expected.lower, let upper = expected.upper else { return }
        let interval = try #require(
            correlate(Variable("x", pair.x), Variable("y", pair.y), method: method).interval)
        #expect(interval.level == 0.95)
        #expect(abs(interval.lower - lower) < 1e-11)
        #expect(abs(interval.upper - upper) < 1e-11)
    }

    @Test("Three rows are too few for an interval, though not for a coefficient")
    func tooFew() {
        let correlation = correlate(Variable("x", [1, 2, 3]), Variable("y", [1, 3, 2]))
        #expect(correlation.estimate != nil)
        #expect(correlation.interval == nil)
    }

    @Test("A covariate widens the interval as if a row were missing")
    func covariate() throws {
        let x = Variable("x", [1, 2, 3, 4, 5, 6, 7])
        let y = Variable("y", [2, 1, 4, 3, 6, 7, 5])
        let unrelated = Variable("z", [1, -1, 1, -1, 1, -1, 1])
        let interval = try #require(correlate(x, y, given: [unrelated]).interval)
        #expect(interval.lower < interval.upper)
        #expect(
            correlate(
                Variable("x", [1, 2, 3, 4]), Variable("y", [2, 1, 4, 3]), given: [Variable("z", [1, 3, 0, 2])]
            ).interval == nil)
    }

    @Test("Fieller, Hartley and Pearson's interval has the variance 1.06/(n - 3), whatever rho is")
    func fieller() throws {
        for pair in try ReferenceValues.load().pairs where pair.x.count > 3 {
            let estimate = try correlate(Variable("x", pair.x), Variable("y", pair.y)).outcome.get()
            guard abs(estimate.value) < 1 else {
                #expect(estimate.fiellerInterval == nil)
                continue
            }
            let interval = try #require(estimate.fiellerInterval)
            // The 0.975 quantile of the normal distribution.
            let reach = 1.959963984540054 * (1.06 / Double(pair.x.count - 3)).squareRoot()
            #expect(abs(atanh(interval.upper) - atanh(estimate.value) - reach) < 1e-9)
            #expect(abs(atanh(interval.lower) - atanh(estimate.value) + reach) < 1e-9)
            let same = fisherInterval(estimate.value, method: .spearman, count: pair.x.count, variance: .fieller)
            #expect(interval == same)
        }
        let x = Variable("x", [1, 2, 3, 4, 5, 6]), y = Variable("y", [2, 1, 4, 3, 6, 5])
        #expect(try correlate(x, y, method: .pearson).outcome.get().fiellerInterval == nil)
    }
}
