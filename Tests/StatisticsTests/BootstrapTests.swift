import Statistics
import Testing

@Suite struct BootstrapTests {
    @Test("Intervals agree with the same resamples drawn and correlated by NumPy and SciPy",
        arguments: try ReferenceValues.load().bootstraps)
    func reference(interval: ReferenceValues.Interval) throws {
        let seed = try #require(UInt64(interval.seed))
        let method = try #require(CorrelationMethod(rawValue: interval.method))
        let bootstrap = try #require(correlate(
            Variable("x", interval.x), Variable("y", interval.y), method: method, given: variables(interval.covariates),
            bootstrap: Bootstrap(seed: seed, resamples: interval.resamples, level: interval.level)).bootstrap)
        let bounds = try #require(bootstrap.bounds)
        #expect(abs(bounds.lower - interval.lower) < 1e-12)
        #expect(abs(bounds.upper - interval.upper) < 1e-12)
        #expect(bounds.level == interval.level)
        #expect(bootstrap.degenerate == interval.degenerate)
        #expect(bootstrap.resamples == interval.resamples && bootstrap.seed == seed)
    }

    @Test("The same seed gives the same interval on every thread, another seed another one")
    func reproducible() async throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "60 rows" })
        let x = Variable("x", pair.x), y = Variable("y", pair.y)
        let expected = correlate(x, y, bootstrap: Bootstrap(seed: 7, resamples: 200))
        try await withThrowingTaskGroup(of: Correlation.self) { group in
            for _ in 0..<8 { group.addTask { correlate(x, y, bootstrap: Bootstrap(seed: 7, resamples: 200)) } }
            for try await correlation in group { #expect(correlation == expected) }
        }
        // Differs from seed 7 in the upper half only.
        let other = correlate(x, y, bootstrap: Bootstrap(seed: 7 + 1 << 40, resamples: 200))
        #expect(other.bootstrap?.bounds != expected.bootstrap?.bounds)
        #expect(other.estimate == expected.estimate)
    }

    @Test("When most resamples are degenerate there are no bounds, but their number")
    func degenerate() throws {
        // A single 1 among three rows is missing from a resample, or alone in it, more often than not for ranks of three.
        let x = Variable("x", [0, 0, 1])
        let y = Variable("y", [0, 1, 0])
        let bootstrap = try #require(correlate(x, y, bootstrap: Bootstrap(seed: 1, resamples: 500)).bootstrap)
        #expect(bootstrap.bounds == nil)
        #expect(bootstrap.degenerate > 250 && bootstrap.degenerate < 500)
    }

    @Test("A wider level gives a wider interval around the estimate")
    func level() throws {
        let pair = try #require(try ReferenceValues.load().pairs.first { $0.name == "100 rows" })
        func bounds(_ level: Double) throws -> ConfidenceInterval {
            try #require(correlate(
                Variable("x", pair.x), Variable("y", pair.y), bootstrap: Bootstrap(seed: 3, resamples: 500, level: level)
            ).bootstrap?.bounds)
        }
        let (narrow, wide) = (try bounds(0.5), try bounds(0.99))
        #expect(wide.lower < narrow.lower && narrow.upper < wide.upper)
        #expect(narrow.lower < pair.spearman.estimate && pair.spearman.estimate < narrow.upper)
    }
}
