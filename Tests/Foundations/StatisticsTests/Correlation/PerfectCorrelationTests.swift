import Foundation
import Statistics
import Testing

/// What is said of a coefficient of ±1, or as near to it as rounding leaves: no certainty.
@Suite struct PerfectCorrelationTests {
    /// Lines that rounding bends.
    static let lines: [(x: [Double], y: [Double])] = [3, 4, 11, 12, 40, 200, 1000].flatMap { count in
        let x = (0..<count).map { Double($0 * 7919 % count) + 0.1 }
        return [(x, x.map { 0.3 * $0 + 0.7 }), (x, x.map { -1.1 * $0 + 0.3 })]
    }

    @Test("It has no interval of any kind, since one of no width would be a false claim", arguments: lines.indices)
    func intervals(index: Int) throws {
        let (x, y) = Self.lines[index]
        for method in CorrelationMethod.allCases {
            for kind in Bootstrap.Kind.allCases where x.count <= 200 {
                let found = correlate(
                    Variable("x", x), Variable("y", y), method: method,
                    bootstrap: Bootstrap(seed: 1, resamples: 100, kind: kind))
                #expect(abs(try #require(found.estimate)) > 1 - 1e-12)
                #expect(found.interval == nil && (try? found.outcome.get())?.fiellerInterval == nil)
                #expect(found.bootstrap?.bounds == nil && found.bootstrap?.reason != nil)
            }
        }
    }

    @Test("Coefficients that are 1 but for a rounding error have none either, and those a little farther do")
    func near() {
        let nearest = Double(1).nextDown
        for method in CorrelationMethod.allCases {
            for coefficient in [nearest, 1 - 5e-15, 1, -nearest] {
                #expect(fisherInterval(coefficient, method: method, count: 100) == nil)
            }
            for count in [10, 1000, 1_000_000_000] {
                let found = fisherInterval(1 - 1e-9, method: method, count: count)
                #expect(found.map { $0.lower < $0.upper && $0.upper <= 1 } ?? true)
            }
            #expect(fisherInterval(1 - 1e-9, method: method, count: 100) != nil)
        }
    }

    @Test("No p value is 0", arguments: lines.indices)
    func pValues(index: Int) throws {
        let (x, y) = Self.lines[index]
        for method in CorrelationMethod.allCases {
            let found = try correlate(Variable("x", x), Variable("y", y), method: method).outcome.get()
            #expect(found.pValue > 0 && found.pValue < 0.34)
        }
    }

    @Test("Of distinct ranks p is never below 2/n!, the share of the two orders that are as extreme")
    func leastShare() throws {
        for count in [3, 7, 10, 11, 15, 20, 30, 100, 170] {
            let share = (2...count).reduce(2.0) { $0 / Double($1) }
            let x = (0..<count).map(Double.init)
            var swapped = x
            swapped.swapAt(0, 1)
            for y in [x, x.reversed(), swapped] {
                let found = correlate(Variable("x", x), Variable("y", y))
                let p = try #require(found.pValue)
                #expect(p >= share * (1 - 1e-12))
                if abs(found.estimate ?? 0) == 1 { #expect(abs(p / share - 1) < 1e-12) }
            }
        }
    }

    @Test("Perfect orders with ties or covariates have that least share too")
    func tiesAndCovariates() throws {
        let x = Variable("x", (0..<24).map { Double($0 / 2) })
        let share = (2...24).reduce(2.0) { $0 / Double($1) }
        #expect(abs(try #require(correlate(x, x).pValue) / share - 1) < 1e-12)
        let other = Variable("z", (0..<24).map { Double($0 * 7 % 24) })
        #expect(abs(try #require(correlate(x, x, given: [other]).pValue) / share - 1) < 1e-12)
    }

    @Test("Where p leaves the range of numbers it is the least normal one, an upper bound")
    func underflow() throws {
        var numbers = SeededNumbers(seed: 9)
        let x = (0..<20_000).map(Double.init)
        let nearly = x.map { $0 + 40 * numbers.normal() }
        for method in CorrelationMethod.allCases {
            let found = try correlate(Variable("x", x), Variable("y", nearly), method: method).outcome.get()
            #expect(found.pValue == .leastNormalMagnitude && found.value < 1)
        }
        let far = try welchTest(x, x.map { $0 + 1e9 }).get()
        #expect(far.pValue == .leastNormalMagnitude)
        #expect(try #require(correlate(Variable("x", x), Variable("x", x)).pValue) == .leastNormalMagnitude)
        let strata = withinStrata(
            Variable("x", x), Variable("y", nearly), strata: x.map { $0 < 10_000 ? "a" : "b" })
        #expect(try strata.pooled.get().pValue == .leastNormalMagnitude)
    }
}
