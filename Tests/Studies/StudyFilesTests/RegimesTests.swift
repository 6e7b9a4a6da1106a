import Foundation
import Definitions
import StudyFiles
import TestSupport
import Testing
import Training

@Suite struct RegimesTests {
    @Test("A regime has its own seeds, or those of the population")
    func seeds() throws {
        let study = try readExample(
            population: "seeds: 0-1, regimes: {a: {}, b: {seeds: [7, 9]}, c-2: {training.epochs: 3}}")
        #expect(study.configurations.map(\.regime) == ["a", "b", "c-2"])
        #expect(study.configurations.map(\.seeds) == [[0, 1], [7, 9], [0, 1]])
        #expect(study.configurations.map(\.training.epochs) == [500, 500, 3])
        #expect(
            study.definition.models.map(\.label)
                == ["a, seed 0", "a, seed 1", "b, seed 7", "b, seed 9", "c-2, seed 0", "c-2, seed 1"])
        #expect(
            try readExample(population: "regimes: {a: {seeds: 5}, b: {seeds: 6}}").configurations.map(\.seeds) == [
                [5], [6],
            ])
    }

    @Test("A regime's keys may lie at any depth, be there or not, and hold whole sections")
    func keys() throws {
        let configurations = try readExample(
            population: """
                seeds: 0, regimes: {a: {training.stop.accuracy: 0.5, data.probes.count: 3, network.hidden: [5]}, \
                b: {training.stop: {every: 2, accuracy: 0.75, points: 30}}}
                """, training: "learning_rate: 0.1, batch_size: 64, epochs: 500, stop: {every: 10, accuracy: 1}"
        ).configurations
        let rules = configurations.map(\.training.recipe.stopping)
        #expect(
            rules == [
                StoppingRule(interval: 10, accuracy: 0.5), StoppingRule(interval: 2, accuracy: 0.75, points: 30),
            ])
        #expect(configurations.map(\.data.probes.count) == [3, 100], "the study itself has no probes")
        #expect(configurations.map(\.network.hidden) == [[5], [64, 8]])
        #expect(configurations.allSatisfy { $0.values.isEmpty })
    }

    @Test("A section that only a regime speaks of must be whole")
    func newSections() throws {
        #expect(
            try problems(example(population: "seeds: 0, regimes: {a: {training.stop.every: 5}}"))
                == ["6: training.stop lacks 'accuracy': the training accuracy at which training ends; or loss"])
        let stops = try readExample(
            population: "seeds: 0, regimes: {a: {training.stop.accuracy: 0.5}, b: {}}"
        ).configurations.map(\.training.recipe.stopping)
        #expect(stops == [StoppingRule(interval: 1, accuracy: 0.5), nil])
    }

    @Test("A value of a regime or of the grid goes before the study's")
    func precedence() throws {
        let configuration = try readExample(
            population: """
                seeds: 0, regimes: {a: {training.epochs: 3}}, grid: {training.batch_size: [8]}
                """
        ).configurations[0]
        #expect(configuration.training.batchSize == 8)
        #expect(configuration.training.epochs == 3)
        #expect(configuration.training.learningRate == 0.1)
        #expect(configuration.label == "a, batch_size 8")
    }

    @Test("A regime's name is no part of a network: the same training has the same digest anywhere")
    func digests() throws {
        let regimes = try readExample(population: "seeds: 0, regimes: {a: {}, b: {training.batch_size: 32}}")
            .configurations
        let plain = try readExample(population: "seeds: 0").configurations[0]
        #expect(try regimes[0].trainingDigest(seed: 0) == plain.trainingDigest(seed: 0))
        #expect(try regimes[1].trainingDigest(seed: 0) != plain.trainingDigest(seed: 0))
        #expect(try regimes[0].modelDigest(seed: 0) == plain.modelDigest(seed: 0))
    }

    @Test(
        "What is wrong with regimes is said with its line",
        arguments: [
            (
                "regimes: {a: {training.epochs: 3}}",
                "population.regimes.a lacks 'seeds': a range as 0-24; or state them for all regimes"
            ),
            ("seeds: 0, regimes: {}", "population.regimes names no regime"),
            (
                "seeds: 0, regimes: {a: , b: {training.epochs: 3}}",
                "population.regimes.a states nothing; write {} for a regime without keys of its own"
            ),
            (
                "seeds: 0, regimes: {a: {training.epochs: 3}}, grid: {training.epochs: [2, 4]}",
                "population.grid varies 'training.epochs', which the regime 'a' sets: one of the two is to be left out"
            ),
            (
                "seeds: 0, regimes: {Large: {}}",
                "population.regimes.Large is no name of a regime: use lower-case letters, digits, hyphens"
            ),
            ("seeds: 0, regimes: {a: 3}", "population.regimes.a needs keys and values, not '3'"),
            (
                "seeds: 0, regimes: {a: {training.epoch: 3}}",
                "unknown key 'training.epoch' in population. Did you mean 'training.epochs'?"
            ),
            ("seeds: 0, regimes: {a: {training.epochs: 0}}", "training.epochs must be at least 1, not 0"),
            ("seeds: 0, regimes: {a: {training.epochs: ~}}", "population.regimes.a.training.epochs states no value"),
            ("seeds: 0, regime: {a: {}}", "unknown key 'regime' in population. Did you mean 'regimes'?"),
        ])
    func refused(population: String, message: String) throws {
        #expect(try problems(example(population: population)) == ["6: \(message)"])
    }

    @Test("A definition with all that there is survives its own JSON")
    func json() throws {
        let definition = try readExample(
            population: """
                seeds: 0-1, regimes: {a: {data.unseen: test-images}, b: {seeds: [7, 9]}}, \
                grid: {training.batch_size: [4, full]}, rescaled: {seeds: [0, 9], factors: {1: [2, 0.5]}}
                """,
            training: """
                learning_rate: 0.1, batch_size: 64, epochs: 500, stop: {accuracy: 1, points: 20}, \
                drops: [{epoch: 3, factor: 0.1}]
                """
        ).definition
        let json = try definition.canonicalJSON()
        let decoded = try JSONDecoder().decode(StudySpecification.Definition.self, from: Data(json.utf8))
        #expect(decoded == definition)
        #expect(try decoded.canonicalJSON() == json)
        #expect(decoded.configurations.count == 12)
    }
}
