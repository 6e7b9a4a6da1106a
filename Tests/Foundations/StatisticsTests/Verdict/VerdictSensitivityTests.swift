import Statistics
import Testing

@Suite struct VerdictSensitivityTests {
    @Test(
        "Robustness values are those of NumPy's partial correlations of ranks, multiples those of its partial R²",
        arguments: try ConditioningValues.load().sensitivities)
    func reference(example: ConditioningValues.Sensitivity) throws {
        var rule = VerdictRule()
        rule.bootstrap = nil
        rule.gain.repeats = 1
        let factors = [Factor("level", example.labels.map { "\($0)" })]
        let names = example.confounders.indices.map { "confounder \($0)" }
        let verdict = rule.judge(
            Evidence(
                target: Column("y", example.y), candidates: [Candidate(Column("x", example.x))],
                factors: Set(example.labels).count > 1 ? factors : [],
                confounders: zip(names, example.confounders).map { Confounder(Column($0, $1)) }))[0]
        let found = try #require(verdict.sensitivity)
        let value = try robustnessValue(t: example.t, degreesOfFreedom: example.degrees).get()
        #expect(abs(found.robustnessValue - value.value) < 1e-9)
        #expect(abs(found.robustnessValueAtLevel - value.valueAtLevel) < 1e-9)
        let multiples = try example.benchmarks.map {
            try BenchmarkCovariate(treatment: $0.treatment, outcome: $0.outcome)
                .leastMultiple(t: example.t, degreesOfFreedom: example.degrees).get().multiple
        }
        let least = try #require(multiples.min())
        #expect(abs(try #require(found.multiple) - least) < 1e-7 * least)
        #expect(found.benchmark == names[try #require(multiples.firstIndex(of: least))])
    }
}
