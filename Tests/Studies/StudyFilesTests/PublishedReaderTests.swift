import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct PublishedReaderTests {
    @Test(
        "Published figures are about columns of the study, within their ranges",
        arguments: [
            (
                "correlations: [{measure: pair_prxy, value: 0.3}]",
                """
                published.correlations[1].measure is 'pair_prxy', which is not among the measures. Did you mean \
                'pair_proxy'?
                """
            ),
            (
                "correlations: [{measure: pair_proxy, value: 3}]",
                "published.correlations[1].value must be a number from -1 to 1, not '3'"
            ),
            (
                "correlations: [{measure: pair_proxy}]",
                "published.correlations[1] lacks 'value': the published coefficient"
            ),
            (
                "correlations: [{measure: pair_proxy, value: 0.3, p: 2}]",
                "published.correlations[1].p must be a number from 0 to 1, not '2'"
            ),
            (
                "correlations: [{measure: pair_proxy, value: 0.3, tolerance: -1}]",
                "published.correlations[1].tolerance must be a number of at least 0, not '-1'"
            ),
            ("summary: [{measure: pair_proxy}]", "published.summary[1] states none of mean, minimum, maximum"),
            ("models: [{test_accuracy: 0.7}]", "published.models[1] lacks 'seed': the network's seed"),
            (
                "models: [{seed: 1, test_acuracy: 0.7}]",
                "unknown key 'test_acuracy' in published.models[1]. Did you mean 'test_accuracy'?"
            ),
            (
                "tolerances: {pair_prox: 1}",
                "unknown key 'pair_prox' in published.tolerances. Did you mean 'pair_proxy'?"
            ),
        ])
    func published(entry: String, message: String) throws {
        #expect(try problems(exampleText + "\npublished:\n  \(entry)\n") == ["9: \(message)"])
    }

    /// The example with two regimes and copies of seed 3.
    private func text(_ entry: String) -> String {
        example(
            population:
                "seeds: 0-9, regimes: {a: {}, b: {training.epochs: 7}}, rescaled: {seeds: 3, factors: {1: [2, 0.5]}}")
            + "\npublished:\n  \(entry)\n"
    }

    @Test("A figure may be of one regime, and that of a model of a rescaled copy")
    func regimesAndVariants() throws {
        let means = try read(
            text("summary: [{measure: pair_proxy, regime: b, mean: 3}, {measure: pair_proxy, mean: 4}]")
        ).published
        #expect(
            means == [
                PublishedValue(kind: .mean, measure: "pair_proxy", regime: "b", value: 3, source: ""),
                PublishedValue(kind: .mean, measure: "pair_proxy", value: 4, source: ""),
            ])
        let models = try read(
            text(
                """
                models: [{seed: 3, regime: a, pair_proxy: 5}, {seed: 3, regime: a, variant: layer 1 x 0.5, pair_proxy: \
                6}]
                """)
        ).published
        #expect(
            models == [
                PublishedValue(kind: .model, measure: "pair_proxy", regime: "a", seed: 3, value: 5, source: ""),
                PublishedValue(
                    kind: .model, measure: "pair_proxy", regime: "a", seed: 3, variant: "layer 1 x 0.5", value: 6,
                    source: ""),
            ])
    }

    @Test(
        "Regimes and variants that the study does not have are refused",
        arguments: [
            (
                "summary: [{measure: pair_proxy, regime: c, mean: 3}]",
                "published.summary[1].regime cannot be 'c'. Known names: a, b."
            ),
            (
                "models: [{seed: 3, regime: A, pair_proxy: 5}]",
                "published.models[1].regime cannot be 'A'. Did you mean 'a'?"
            ),
            (
                "models: [{seed: 3, variant: layer 1 x 3, pair_proxy: 5}]",
                "published.models[1].variant cannot be 'layer 1 x 3'. Did you mean 'layer 1 x 2'?"
            ),
            (
                "correlations: [{measure: pair_proxy, value: 0.3, regime: a}]",
                "unknown key 'regime' in published.correlations[1]. Known names: measure, p, source, tolerance, value."
            ),
        ])
    func unknown(entry: String, message: String) throws {
        #expect(try problems(text(entry)) == ["9: \(message)"])
    }

    @Test("A study without regimes and copies knows neither key", arguments: ["regime: a", "variant: layer 1 x 2"])
    func neither(key: String) throws {
        let found = try problems(exampleText + "\npublished:\n  models: [{seed: 3, \(key), pair_proxy: 5}]\n")
        #expect(
            found.count == 1
                && found[0].hasPrefix("9: unknown key '\(key.prefix { $0 != ":" })' in published.models[1]."))
    }
}
