import Definitions
import StudyFiles
import TestSupport
import Testing

@Suite struct RescaledCopiesTests {
    @Test("Copies come after all trained networks, in the order of layers, factors and seeds")
    func positions() throws {
        let study = try readExample(
            population: """
                seeds: 0-2, regimes: {a: {}, b: {seeds: 5-6}}, rescaled: {seeds: [0, 2, 6], factors: {1: [2, 5], 2: \
                [0.5]}}
                """)
        let models = study.definition.models
        #expect(models.map(\.position) == Array(0..<14))
        #expect(models.prefix(5).allSatisfy { $0.configuration.variant == nil })
        #expect(
            models.dropFirst(5).map(\.label) == [
                "a, seed 0, layer 1 x 2", "a, seed 2, layer 1 x 2", "a, seed 0, layer 1 x 5", "a, seed 2, layer 1 x 5",
                "a, seed 0, layer 2 x 0.5", "a, seed 2, layer 2 x 0.5",
                "b, seed 6, layer 1 x 2", "b, seed 6, layer 1 x 5", "b, seed 6, layer 2 x 0.5",
            ])
        #expect(models[9].configuration.variant == .rescaled(.init(layer: 2, factor: 0.5)))
        #expect(study.modelCount == 14)
    }

    @Test("A copy has its network's training digest and a digest of its own")
    func digests() throws {
        let models = try readExample(population: "seeds: 0-2, rescaled: {seeds: [0, 2], factors: {1: [2, 5], 2: [2]}}")
            .definition.models
        #expect(Set(try models.map { try $0.digest }).count == 9)
        for model in models {
            #expect(try model.trainingDigest == models[Int(model.seed)].trainingDigest)
            #expect(try (model.digest == model.trainingDigest) == (model.configuration.variant == nil))
        }
    }

    @Test(
        "What is wrong with copies is said with its line",
        arguments: [
            (
                "seeds: [0, 9], factors: {1: [2]}",
                "population.rescaled.seeds names 9, which is no seed of the population"
            ),
            ("factors: {1: [2]}", "population.rescaled lacks 'seeds': of which networks copies are made"),
            ("seeds: 0", "population.rescaled lacks 'factors': for each hidden layer, as {1: [2, 5, 10]}"),
            (
                "seeds: 0, factors: {3: [2]}",
                "population.rescaled.factors.3 is no hidden layer: they are numbered from 1 to 2"
            ),
            (
                "seeds: 0, factors: {0: [2]}",
                "population.rescaled.factors.0 is no hidden layer: they are numbered from 1 to 2"
            ),
            ("seeds: 0, factors: {1: 2}", "population.rescaled.factors.1 must be a list, not '2'"),
            (
                "seeds: 0, factors: {1: [0]}",
                "population.rescaled.factors.1: a factor must be a number above 0, not '0'"
            ),
            (
                "seeds: 0, factors: {1: [-2]}",
                "population.rescaled.factors.1: a factor must be a number above 0, not '-2'"
            ),
            (
                "seeds: 0, factors: {1: [1e-45]}",
                "population.rescaled.factors.1: a factor must be a number above 0, not '1e-45'"
            ),
            (
                "seeds: 0, factors: {1: [1e39]}",
                "population.rescaled.factors.1: a factor must be a number above 0, not '1e39'"
            ),
            (
                "seeds: 0, factors: {1: [2]}, factor: 3",
                "unknown key 'factor' in population.rescaled. Did you mean 'factors'?"
            ),
        ])
    func refused(rescaled: String, message: String) throws {
        #expect(try problems(example(population: "seeds: 0-2, rescaled: {\(rescaled)}")) == ["6: \(message)"])
    }
}
