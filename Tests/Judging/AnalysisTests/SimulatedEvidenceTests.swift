import Analysis
import Results
import Simulation
import Statistics
import SyntheticStudies
import TestSupport
import Testing

@Suite struct SimulatedEvidenceTests {
    private var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = Bootstrap(seed: 1, resamples: 50)
        rule.permutation.permutations = 99
        rule.gain.repeats = 1
        return rule
    }

    @Test(
        "A study of a world says the same of its measures out of a results file as by itself",
        arguments: SimulatedWorld.all.map(\.name).filter { $0 != "hundred-measures" })
    func sameWords(name: String) throws {
        let world = try SimulatedWorld.named(name)
        // Too few seeds for categories in grids of 36, enough in regimes.
        for models in [60, 120] {
            let folder = try TemporaryFolder()
            let store = try ResultsStore.open(at: folder("basin.sqlite"))
            let results = try WorldResults(of: world, models: models, seed: 11)
            let study = try results.write(into: store, provenance: .example)
            let judged = try StudyVerdicts(of: Population(of: study, in: store), rule: rule)
            let found = Dictionary(uniqueKeysWithValues: judged.rows.map { ($0.verdict.measure, $0.verdict) })
            let expected = rule.judge(results.study.evidence)
            #expect(expected.count == results.study.measures.count)
            for verdict in expected {
                let other = try #require(found[verdict.measure])
                #expect(other.word == verdict.word, "\(verdict.measure)")
                #expect(other.raw.estimate == verdict.raw.estimate)
                #expect(other.correctedPValue == verdict.correctedPValue)
                #expect(other.trials.map(\.partial.estimate) == verdict.trials.map(\.partial.estimate))
                #expect(other.reliability?.isSuccess == verdict.reliability?.isSuccess)
            }
            #expect(judged.confounders == results.study.evidence.confounders.map(\.name))
        }
    }

    @Test("Configurations are held as categories with two seeds each; with one, their axes are")
    func design() throws {
        let few = try SimulatedWorld.named("few-seeds").study(models: 72, seed: 1).evidence
        #expect(few.factors.map(\.name) == ["batch_size", "depth", "learning_rate", "width"])
        #expect(Set(few.configurations ?? []).count == 36)
        #expect(rule.design(of: few) == (["configuration"], true))
        let one = try SimulatedWorld.named("one-seed").study(models: 72, seed: 1).evidence
        #expect(rule.design(of: one) == (["batch_size", "learning_rate", "width"], false))
        let regimes = try SimulatedWorld.named("linear").study(models: 20, seed: 1).evidence
        #expect(rule.design(of: regimes) == (["regime"], true))
        #expect(regimes.candidates.map(\.mayPredict) == [true, true, true, true, true, false])
        #expect(regimes.seeds?.count == 20)
    }

    @Test("What is judged is what the world states: errors of estimates, confounders by name")
    func columns() throws {
        let study = try SimulatedWorld.named("estimates").study(models: 30, seed: 1)
        let evidence = study.evidence
        #expect(evidence.candidates[0].standardErrors == [Double?](repeating: 1, count: 30))
        #expect(evidence.candidates[2].standardErrors == nil)
        #expect(evidence.target == study.target)
        #expect(evidence.confounders.map(\.name) == ["dead_units"])
        #expect(evidence.confounders[0].column == study.confounders[0].column)
    }
}

extension Result {
    fileprivate var isSuccess: Bool { (try? get()) != nil }
}
