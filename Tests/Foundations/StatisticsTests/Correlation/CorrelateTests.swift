import Foundation
import Statistics
import Testing

@Suite struct CorrelateTests {
    @Test(
        "Coefficients and p values agree with SciPy", arguments: try ReferenceValues.load().pairs,
        CorrelationMethod.allCases)
    func reference(pair: ReferenceValues.Pair, method: CorrelationMethod) throws {
        let correlation = correlate(Variable("x", pair.x), Variable("y", pair.y), method: method)
        let expected = pair.coefficient(method)
        let estimate = try correlation.outcome.get()
        #expect(abs(estimate.value - expected.estimate) <= 1e-12)
        // Tau's p value follows from whole numbers: no last bits are granted to it.
        let r = method == .kendall ? 0 : expected.estimate
        // By orders no p of ranks is less than this share; Student's t, which SciPy has, knows nothing of it.
        let least = method == .spearman ? (2...pair.x.count).reduce(2.0) { $0 / Double($1) } : .leastNormalMagnitude
        #expect(
            expected.p < least
                ? abs(estimate.pValue / least - 1) < 1e-12
                : agree(estimate.pValue, expected.p, correlation: r, count: pair.x.count),
            "p \(estimate.pValue), reference \(expected.p)")
        #expect(correlation.count == pair.x.count)
        #expect(correlation.estimate != nil && correlation.reason == nil)
    }

    @Test("The reference values reach down to p = 1e-30, three rows and ties")
    func coverage() throws {
        let pairs = try ReferenceValues.load().pairs
        #expect(pairs.contains { $0.spearman.p > 0 && $0.spearman.p < 1e-29 && $0.spearman.p > 1e-32 })
        #expect(pairs.map(\.x.count).min() == 3 && pairs.map(\.x.count).max() == 100)
        #expect(pairs.contains { Set($0.x).count < $0.x.count / 10 })
    }

    @Test("A perfect rank correlation is exactly ±1, with the share of two of all orders as p", arguments: 3...80)
    func perfect(count: Int) throws {
        let x = (0..<count).map { Double($0 * $0 / 3) }
        for (sign, y) in [(1.0, x.map { $0 * 3 + 1 }), (-1.0, x.map { 5 - $0 })] {
            let estimate = try correlate(Variable("x", x), Variable("y", y)).outcome.get()
            let share = (2...count).reduce(2.0) { $0 / Double($1) }
            #expect(estimate.value == sign && abs(estimate.pValue / share - 1) < 1e-12 && estimate.interval == nil)
        }
    }

    @Test("The two variables may change places, and negating one negates rho")
    func symmetry() throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "heavy ties in both" })
        for method in CorrelationMethod.allCases {
            func value(_ x: [Double], _ y: [Double]) -> Double {
                correlate(Variable("x", x), Variable("y", y), method: method).estimate ?? .nan
            }
            let rho = value(pair.x, pair.y)
            #expect(abs(value(pair.y, pair.x) - rho) < 1e-15)
            #expect(abs(value(pair.x, pair.y.map { -$0 }) + rho) < 1e-15)
        }
    }

    @Test("Fewer than three rows have no correlation", arguments: [0, 1, 2])
    func tooFewRows(count: Int) {
        let x = Variable("x", Array([1.0, 2].prefix(count)))
        for method in CorrelationMethod.allCases {
            let correlation = correlate(x, x, method: method, bootstrap: Bootstrap(seed: 1))
            #expect(correlation.outcome == .failure(.tooFewRows(count, least: 3)))
            #expect(correlation.estimate == nil && correlation.bootstrap == nil)
            #expect(correlation.estimate == nil && correlation.pValue == nil && correlation.interval == nil)
        }
    }

    @Test("A constant is named as the reason, whichever side it is on", arguments: CorrelationMethod.allCases)
    func constant(method: CorrelationMethod) {
        let flat = Variable("dead_units", [2, 2, 2, 2])
        let other = Variable("accuracy", [1, 2, 3, 4])
        for correlation in [correlate(flat, other, method: method), correlate(other, flat, method: method)] {
            #expect(correlation.outcome == .failure(.constant(variable: "dead_units")))
            #expect(correlation.reason == "dead_units has the same value in every row.")
        }
    }

    @Test("A value that is not finite is named with its row", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) {
        let broken = Variable("trace", [1, 2, value, 4])
        let other = Variable("accuracy", [1, 2, 3, 5])
        for method in CorrelationMethod.allCases {
            #expect(correlate(other, broken, method: method).outcome == .failure(.notFinite(variable: "trace", row: 3)))
        }
        let third = Variable("norm", [4, 1, 3, 2])
        #expect(correlate(other, third, given: [broken]).outcome == .failure(.notFinite(variable: "trace", row: 3)))
    }

    @Test("Numbers near the limits of double precision give a number or a reason, never NaN")
    func extremes() {
        let columns = [
            [1e308, -1e308, 3e307, 5], [1, 3, 2, 9].map { $0 * .leastNonzeroMagnitude }, [-1e200, 1e200, 0, 1e-200],
        ]
        for x in columns {
            for y in columns {
                for method in CorrelationMethod.allCases {
                    let correlation = correlate(Variable("x", x), Variable("y", y), method: method)
                    #expect(correlation.estimate.map { (-1...1).contains($0) } ?? (correlation.reason != nil))
                }
                let covariate = Variable("z", [1e308, 1e308, -1e308, 1e307])
                let partial = correlate(Variable("x", x), Variable("y", y), method: .pearson, given: [covariate])
                #expect(partial.estimate.map { (-1...1).contains($0) } ?? (partial.reason != nil))
            }
        }
    }
}
