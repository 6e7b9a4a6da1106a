import Analysis
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
    func truths() {
        let study = SimulatedStudy(models: 600, seed: 3)
        let words = rule.judge(study.evidence).map(\.word)
        #expect(words == study.truths.map(\.word))
    }

    @Test(
        """
        Over simulated studies noise and what is confounded are rarely called supported, a cause is rarely called \
        confounded
        """
    )
    func errorRates() {
        var rates = VerdictRates()
        for seed in 1...200 { rates.add(SimulatedStudy(models: 100, seed: UInt64(seed)), judgedBy: rule) }
        // Three standard errors above what is allowed.
        #expect(rates.share(.noise, called: .supported).share < 0.02)
        #expect(rates.share(.byRegime, called: .supported).share < 0.06)
        #expect(rates.share(.byNuisance, called: .supported).share < 0.06)
        #expect(rates.share(.causal, called: .confounded).share < 0.06)
        #expect(rates.share(.leak, called: .notAPredictor).share == 1)
        #expect(rates.share(.causal, called: .supported).share > 0.5)
        #expect(rates.studies == 200 && rates.counts[.noise]?.values.reduce(0, +) == 400)
    }
}
