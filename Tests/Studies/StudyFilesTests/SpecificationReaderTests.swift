import Documents
import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct SpecificationReaderTests {
    @Test("An unknown key has its line and the nearest key")
    func unknownKeys() throws {
        #expect(try problems(exampleText + "\ntarguet: x").contains("8: unknown key 'targuet'. Did you mean 'target'?"))
        #expect(
            try problems(replacing: "batch_size: 64", with: "batch_size: 64, learningrate: 1")
                == ["5: unknown key 'learningrate' in training. Did you mean 'learning_rate'?"])
        #expect(
            try problems(replacing: "training_points: 250", with: "training_points: 250, probes: {counts: 3}")
                == ["3: unknown key 'counts' in data.probes. Did you mean 'count'?"])
    }

    @Test("All that is wrong is said at once, by line")
    func allAtOnce() throws {
        let found = try problems(
            """
            name: Toy!
            data: {dataset: mnist, training_points: many}
            network: {hidden: [64, none]}
            training:
              learning_rate: -0.1
              batch_size: 0
            population: {seeds: []}
            measures: [test_accuracy, hesian_trace, test_accuracy]
            colour: blue
            """)
        #expect(found.map { $0.prefix(2) } == ["1:", "2:", "3:", "5:", "5:", "6:", "7:", "8:", "8:", "9:"])
        #expect(found[0] == "1: name 'Toy!' is no name of a study: use lower-case letters, digits, hyphens")
        #expect(found[1] == "2: data.training_points must be a whole number, not 'many'")
        #expect(found[2] == "3: network.hidden: a width must be a whole number from 1 to 65536, not 'none'")
        #expect(found.contains("5: training lacks 'epochs': a number"))
        #expect(found.contains("5: training.learning_rate must be a number above 0, not '-0.1'"))
        #expect(found.contains("6: training.batch_size must be at least 1, not 0"))
        #expect(found.contains("7: population.seeds is empty"))
        #expect(found.contains("8: there is no measure 'hesian_trace'. Did you mean 'hessian_trace'?"))
        #expect(found.contains("8: measures: a column 'test_accuracy' is there already; name this one with 'as'"))
        #expect(found[9].hasPrefix("9: unknown key 'colour'."))
    }

    @Test("The error's text names file and line for each problem")
    func description() throws {
        let error = #expect(throws: DocumentError.self) { try read("name: toy", path: "studies/toy.yml") }
        let lines = try #require(error).description.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.hasPrefix("studies/toy.yml:1: the study lacks '") })
    }

    @Test(
        "Values out of range or of the wrong kind are refused",
        arguments: [
            ("training_points: 250", "training_points: 0", "data.training_points must be at least 1, not 0"),
            ("training_points: 250", "training_points: 2.5", "data.training_points must be a whole number, not '2.5'"),
            (
                "training_points: 250", "training_points: \"250\"",
                "data.training_points must be a whole number, not the text \"250\""
            ),
            ("dataset: mnist", "dataset: [mnist]", "data.dataset must be text, not a list"),
            (
                "dataset: mnist", "dataset: mnist, stream: torch-cup",
                "data.stream cannot be 'torch-cup'. Did you mean 'torch-cpu'?"
            ),
            ("dataset: mnist", "dataset: mnist, seed: -1", "data.seed must be at least 0, not -1"),
            (
                "dataset: mnist", "dataset: mnist, stream: numpy, seed: 4294967296",
                "data.seed must be below 2^32 for the numpy stream, not 4294967296"
            ),
            (
                "dataset: mnist", "dataset: mnist, stream: file-order, seed: 1",
                "data.seed has no effect in file order: leave it out"
            ),
            ("hidden: [64, 8]", "hidden: 64", "network.hidden must be a list, not '64'"),
            (
                "hidden: [64, 8]", "hidden: [64, 0]",
                "network.hidden: a width must be a whole number from 1 to 65536, not '0'"
            ),
            (
                "learning_rate: 0.1", "learning_rate: .inf",
                "training.learning_rate must be a number above 0, not '.inf'"
            ),
            (
                "learning_rate: 0.1", "learning_rate: 1e999",
                "training.learning_rate must be a number above 0, not '1e999'"
            ),
            ("epochs: 500", "epochs: 0", "training.epochs must be at least 1, not 0"),
            (
                "epochs: 500", "epochs: 500, stop: {every: 10}",
                "training.stop lacks 'accuracy': the training accuracy at which training ends; or loss"
            ),
            (
                "epochs: 500", "epochs: 500, stop: {accuracy: 99}",
                "training.stop.accuracy must be above 0 and at most 1, not '99'"
            ),
            (
                "epochs: 500", "epochs: 500, stop: {accuracy: 1, points: 0}",
                "training.stop.points must be at least 1, not 0"
            ),
            (
                "epochs: 500", "epochs: 500, drops: [{factor: 0.1}]",
                "training.drops[1] lacks 'epoch': the first epoch with the lower rate, counted from 0"
            ),
            (
                "epochs: 500", "epochs: 500, drops: [{epoch: 3}]",
                "training.drops[1] lacks 'factor': what the learning rate is multiplied by"
            ),
            (
                "epochs: 500", "epochs: 500, drops: [{epoch: 3, factor: 0}]",
                "training.drops[1].factor must be a number above 0, not '0'"
            ),
            (
                "epochs: 500", "epochs: 500, drops: [{epoch: 3, factor: 0.1, factr: 2}]",
                "unknown key 'factr' in training.drops[1]. Did you mean 'factor'?"
            ),
            (
                "epochs: 500", "epochs: 500, drops: {epoch: 3, factor: 0.1}",
                "training.drops must be a list, not keys and values"
            ),
            (
                "epochs: 500", "epochs: 500, reference_batch_size: 0",
                "training.reference_batch_size must be at least 1, not 0"
            ),
            (
                "training_points: 250", "training_points: 250, unseen: test",
                "data.unseen cannot be 'test'. Known names: all, test-images, training-images."
            ),
            (
                "epochs: 500", "epochs: 500, order: file-order",
                "training.order cannot be 'file-order'. Known names: native, numpy, torch-cpu, torch-cuda."
            ),
            (
                "epochs: 500", "epochs: 500, initialisation: numpy",
                "training.initialisation cannot be 'numpy'. Known names: native, torch-cpu."
            ),
            (
                "seeds: 0-9", "seeds: 9-0",
                "population.seeds: '9-0' is no seed: write a whole number, or a range as 0-99"
            ),
            ("seeds: 0-9", "seeds: [1, 0-3]", "population.seeds: 1 is given twice"),
            ("seeds: 0-9", "seeds: -3", "population.seeds: '-3' is no seed: write a whole number, or a range as 0-99"),
            ("seeds: 0-9", "seeds: 0-9223372036854775807", "population.seeds: more than 1000000 networks"),
            (
                "seeds: 0-9", "seeds: 99999999999999999999",
                "population.seeds: '99999999999999999999' is no seed: write a whole number, or a range as 0-99"
            ),
            ("[test_accuracy, pair_proxy]", "[]", "measures is empty"),
            ("[test_accuracy, pair_proxy]", "all", "measures must be a list, not 'all'"),
            (
                "[test_accuracy, pair_proxy]", "[pair_proxy]",
                "target is 'test_accuracy', which is not among the measures. Known names: pair_proxy."
            ),
            (
                "pair_proxy]", "{measure: pair_proxy, as: Proxy}]",
                """
                measures[2].as 'Proxy' is no name of a column: use lower-case letters, digits, underscores
                """
            ),
            (
                "pair_proxy]", "{measure: pair_proxy, as: seed}]",
                """
                measures[2].as 'seed' is no name of a column: use none of study, version, position, label, seed, \
                regime, variant, status, reason, seconds, hyperparameters, model_id
                """
            ),
            ("pair_proxy]", "{as: p}]", "measures[2] lacks 'measure': the measure's id"),
            (
                "pair_proxy]", "{measure: hessian_trace_hutchinson, probes: 0}]",
                "measures[2].probes must be from 2 to 1000000, not 0"
            ),
            (
                "pair_proxy]", "{measure: hessian_trace_hutchinson, offset: 6}]",
                "measures[2].offset is a multiple of 4, not 6"
            ),
            (
                "pair_proxy]", "{measure: hessian_trace_hutchinson, stream: torch-cudda}]",
                "measures[2].stream cannot be 'torch-cudda'. Did you mean 'torch-cuda'?"
            ),
            (
                "pair_proxy]", "{measure: hessian_trace_hutchinson, probe: 3}]",
                "unknown key 'probe' in measures[2]. Did you mean 'probes'?"
            ),
        ])
    func wrongValues(line: String, replacement: String, message: String) throws {
        let found = try problems(replacing: line, with: replacement)
        #expect(found.map { $0.drop { $0 != " " }.dropFirst() } == [Substring(message)])
    }
}
