import Definitions
import Documents
import Foundation
import Networks
import StudyFiles
import TestSupport
import Testing
import Training

/// The keys of a training beyond plain descent: schedule, noise, initial weights, activation, label noise, loss.
@Suite struct TrainingKeysTests {
    private static let base = "learning_rate: 0.1, batch_size: 64, epochs: 500"

    private func training(_ more: String) throws -> TrainingSpecification {
        try readExample(population: "seeds: 0", training: "\(Self.base), \(more)").configurations[0].training
    }

    @Test("Every key reaches the recipe")
    func recipe() throws {
        let recipe = try training(
            """
            schedule: cosine, warm_up: 5, schedule_floor: 0.1, schedule_pace: step, dropout: 0.2, input_noise: 0.3, \
            stop: {every: 2, loss: 0.01, accuracy: 0.99}
            """
        ).recipe
        #expect(recipe.schedule == LearningRateSchedule(course: .cosine, warmUp: 5, floor: 0.1, pace: .step))
        #expect(recipe.noise == TrainingNoise(dropout: 0.2, inputDeviation: 0.3))
        #expect(recipe.stopping == StoppingRule(interval: 2, accuracy: 0.99, loss: 0.01))
        let initial = try training("initial_weights: he, initial_biases: zero, initial_scale: 2").initialWeights
        #expect(InitialWeights(initial.values) == InitialWeights(family: .he, biases: .zero, scale: 2))
    }

    @Test("An activation reaches the architecture")
    func activation() throws {
        func architecture(_ network: String) throws -> Architecture {
            let text = exampleText.replacing("hidden: [64, 8]", with: network)
            let networks = try #require(read(text).configurations[0].model.of(TrainedNetworks.self))
            return networks.shape.architecture(inputs: 3, classes: 2)
        }
        #expect(try architecture("hidden: [4]") == Architecture(widths: [3, 4, 2]))
        #expect(
            try architecture("hidden: [4], activation: leaky-relu")
                == Architecture(widths: [3, 4, 2], activation: .leakyReLU(slope: 0.01)))
        #expect(
            try architecture("hidden: [4], activation: leaky-relu, negative_slope: 0.2").activation
                == .leakyReLU(slope: 0.2))
    }

    @Test(
        "A study that states a default is the one that says nothing",
        arguments: [
            "schedule: constant", "warm_up: 0", "schedule_floor: 0", "schedule_pace: epoch", "dropout: 0",
            "input_noise: 0.0", "initial_weights: pytorch", "initial_biases: drawn", "initial_scale: 1.0",
        ])
    func defaults(stated: String) throws {
        let silent = try readExample(population: "seeds: 0", training: Self.base).definition
        let named = try readExample(population: "seeds: 0", training: "\(Self.base), \(stated)").definition
        #expect(try named.digest() == silent.digest())
    }

    @Test("A definition with every key survives its JSON")
    func json() throws {
        let text = example(
            population: "seeds: 0",
            training: """
                \(Self.base), schedule: cosine, warm_up: 5, schedule_floor: 0.1, schedule_pace: step, dropout: 0.2, \
                input_noise: 0.3, stop: {loss: 0.01}, initial_weights: glorot, initial_biases: zero, initial_scale: 2
                """
        ).replacing("hidden: [64, 8]", with: "hidden: [64, 8], activation: leaky-relu, negative_slope: 0.2")
            .replacing("training_points: 250", with: "training_points: 250, label_noise: 0.2, label_noise_seed: 3")
        let definition = try read(text).definition
        let json = try definition.canonicalJSON()
        #expect(try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(json.utf8)) == definition)
        for key in ["cosine", "dropout", "glorot", "negative_slope", "label_noise_seed", "\"loss\":0.01"] {
            #expect(json.contains(key), "\(key)")
        }
    }

    @Test(
        "What cannot be is refused",
        arguments: [
            ("schedule: linear", "training.schedule cannot be 'linear'"),
            ("warm_up: 500", "training.warm_up 500 leaves no epoch of 500 for the learning rate itself"),
            ("warm_up: -1", "training.warm_up must be"), ("dropout: 1", "training.dropout must be"),
            ("input_noise: -0.1", "training.input_noise must be"),
            ("initial_scale: 0", "training.initial_scale must be"),
            ("initial_weights: xavier", "training.initial_weights cannot be 'xavier'"),
            (
                "stop: {every: 3}",
                "training.stop lacks 'accuracy': the training accuracy at which training ends; or loss"
            ),
            ("stop: {loss: 0}", "training.stop.loss must be a number above 0"),
            ("droput: 0.1", "Did you mean 'dropout'?"),
        ])
    func wrong(stated: String, message: String) throws {
        let found = try problems(example(population: "seeds: 0", training: "\(Self.base), \(stated)"))
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test("What some models have is said of the others, group by group, and of none where none has it")
    func facts() throws {
        let study = try readExample(
            population: "seeds: 0, grid: {training.dropout: [0, 0.5], training.rule: [sgd, adam]}")
        let definition = study.definition
        let hyperparameters = try definition.configurations.map {
            try $0.hyperparameters($0.model.kind.facts, unsaid: definition.unsaidFacts)
        }
        for text in hyperparameters {
            #expect(text.contains("\"input_noise\":0") && text.contains("\"dropout\":0"))
            #expect(!text.contains("schedule") && !text.contains("initial_weights"))
        }
        #expect(hyperparameters.map { $0.contains("\"momentum\":0") } == [true, false, true, false])
        #expect(hyperparameters.map { $0.contains("\"rule\":\"adam\"") } == [false, true, false, true])
        #expect(try readExample(population: "seeds: 0").definition.unsaidFacts.allSatisfy(\.isEmpty))
    }
}
