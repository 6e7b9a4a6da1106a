import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct ClaimsReaderTests {
    private func text(_ entry: String) -> String {
        example(
            population:
                "seeds: 0-9, regimes: {a: {}, b: {training.learning_rate: 0.2}}, grid: {training.epochs: [5, 7]}")
            + "\nclaims:\n  - {\(entry)}\n"
    }

    @Test("A study without claims has none, and claims make no new version")
    func presentation() throws {
        let plain = try read(exampleText)
        #expect(plain.claims == [])
        let claiming = try read(
            exampleText + "\nclaims: [{claim: A., origin: paper, statistic: mean, of: test_accuracy, at_least: 0.5}]\n")
        #expect(claiming.claims.count == 1)
        #expect(try claiming.definition.digest() == plain.definition.digest())
    }

    @Test("Claims are read with all their keys")
    func keys() throws {
        let claims = try read(
            text(
                """
                claim: It is so., origin: derived, statistic: value, of: test_accuracy, where: {seed: 3, regime: b, \
                epochs: 7}, expected: 0.75, tolerance: 1e-5, limit: Of one.
                """
            )
                + "  - {claim: It grows., origin: restated, statistic: slope, of: pair_proxy, over: epochs, "
                + "at_least: 0.25, at_most: 0.75}\n  - {claim: Ranks., origin: paper, statistic: spearman, of: "
                + "pair_proxy, over: test_accuracy, at_most: -0.5}\n"
        ).claims
        #expect(
            claims == [
                Claim(
                    claim: "It is so.", origin: .derived, statistic: .value, measure: "test_accuracy",
                    selection: ModelSelection(["seed": [.number(3)], "regime": [.word("b")], "epochs": [.number(7)]]),
                    expected: 0.75, tolerance: 1e-5, limit: "Of one."),
                Claim(
                    claim: "It grows.", origin: .restated, statistic: .slope, measure: "pair_proxy", over: "epochs",
                    atLeast: 0.25,
                    atMost: 0.75),
                Claim(
                    claim: "Ranks.", origin: .paper, statistic: .spearman, measure: "pair_proxy", over: "test_accuracy",
                    atMost: -0.5),
            ])
    }

    private static let numbers = "'expected' with 'tolerance', or 'at_least', 'at_most'"

    @Test(
        "What is wrong with a claim is told with its line and the nearest name",
        arguments: [
            ("origin: paper, statistic: mean, of: pair_proxy, at_least: 1", "claims[1] lacks 'claim': a sentence"),
            (#"claim: "", origin: paper, statistic: mean, of: pair_proxy, at_least: 1"#, "claims[1].claim is empty"),
            (
                "claim: A., statistic: mean, of: pair_proxy, at_least: 1",
                "claims[1] lacks 'origin': who says so: paper, restated, derived"
            ),
            (
                "claim: A., origin: papers, statistic: mean, of: pair_proxy, at_least: 1",
                "claims[1].origin cannot be 'papers'. Did you mean 'paper'?"
            ),
            (
                "claim: A., origin: paper, of: pair_proxy, at_least: 1",
                """
                claims[1] lacks 'statistic': the number that is claimed: value, mean, minimum, maximum, slope, \
                spearman
                """
            ),
            (
                "claim: A., origin: paper, statistic: average, of: pair_proxy, at_least: 1",
                "claims[1].statistic cannot be 'average'. Known names: maximum, mean, minimum, slope, spearman, value."
            ),
            (
                "claim: A., origin: paper, statistic: mean, at_least: 1",
                "claims[1] lacks 'of': the column that it is about"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_prxy, at_least: 1",
                "claims[1].of is 'pair_prxy', which the study's models do not have. Did you mean 'pair_proxy'?"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, over: epochs, at_least: 1",
                "claims[1].over has no meaning for a claim about a mean: leave it out"
            ),
            (
                "claim: A., origin: paper, statistic: slope, of: pair_proxy, at_least: 1",
                "claims[1] lacks 'over': the column that the slope is over"
            ),
            (
                "claim: A., origin: paper, statistic: slope, of: pair_proxy, over: epoch, at_least: 1",
                "claims[1].over is 'epoch', which the study's models do not have. Did you mean 'epochs'?"
            ),
            (
                "claim: A., origin: paper, statistic: spearman, of: epochs, over: epochs, at_least: 1",
                "claims[1].over is 'of' itself, of which the spearman is 1: name another column"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy",
                "claims[1] claims no number: state \(numbers)"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, expected: 1",
                "claims[1] lacks 'tolerance': the difference up to which a measured number agrees"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, expected: 1, tolerance: -1",
                "claims[1].tolerance must be a number of at least 0, not '-1'"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, expected: 1, tolerance: 1, at_most: 2",
                "claims[1] has both 'expected' and bounds: leave one out"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, at_most: 2, tolerance: 1",
                "claims[1].tolerance has no meaning without 'expected'"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, at_least: 3, at_most: 2",
                "claims[1].at_least is above 'at_most'"
            ),
            (
                "claim: A., origin: paper, statistic: spearman, of: pair_proxy, over: epochs, at_least: 3",
                "claims[1].at_least is no correlation: 3.0"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, at_least: 3, limits: none",
                "unknown key 'limits' in claims[1]. Did you mean 'limit'?"
            ),
            (
                "claim: A., origin: paper, statistic: mean, of: pair_proxy, at_least: 3, where: {regime: c}",
                "claims[1].where.regime: there is no regime 'c'. Known names: a, b."
            ),
        ])
    func wrong(entry: String, message: String) throws {
        #expect(try problems(text(entry)) == ["9: \(message)"])
    }

    @Test("A claim may be stated once")
    func twice() throws {
        let entry = "claim: A., origin: paper, statistic: mean, of: pair_proxy, at_least: 3"
        #expect(try problems(text(entry) + "  - {\(entry)}\n") == ["10: claims[2].claim is given twice"])
    }
}
