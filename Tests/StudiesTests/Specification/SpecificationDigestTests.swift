import Studies
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

    @Test("Title, source, cost, target and published figures leave the digest as it is", arguments: [
        "title: Another", "source: A paper", "cost: an hour", "target: pair_proxy",
        "published: {correlations: [{measure: pair_proxy, value: 0.3}]}",
    ])
    func presentation(line: String) throws {
        let text = exampleText.replacing("title: A toy\n", with: "")
        #expect(try digest(text + "\n" + line) == digest(text))
    }

    @Test("Whatever determines a result changes the digest", arguments: [
        ("mnist", "fashion-mnist"), ("250", "251"), ("[64, 8]", "[8, 64]"), ("0.1", "0.1000001"),
        ("batch_size: 64", "batch_size: 32"), ("500", "501"), ("500", "500, stop: {every: 10, accuracy: 1}"),
        ("500", "500, order: torch-cuda"), ("500", "500, initialisation: torch-cpu"), ("0-9", "0-8"),
        ("pair_proxy]", "hessian_trace]"), ("pair_proxy]", "pair_proxy, hessian_trace]"),
        ("pair_proxy]", "{measure: pair_proxy, as: proxy}]"), ("points: 250", "points: 250, seed: 1"),
        ("points: 250", "points: 250, stream: numpy"), ("points: 250", "points: 250, probes: {seed: 1}"),
    ])
    func definition(part: String, other: String) throws {
        #expect(exampleText.contains(part))
        #expect(try digest(exampleText.replacing(part, with: other)) != digest(exampleText))
    }

    @Test("The canonical text is fixed: a change of it would turn every stored study into a new version")
    func canonicalText() throws {
        let text = exampleText.replacing("pair_proxy]", with: "{measure: hessian_trace_hutchinson, probes: 30, stream: native}]")
        #expect(
            try read(text.replacing("epochs: 500", with: "epochs: 500, stop: {every: 10, accuracy: 0.9999}")).definition.canonicalJSON() == """
            {"data":{"dataset":"mnist","probes":{"count":100,"seed":0,"stream":"native"},"seed":0,"stream":"native",\
            "training_points":250},"measures":[{"column":"test_accuracy","measure":"test_accuracy","options":{}},\
            {"column":"hessian_trace_hutchinson","measure":"hessian_trace_hutchinson",\
            "options":{"probes":30,"stream":"native"}}],"network":{"hidden":[64,8]},\
            "population":{"seeds":[0,1,2,3,4,5,6,7,8,9]},"training":{"batch_size":64,"epochs":500,\
            "initialisation":"native","learning_rate":0.1,"order":"native","stop":{"accuracy":0.9999,"every":10}}}
            """)
    }

    @Test("A network's digest knows its split, shape, training and seed, and neither probes, measures nor the other seeds")
    func modelDigest() throws {
        let definition = try read(exampleText).definition
        let base = try definition.modelDigest(seed: 3)
        #expect(try definition.modelDigest(seed: 4) != base)
        for (part, other) in [("pair_proxy]", "hessian_trace]"), ("0-9", "3"), ("points: 250", "points: 250, probes: {count: 5}")] {
            #expect(try read(exampleText.replacing(part, with: other)).definition.modelDigest(seed: 3) == base)
        }
        for (part, other) in [("250", "249"), ("64, 8", "64"), ("0.1", "0.2"), ("points: 250", "points: 250, seed: 3")] {
            #expect(try read(exampleText.replacing(part, with: other)).definition.modelDigest(seed: 3) != base)
        }
    }

    @Test("Columns are shared by definitions that measure the same on the same data")
    func sharedColumns() throws {
        let old = try read(exampleText.replacing("pair_proxy]", with: "pair_proxy, {measure: hessian_trace_hutchinson, probes: 30}]")).definition
        let new = try read(exampleText.replacing("pair_proxy]", with: "pair_proxy, {measure: hessian_trace_hutchinson, probes: 50}]")).definition
        #expect(old.columns(sharedWith: new) == ["test_accuracy", "pair_proxy"])
        let elsewhere = try read(exampleText.replacing("250", with: "251")).definition
        #expect(old.columns(sharedWith: elsewhere) == [])
    }
}
