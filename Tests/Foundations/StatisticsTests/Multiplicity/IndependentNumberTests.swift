import Statistics
import Testing

@Suite struct IndependentNumberTests {
    private func correlations(_ count: Int, _ rho: (Int, Int) -> Double) -> [[Double]] {
        (0..<count).map { i in (0..<count).map { i == $0 ? 1 : rho(i, $0) } }
    }

    @Test("Variables without correlation count each, copies once, signs or not")
    func extremes() throws {
        #expect(try #require(independentNumber(correlations: correlations(7) { _, _ in 0 })) == 7)
        #expect(try #require(independentNumber(correlations: correlations(7) { _, _ in 1 })) == 1)
        let signs = correlations(6) { ($0 + $1) % 2 == 0 ? 1 : -1 }
        #expect(try #require(independentNumber(correlations: signs)) == 1)
        let blocks = correlations(9) { $0 / 3 == $1 / 3 ? 1 : 0 }
        #expect(try #require(independentNumber(correlations: blocks)) == 3)
    }

    @Test("Equal correlations r among n have the eigenvalues 1 + (n - 1) r and 1 - r")
    func equal() throws {
        let found = try #require(independentNumber(correlations: correlations(5) { _, _ in 0.3 }))
        // 2.2 gives 1 + 0.2, four times 0.7 gives 2.8.
        #expect(abs(found - 4) < 1e-9)
        let strong = try #require(independentNumber(correlations: correlations(10) { _, _ in 0.95 }))
        #expect(abs(strong - (1 + 0.55 + 9 * 0.05)) < 1e-9)
    }

    @Test("Nothing counts nothing, and what is not finite has no number")
    func edges() {
        #expect(independentNumber(correlations: []) == 0)
        #expect(independentNumber(correlations: [[1, .nan], [.nan, 1]]) == nil)
    }
}
