import Statistics
import Testing

@Suite struct BenjaminiHochbergTests {
    @Test("Adjusted p values agree with statsmodels")
    func reference() throws {
        for family in try JudgementValues.load().benjaminiHochberg {
            for (adjusted, expected) in zip(benjaminiHochbergAdjusted(family.p), family.adjusted) {
                #expect(abs(try #require(adjusted) - expected) <= 1e-12 * expected)
            }
        }
    }

    @Test("A test that could not be made is no member of the family")
    func missing() {
        #expect(benjaminiHochbergAdjusted([0.01, nil, 0.04]) == [0.02, nil, 0.04])
        #expect(benjaminiHochbergAdjusted([nil]) == [nil])
        #expect(benjaminiHochbergAdjusted([]) == [])
    }

    @Test("It never corrects more than Holm does, and none exceeds 1")
    func bounds() throws {
        #expect(benjaminiHochbergAdjusted([0.03]) == [0.03])
        #expect(benjaminiHochbergAdjusted([0.9, 0.8, 1]) == [1, 1, 1])
        var numbers = SeededNumbers(seed: 5)
        for size in 2...40 {
            let p = (0..<size).map { _ -> Double? in Double.random(in: 0...0.2, using: &numbers) }
            for (one, other) in zip(benjaminiHochbergAdjusted(p), holmAdjusted(p)) {
                #expect(try #require(one) <= #require(other) * (1 + 1e-14))
            }
        }
    }

    @Test("Where every hypothesis is true, a family has a rejection as often as the rate says")
    func falseDiscoveries() throws {
        var numbers = SeededNumbers(seed: 6)
        var families = 0
        for _ in 0..<4000 {
            let p = (0..<20).map { _ -> Double? in Double.random(in: 0...1, using: &numbers) }
            families += benjaminiHochbergAdjusted(p).contains { $0! <= 0.05 } ? 1 : 0
        }
        // Exactly 0.05 for independent tests (Simes, 1986); three standard errors are 0.0103.
        #expect(abs(Double(families) / 4000 - 0.05) < 0.0104)
    }
}
