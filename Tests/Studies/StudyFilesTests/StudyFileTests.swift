import Foundation
import Measures
import Definitions
import StudyFiles
import TestSupport
import Testing
import Training

@Suite struct StudyFileTests {
    @Test("A full study file is read as it says")
    func full() throws {
        let study = try read(
            """
            name: full
            title: All keys
            source: A paper
            cost: a minute
            data:
              dataset: mnist
              training_points: 250
              stream: torch-cpu
              seed: 42
              probes: {count: 50, stream: numpy, seed: 99}
            network: {hidden: [64, 8]}
            training:
              learning_rate: 0.1
              batch_size: 64
              epochs: 500
              stop: {every: 10, accuracy: 0.9999}
              initialisation: torch-cpu
              order: torch-cuda
            population: {seeds: [3, 0-1, 100 - 101]}
            measures:
              - test_accuracy
              - {measure: hessian_trace_hutchinson, as: noisy_trace, probes: 30, stream: torch-cuda, offset: 40960}
            target: test_accuracy
            published:
              source: Table 1
              correlations: [{measure: noisy_trace, value: -0.2257, p: 0.0239, tolerance: 0.01}]
              summary: [{measure: test_accuracy, mean: 0.7625, maximum: 0.7978, tolerance: 0.001}]
              tolerances: {test_accuracy: 0.0005}
              models: [{seed: 3, test_accuracy: 0.7508, noisy_trace: 47.5}]
            """)
        #expect(study.configurations.count == 1)
        let configuration = study.configurations[0]
        #expect(study.name == "full")
        #expect(study.title == "All keys")
        #expect(study.source == "A paper")
        #expect(study.cost == "a minute")
        #expect(configuration.data.trainingPoints == 250)
        #expect(configuration.data.stream == .torchCPU)
        #expect(configuration.data.seed == 42)
        #expect(configuration.data.probes.count == 50)
        #expect(configuration.data.probes.stream == .numpy)
        #expect(configuration.data.probes.seed == 99)
        #expect(configuration.network.architecture(inputs: 784, classes: 10).description == "784-64-8-10")
        #expect(configuration.training.recipe.learningRate == 0.1)
        #expect(configuration.training.recipe.stopping == StoppingRule(interval: 10, accuracy: 0.9999))
        #expect(configuration.training.initialisation == .torchCPU)
        #expect(configuration.training.order == .torchCUDA)
        #expect(configuration.seeds == [3, 0, 1, 100, 101])
        #expect(
            study.measures == [
                MeasureSpecification(measure: "test_accuracy"),
                MeasureSpecification(
                    measure: "hessian_trace_hutchinson", column: "noisy_trace",
                    options: ["probes": .integer(30), "stream": .word("torch-cuda"), "offset": .integer(40960)]),
            ])
        let p = PublishedValue.self
        #expect(
            study.published == [
                p.init(
                    kind: .correlation, measure: "noisy_trace", target: "test_accuracy", value: -0.2257,
                    tolerance: 0.01, source: "Table 1"),
                p.init(
                    kind: .pValue, measure: "noisy_trace", target: "test_accuracy", value: 0.0239, source: "Table 1"),
                p.init(kind: .mean, measure: "test_accuracy", value: 0.7625, tolerance: 0.001, source: "Table 1"),
                p.init(kind: .maximum, measure: "test_accuracy", value: 0.7978, tolerance: 0.001, source: "Table 1"),
                p.init(
                    kind: .model, measure: "test_accuracy", seed: 3, value: 0.7508, tolerance: 0.0005, source: "Table 1"
                ),
                p.init(kind: .model, measure: "noisy_trace", seed: 3, value: 47.5, source: "Table 1"),
            ])
    }

    @Test("Drops of the learning rate and a stop on a subset reach the recipe")
    func recipe() throws {
        let training = """
            learning_rate: 0.1, batch_size: 64, epochs: 500, stop: {every: 10, accuracy: 0.9, points: 30}, \
            drops: [{epoch: 100, factor: 0.5}, {epoch: 200, factor: 0.1}]
            """
        let recipe = try readExample(population: "seeds: 0", training: training).configurations[0].training.recipe
        #expect(recipe.stopping == StoppingRule(interval: 10, accuracy: 0.9, points: 30))
        #expect(recipe.drops == [.init(epoch: 100, factor: 0.5), .init(epoch: 200, factor: 0.1)])
        #expect([99, 100, 199, 200].map { recipe.learningRate(epoch: $0) } == [0.1, 0.05, 0.05, 0.005])
    }

    @Test("What a file leaves out is Basin's default: native streams, seed 0, 100 probes, no early stop")
    func defaults() throws {
        let study = try read(exampleText)
        let configuration = study.configurations[0]
        #expect(configuration.data.stream == .native)
        #expect(configuration.data.unseen == .all)
        #expect(configuration.training.drops.isEmpty)
        #expect((configuration.regime, configuration.values, configuration.variant) == (nil, [:], nil))
        #expect(configuration.data.seed == 0)
        #expect(configuration.data.probes.count == 100)
        #expect(configuration.data.probes.stream == .native)
        #expect(configuration.data.probes.seed == 0)
        #expect(configuration.training.stop == nil)
        #expect(configuration.training.initialisation == .native)
        #expect(configuration.training.order == .native)
        #expect(study.target == "test_accuracy")
        #expect(study.published.isEmpty)
    }

    @Test("A study without a name or title is called after its file")
    func nameOfFile() throws {
        let text = exampleText.replacing("name: toy\n", with: "").replacing("title: A toy\n", with: "")
        let study = try read(text, path: "some/where/my-study.yml")
        #expect(study.name == "my-study")
        #expect(study.title == "my-study")
    }

    @Test("A missing file and a folder say so", arguments: [("nothing.yml", "no such file"), ("", "it is a folder")])
    func unreadable(name: String, reason: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "basin-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let error = #expect(throws: UnreadableStudyFile.self) {
            try StudyFile(path: folder.appending(path: name).path)
        }
        #expect(error?.description.contains(reason) == true)
    }

    @Test("Text that is no YAML, no mapping or empty is refused with its line")
    func notYAML() throws {
        #expect(try problems("") == ["1: the file is empty"])
        #expect(try problems("- a\n- b").first == "1: the study needs keys and values, not a list")
        #expect(try problems("name: toy\ntitle: \"open\n").first?.contains("not YAML: ") == true)
        let twice = try problems(exampleText + "\nname: toy\n")
        #expect(twice.count == 1 && twice[0].contains("given twice: 'name'"))
    }
}
