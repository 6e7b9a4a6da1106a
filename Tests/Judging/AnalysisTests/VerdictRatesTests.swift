import Analysis
import Simulation
import Statistics
import Testing

@Suite struct VerdictRatesTests {
    /// Without a bootstrap of many resamples, which these tests do not need.
    private var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = Bootstrap(seed: 1, resamples: 200)
        rule.gain.repeats = 2
        return rule
    }

    @Test("In a large study each kind of measure gets its word")
    func truths() throws {
        let study = try SimulatedWorld.named("linear").study(models: 600, seed: 3)
        let words = zip(study.measures, rule.judge(study.evidence)).map {
            "\($0.truth.name): \($1.word?.rawValue ?? "")"
        }
        #expect(
            words == [
                "causal: supported", "by_regime: confounded", "by_confounder: confounded",
                "noise: undetectable at this n", "noise: undetectable at this n", "leak: not a predictor",
            ])
    }

    @Test(
        """
        Over simulated studies noise and what is confounded are rarely called supported, a cause is rarely called \
        confounded
        """
    )
    func errorRates() throws {
        let world = try SimulatedWorld.named("linear")
        var rates = VerdictRates()
        for seed in 1...200 { rates.add(world.study(models: 100, seed: UInt64(seed)), judgedBy: rule) }
        func row(_ name: String) throws -> VerdictRates.Row { try #require(rates.row(name)) }
        // Three standard errors above what 1,000 studies gave: 0.003, 0.000 and 0.000.
        #expect(try row("noise").share(called: .supported).share < 0.012)
        #expect(try row("by_regime").share(called: .supported).share < 0.011)
        #expect(try row("by_confounder").share(called: .supported).share < 0.011)
        #expect(try row("causal").share(called: .confounded).share < 0.06)
        #expect(try row("leak").share(called: .notAPredictor).share == 1)
        #expect(try row("causal").share(called: .supported).share > 0.5)
        #expect(rates.studies == 200)
        #expect(try row("noise").verdicts == 400)
        #expect(rates.rows.map(\.truth.name) == ["causal", "by_regime", "by_confounder", "noise", "leak"])
    }

    @Test("What is wrong is the share of words that the truth calls errors; where none is, there is no such share")
    func wrong() throws {
        let world = try SimulatedWorld.named("regime-by-confounder")
        var rates = VerdictRates()
        for seed in 1...20 { rates.add(world.study(models: 60, seed: UInt64(seed)), judgedBy: rule) }
        for row in rates.rows {
            let share = row.share(called: .supported).share + row.share(called: .masked).share
            let wrong = try #require(row.wrong)
            #expect(abs(wrong.share - share) < 1e-12)
            #expect(abs(wrong.standardError - (share * (1 - share) / Double(row.verdicts)).squareRoot()) < 1e-12)
        }
        var power = VerdictRates()
        power.add(try SimulatedWorld.named("power").study(models: 20, seed: 1), judgedBy: rule)
        #expect(power.row("causal")?.verdicts == 1 && power.row("causal")?.wrong == nil)
    }

    @Test("Rates of parts together are those of the whole, in whatever order")
    func merging() throws {
        let world = try SimulatedWorld.named("linear")
        func rates(_ seeds: ClosedRange<UInt64>) -> VerdictRates {
            var rates = VerdictRates()
            for seed in seeds { rates.add(world.study(models: 24, seed: seed), judgedBy: rule) }
            return rates
        }
        var (one, two) = (rates(1...3), rates(4...5))
        let (first, second) = (one, two)
        one.merge(second)
        two.merge(first)
        #expect(one == rates(1...5) && two == one)
    }
}
