import Plots
import Reports
import Statistics
import TestSupport
import SyntheticStudies
import Testing

@Suite struct RankedCorrelationsTests {
    private static let rows = (0..<12).map(Double.init)

    /// A correlation that falls with the number of rows whose order is reversed.
    private func correlation(_ name: String, reversed: Int, bootstrap: Bootstrap? = nil) -> Correlation {
        let values = Array(Self.rows.prefix(reversed).reversed() + Self.rows.dropFirst(reversed))
        return correlate(Variable(name, values), Variable("target", Self.rows), bootstrap: bootstrap)
    }

    private func ranking(_ correlations: [Correlation]) -> RankingPlot {
        RankingPlot(title: "", correlations: correlations.map { ("a", $0, nil, nil) })
    }

    @Test("An entry has its correlation's numbers, the bootstrap's interval where there is one, or the reason")
    func entries() throws {
        let found = correlation("a", reversed: 6, bootstrap: Bootstrap(seed: 1, resamples: 200))
        let flat = correlate(Variable("flat", Self.rows.map { _ in 1 }), Variable("target", Self.rows))
        let entries = ranking([found, flat]).entries
        let bounds = try #require(found.bootstrap?.bounds)
        #expect(entries[0].interval == bounds.lower...bounds.upper && entries[0].coefficient == found.estimate)
        #expect(entries[0].pValue == found.pValue && entries[0].count == 12)
        #expect(entries[1].coefficient == nil && entries[1].reason == "flat has the same value in every row.")
    }

    @Test("The legend says what the intervals are")
    func intervals() {
        let bootstrapped = correlation("a", reversed: 6, bootstrap: Bootstrap(seed: 1, resamples: 200, level: 0.9))
        let analytic = correlation("b", reversed: 6)
        #expect(
            ranking([bootstrapped]).legend.intervals == "Intervals: 90 %, bootstrap percentiles of 200 resamples.")
        #expect(ranking([analytic]).legend.intervals == "Intervals: 95 %, from Fisher's z.")
        #expect(ranking([analytic, bootstrapped]).legend.intervals == "Intervals: 95 %.")
        #expect(ranking([analytic]).legend.heldFixed == nil && ranking([analytic]).letter == "ρ")
    }
}

@Suite struct CorrelationTextTests {
    @Test("rho, n and p stand in a line, or the reason why there is no rho")
    func line() throws {
        let n = 5
        let x = Variable("x", (0..<n).map { Double($0 * $0 % 7) }), y = Variable("y", (0..<n).map(Double.init))
        let correlation = correlate(x, y)
        let rho = try #require(correlation.estimate), p = try #require(correlation.pValue)
        let line = correlation.plotText
        #expect(line.contains("n = 5"))
        let numbers = line.replacing("−", with: "-").split { " ,=".contains($0) }.compactMap { Double($0) }
        #expect(abs(numbers[0] - rho) <= 0.0005 && abs(numbers[2] - p) <= 0.05 * p)
        let flat = correlate(Variable("flat", [1, 1, 1]), Variable("y", [1, 2, 3]))
        #expect(flat.plotText == "ρ is undefined. flat has the same value in every row.")
    }

    @Test("A small p value has a power of ten")
    func smallP() {
        let x = (0..<100).map(Double.init)
        let swapped = [1, 0] + x.dropFirst(2)
        let text = correlate(Variable("x", x), Variable("y", Array(swapped.reversed()))).plotText
        #expect(text.hasPrefix("ρ = −1.000, n = 100, p = ") && text.contains("×10⁻"))
    }
}
