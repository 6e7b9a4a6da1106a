import Plots
import Reports
import Testing

@Suite struct FittedSeriesTests {
    private func fit(_ points: [(Double, Double)]) -> LogLogPlot.Fit? {
        LogLogPlot.Series(name: "", fitting: points.map { .init(x: $0, y: $1) }, x: "steps", y: "risk").fit
    }

    @Test("A series has the power law of those of its points that have logarithms")
    func slope() throws {
        // Logarithms to base 2 are 0, 1, 5 over 0, 1, 2: slope 5/2, error sqrt(3)/2.
        let found = try #require(fit([(1, 1), (2, 2), (4, 32), (0, 1), (1, -2)]))
        guard case .line(let slope, let error, _) = found else {
            Issue.record("no line: \(found)")
            return
        }
        #expect(abs(slope - 2.5) < 1e-12 && abs(error - 3.0.squareRoot() / 2) < 1e-12)
    }

    @Test("A series that has no slope says why")
    func noSlope() {
        #expect(fit([(1, 1), (2, 2)]) == LogLogPlot.Fit.none("too few points for a slope"))
        #expect(fit([(4, 1), (4, 2), (4, 32)]) == LogLogPlot.Fit.none("no slope, as steps is constant"))
    }
}
