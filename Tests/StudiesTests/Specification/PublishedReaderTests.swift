import Testing

@Suite struct PublishedReaderTests {
    @Test("Published figures are about columns of the study, within their ranges", arguments: [
        ("correlations: [{measure: pair_prxy, value: 0.3}]", "published.correlations[1].measure is 'pair_prxy', which is not among the measures. Did you mean 'pair_proxy'?"),
        ("correlations: [{measure: pair_proxy, value: 3}]", "published.correlations[1].value must be a number from -1 to 1, not '3'"),
        ("correlations: [{measure: pair_proxy}]", "published.correlations[1] lacks 'value': the published coefficient"),
        ("correlations: [{measure: pair_proxy, value: 0.3, p: 2}]", "published.correlations[1].p must be a number from 0 to 1, not '2'"),
        ("correlations: [{measure: pair_proxy, value: 0.3, tolerance: -1}]", "published.correlations[1].tolerance must be a number of at least 0, not '-1'"),
        ("summary: [{measure: pair_proxy}]", "published.summary[1] states none of mean, minimum, maximum"),
        ("models: [{test_accuracy: 0.7}]", "published.models[1] lacks 'seed': the network's seed"),
        ("models: [{seed: 1, test_acuracy: 0.7}]", "unknown key 'test_acuracy' in published.models[1]. Did you mean 'test_accuracy'?"),
        ("tolerances: {pair_prox: 1}", "unknown key 'pair_prox' in published.tolerances. Did you mean 'pair_proxy'?"),
    ])
    func published(entry: String, message: String) throws {
        #expect(try problems(exampleText + "\npublished:\n  \(entry)\n") == ["9: \(message)"])
    }
}
