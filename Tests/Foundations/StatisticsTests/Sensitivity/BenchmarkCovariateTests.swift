import Statistics
import Testing

@Suite struct BenchmarkCovariateTests {
    @Test(
        "Bounds and adjusted coefficients agree with the authors' package",
        arguments: try SensitivityValues.load().benchmarks)
    func reference(example: SensitivityValues.Benchmark) throws {
        for row in example.multiples {
            let strength = try example.covariate.strength(times: row.multiple).get()
            #expect(abs(strength.treatment - row.treatment) < 1e-9 && abs(strength.outcome - row.outcome) < 1e-9)
            let found = try adjustedCoefficient(
                estimate: example.estimate, standardError: example.standardError, degreesOfFreedom: example.df,
                for: strength
            ).get()
            #expect(abs(found.estimate - row.estimate) < 1e-9 && abs(found.standardError - row.standardError) < 1e-9)
            #expect((found.t == nil) == (row.t == nil) && abs((found.t ?? 0) - (row.t ?? 0)) < 1e-9)
            #expect(found.degreesOfFreedom == example.df - 1)
        }
    }

    @Test(
        "The least multiple is that of a search over all strengths up to the bound",
        arguments: try SensitivityValues.load().benchmarks)
    func leastMultiple(example: SensitivityValues.Benchmark) throws {
        let t = example.estimate / example.standardError
        let found = example.covariate.leastMultiple(t: t, degreesOfFreedom: example.df, level: example.level)
        guard let expected = example.leastMultiple else {
            #expect(found == .failure(.notSignificant))
            return
        }
        #expect(abs(try found.get().multiple - expected) < 1e-6 * expected)
    }

    @Test("Where the bound on the outcome is the worst, t is critical at the least multiple's bound")
    func critical() throws {
        // The paper's example; the critical t on 782 degrees of freedom is SciPy's.
        let darfur = try #require(try SensitivityValues.load().benchmarks.first)
        let least = try darfur.covariate.leastMultiple(
            t: darfur.estimate / darfur.standardError, degreesOfFreedom: darfur.df
        ).get()
        func t(_ multiple: Double) throws -> Double {
            let strength = try darfur.covariate.strength(times: multiple).get()
            return try #require(
                try adjustedCoefficient(
                    estimate: darfur.estimate, standardError: darfur.standardError, degreesOfFreedom: darfur.df,
                    for: strength
                ).get().t)
        }
        let critical = 1.963_002_200_328_248_6
        #expect(abs(try t(least.multiple) - critical) < 1e-6)
        #expect(try t(0.999 * least.multiple) > critical && t(1.001 * least.multiple) < critical)
        #expect(least.strength == (try darfur.covariate.strength(times: least.multiple).get()))
    }

    @Test("A confounder that explains more of the outcome can do less harm, and the least multiple knows")
    func interior() throws {
        let example = try #require(try SensitivityValues.load().benchmarks.first { $0.name.contains("very large t") })
        let t = example.estimate / example.standardError
        let least = try example.covariate.leastMultiple(t: t, degreesOfFreedom: example.df).get()
        let bound = try example.covariate.strength(times: least.multiple).get()
        #expect(least.strength.treatment == bound.treatment && least.strength.outcome < bound.outcome)
        func adjusted(_ outcome: Double) throws -> Double? {
            try adjustedCoefficient(
                estimate: t, standardError: 1, degreesOfFreedom: example.df,
                for: ConfounderStrength(treatment: bound.treatment, outcome: outcome)
            ).get().t
        }
        let worst = try #require(try adjusted(least.strength.outcome))
        for outcome in stride(from: 0, to: 1, by: 0.01) {
            #expect(try #require(try adjusted(outcome)) >= worst * (1 - 1e-12))
        }
    }

    @Test("The bound grows with the multiple, up to all of the outcome, until the treatment is used up")
    func growth() throws {
        let benchmark = BenchmarkCovariate(treatment: 0.2, outcome: 0.1)
        var last = ConfounderStrength(treatment: 0, outcome: 0)
        #expect(try benchmark.strength(times: 0).get() == last)
        for multiple in [0.1, 1, 2, 3, 3.9, 3.999_999] {
            let strength = try benchmark.strength(times: multiple).get()
            #expect(strength.treatment > last.treatment && strength.outcome >= last.outcome && strength.outcome <= 1)
            last = strength
        }
        #expect(last.outcome == 1)
        let reason = benchmark.strength(times: 4.5)
        #expect(throws: UndefinedSensitivity.self) { try reason.get() }
        if case .failure(.impossible(let multiple, let below)) = reason {
            #expect(multiple == 4.5 && abs(below - 4) < 1e-14)
        } else {
            Issue.record("\(reason)")
        }
    }

    @Test("What bounds nothing has a reason")
    func reasons() {
        let unrelated = BenchmarkCovariate(treatment: 0, outcome: 0.5)
        #expect(unrelated.leastMultiple(t: 5, degreesOfFreedom: 90) == .failure(.unrelatedBenchmark))
        #expect(unrelated.strength(times: 1e9) != .failure(.unrelatedBenchmark))
        let alone = BenchmarkCovariate(treatment: 0.1, outcome: 0)
        // It takes residual variance of the treatment away, until t is critical by that alone.
        #expect((try? alone.leastMultiple(t: 5, degreesOfFreedom: 90).get().multiple).map { $0 > 5 && $0 < 9 } == true)
        for share in [-0.1, 1, .nan] {
            for benchmark in [
                BenchmarkCovariate(treatment: share, outcome: 0.1), BenchmarkCovariate(treatment: 0.1, outcome: share),
            ] {
                #expect(throws: UndefinedSensitivity.self) { try benchmark.strength(times: 1).get() }
                #expect(throws: UndefinedSensitivity.self) {
                    try benchmark.leastMultiple(t: 5, degreesOfFreedom: 90).get()
                }
            }
        }
        for error in [0, -1, .nan, Double.infinity] {
            #expect(throws: UndefinedSensitivity.self) {
                try adjustedCoefficient(
                    estimate: 1, standardError: error, degreesOfFreedom: 10,
                    for: ConfounderStrength(treatment: 0.1, outcome: 0.1)
                ).get()
            }
        }
        #expect(
            UndefinedSensitivity.impossible(9, below: 4).description.hasSuffix("it takes less than 4.0 times."))
    }
}
