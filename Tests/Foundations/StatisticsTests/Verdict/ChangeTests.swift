import Statistics
import Testing

/// Whether a condition changes a correlation by more than chance, as verdicts ask: `disagreementTest` without its
/// columns.
@Suite struct ChangeTests {
    private var rule: VerdictRule {
        var rule = VerdictRule()
        rule.bootstrap = nil
        rule.gain.repeats = 1
        return rule
    }

    private func expectAlike(_ change: DisagreementTest?, _ reference: DisagreementTest) throws {
        let change = try #require(change)
        #expect(abs(change.raw - reference.raw) < 1e-12 && abs(change.partial - reference.partial) < 1e-12)
        #expect(abs(change.difference - reference.difference) < 1e-12)
        #expect(change.pValue == reference.pValue && change.pValue < 1)
        #expect(change.seed == reference.seed && change.permutations == reference.permutations)
    }

    /// Normal scores, in which verdicts hold columns fixed.
    private func scores(_ values: [Double]) -> Variable {
        let variable = Variable("scores", values)
        return Variable("scores", normalScores(of: variable) ?? [])
    }

    /// Two columns that levels link, and nothing else.
    private func columns(_ levels: [Int], _ seed: UInt64) -> (x: [Double], y: [Double]) {
        var numbers = SeededNumbers(seed: seed)
        func column() -> [Double] { levels.map { 1.5 * Double($0) + numbers.normal() } }
        return (column(), column())
    }

    @Test("Given a factor it is the test given its indicators", arguments: [2, 3, 6])
    func factor(levels: Int) throws {
        let labels = (0..<60).map { $0 * 7 % levels }
        var tested = 0
        for seed in 0..<10 as Range<UInt64> {
            let (x, y) = columns(labels, seed)
            let trial = try #require(
                rule.judge(
                    Evidence(
                        target: Column("y", y), candidates: [Candidate(Column("x", x))],
                        factors: [Factor("level", labels.map { "\($0)" })]))[0].trials.first)
            // Where the outcome does not depend on it no test is made.
            guard trial.change != nil else { continue }
            tested += 1
            let held = indicators("level", labels.map { "\($0)" }).map { CompleteRows(of: [$0]).variable($0) }
            try expectAlike(
                trial.change,
                disagreementTest(scores(x), scores(y), given: held, method: .pearson, rule.permutation).get())
        }
        #expect(tested >= 5)
    }

    @Test("Given a number of two values it is the test given that number")
    func number() throws {
        let levels = (0..<50).map { $0 % 5 < 2 ? 0 : 2 }
        var tested = 0
        for seed in 10..<20 as Range<UInt64> {
            let (x, y) = columns(levels, seed)
            let z = Column("z", levels.map { 7 - Double($0) })
            let verdict = rule.judge(
                Evidence(
                    target: Column("y", y), candidates: [Candidate(Column("x", x))], confounders: [Confounder(z)]))[0]
            guard let change = try #require(verdict.trials.first).change else { continue }
            tested += 1
            try expectAlike(
                change,
                disagreementTest(
                    scores(x), scores(y), given: [CompleteRows(of: [z]).variable(z)], method: .pearson,
                    rule.permutation
                ).get())
        }
        #expect(tested >= 5)
    }
}
