import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct SpecificationDigestTests {
    private func digest(_ text: String) throws -> String { try read(text).definition.digest() }

    @Test("The same meaning in another layout has the same digest")
    func layout() throws {
        let other = """
            # a remark
            measures:
              - measure: test_accuracy
              - pair_proxy
            population:
              seeds: [0, 1, 2-9]
            training:
              epochs: 500
              batch_size: 64
              learning_rate: 1.0e-1
              order: native
            network:
              hidden:
                - 64
                - 8
            data:
              training_points: 250
              dataset: "mnist"
              seed: 0
            name: toy
            """
        #expect(try digest(other) == digest(exampleText))
    }

    @Test(
        "Title, source, cost, target and published figures leave the digest as it is",
        arguments: [
            "title: Another", "source: A paper", "cost: an hour", "target: pair_proxy",
            "published: {correlations: [{measure: pair_proxy, value: 0.3}]}",
        ])
    func presentation(line: String) throws {
        let text = exampleText.replacing("title: A toy\n", with: "")
        #expect(try digest(text + "\n" + line) == digest(text))
    }

    @Test(
        "Whatever determines a result changes the digest",
        arguments: [
            ("mnist", "fashion-mnist"), ("250", "251"), ("[64, 8]", "[8, 64]"), ("0.1", "0.1000001"),
            ("batch_size: 64", "batch_size: 32"), ("500", "501"), ("500", "500, stop: {every: 10, accuracy: 1}"),
            ("500", "500, order: torch-cuda"), ("500", "500, initialisation: torch-cpu"), ("0-9", "0-8"),
            ("pair_proxy]", "hessian_trace]"), ("pair_proxy]", "pair_proxy, hessian_trace]"),
            ("pair_proxy]", "{measure: pair_proxy, as: proxy}]"), ("points: 250", "points: 250, seed: 1"),
            ("points: 250", "points: 250, stream: numpy"), ("points: 250", "points: 250, probes: {seed: 1}"),
            ("points: 250", "points: 250, unseen: test-images"), ("500", "500, drops: [{epoch: 3, factor: 0.5}]"),
            ("500", "500, learning_rate_scaling: linear, reference_batch_size: 16"),
            ("{seeds: 0-9}", "{seeds: 0-9, regimes: {a: {}}}"),
            ("{seeds: 0-9}", "{seeds: 0-9, rescaled: {seeds: 0, factors: {1: [2]}}}"),
            ("{seeds: 0-9}", "{seeds: 0-9, grid: {data.seed: [0]}}"),
        ])
    func definition(part: String, other: String) throws {
        #expect(exampleText.contains(part))
        #expect(try digest(exampleText.replacing(part, with: other)) != digest(exampleText))
    }

    @Test("The canonical text is fixed: a change of it would turn every stored study into a new version")
    func canonicalText() throws {
        let text = exampleText.replacing(
            "pair_proxy]", with: "{measure: hessian_trace_hutchinson, probes: 30, stream: native}]")
        #expect(
            try read(text.replacing("epochs: 500", with: "epochs: 500, stop: {every: 10, accuracy: 0.9999}")).definition
                .canonicalJSON() == """
                    {"data":{"dataset":"mnist","probes":{"count":100,"seed":0,"stream":"native"},"seed":0,\
                    "stream":"native","training_points":250},"measures":[{"column":"test_accuracy",\
                    "measure":"test_accuracy","options":{}},{"column":"hessian_trace_hutchinson",\
                    "measure":"hessian_trace_hutchinson","options":{"probes":30,"seed":0,"stream":"native"}}],\
                    "network":{"hidden":[64,8]},"population":{"seeds":[0,1,2,3,4,5,6,7,8,9]},\
                    "training":{"batch_size":64,"epochs":500,"initialisation":"native","learning_rate":0.1,\
                    "order":"native","stop":{"accuracy":0.9999,"every":10}}}
                    """)
    }

    @Test(
        "A network's digest knows its split, shape, training and seed, and neither probes, measures nor the other seeds"
    )
    func modelDigest() throws {
        func digest(_ text: String, seed: UInt64 = 3) throws -> String {
            let configuration = try read(text).configurations[0]
            #expect(try configuration.modelDigest(seed: seed) == configuration.trainingDigest(seed: seed))
            return try configuration.trainingDigest(seed: seed)
        }
        let base = try digest(exampleText)
        #expect(try digest(exampleText, seed: 4) != base)
        for (part, other) in [
            ("pair_proxy]", "hessian_trace]"), ("0-9", "3"), ("points: 250", "points: 250, probes: {count: 5}"),
            ("points: 250", "points: 250, unseen: test-images"),
        ] {
            #expect(try digest(exampleText.replacing(part, with: other)) == base)
        }
        for (part, other) in [("250", "249"), ("64, 8", "64"), ("0.1", "0.2"), ("points: 250", "points: 250, seed: 3")]
        {
            #expect(try digest(exampleText.replacing(part, with: other)) != base)
        }
        var digests = [base]
        for keys in [
            "stop: {accuracy: 1}", "stop: {accuracy: 1, points: 30}", "stop: {accuracy: 1, points: 31}",
            "drops: [{epoch: 3, factor: 0.5}]", "drops: [{epoch: 4, factor: 0.5}]", "drops: [{epoch: 3, factor: 0.25}]",
        ] {
            digests.append(try digest(exampleText.replacing("500", with: "500, \(keys)")))
        }
        #expect(Set(digests).count == 7)
        #expect(try digest(exampleText.replacing("500", with: "500, drops: []")) == base)
    }

    @Test("The digest of a training is fixed: networks of old would else be trained again")
    func fixedTrainingDigest() throws {
        // sha256sum of {"dataset":"mnist","network":{"hidden":[64,8]},"seed":3,"split_seed":0,"stream":"native",
        // "training":{"batch_size":64,"epochs":500,"initialisation":"native","learning_rate":0.1,"order":"native"},
        // "training_points":250}, on one line.
        #expect(
            try read(exampleText).configurations[0].trainingDigest(seed: 3)
                == "7839049eb9d9e2a0037c7662d23158c7410aac23e3b1f8ddab2a8d764bcf95a0")
    }
}
