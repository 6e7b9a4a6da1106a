import Documents
import Definitions
import StudyFiles
import TestSupport
import Testing

/// The one digest of a configuration's network of seed 0.
private func digest(training: String, population: String = "seeds: 0") throws -> String {
    try readExample(population: population, training: training).configurations[0].trainingDigest(seed: 0)
}

@Suite struct GridTests {
    private struct Place: Hashable {
        var regime: String?
        var points: Int
        var batch: Int
        var seed: UInt64
    }

    @Test("Keys that end alike keep their whole names in hyperparameters and labels")
    func equalEnds() throws {
        let study = try readExample(
            population: "seeds: 0, grid: {data.seed: [1, 2], data.probes.seed: [3], training.epochs: [5]}")
        #expect(
            study.configurations.map(\.label) == [
                "data.probes.seed 3, data.seed 1, epochs 5", "data.probes.seed 3, data.seed 2, epochs 5",
            ])
    }

    @Test("The seed of the data keeps its whole name, as each network has a seed of its own")
    func seedOfData() throws {
        let study = try readExample(population: "seeds: 0, grid: {data.seed: [1, 2]}")
        #expect(study.definition.models.map(\.label) == ["data.seed 1, seed 0", "data.seed 2, seed 0"])
    }

    @Test("A grid's value that is given twice is refused")
    func twice() throws {
        let error = #expect(throws: DocumentError.self) {
            try readExample(population: "seeds: 0, grid: {training.epochs: [5, 7, 5]}")
        }
        #expect("\(try #require(error))".contains("population.grid.training.epochs: '5' is given twice"))
    }

    @Test("A grid makes every combination once: regimes outermost, then keys in the file's order, seeds innermost")
    func order() throws {
        let study = try readExample(
            population: """
                seeds: 3-4, regimes: {b: {}, a: {training.epochs: 7}}, \
                grid: {data.training_points: [50, 20], training.batch_size: [1, full, 8]}
                """)
        var expected: [Place] = []
        for regime in ["b", "a"] {
            for points in [50, 20] {
                for batch in [1, points, 8] {
                    for seed in [3, 4] as [UInt64] {
                        expected.append(Place(regime: regime, points: points, batch: batch, seed: seed))
                    }
                }
            }
        }
        let models = study.definition.models
        #expect(
            models.map {
                Place(
                    regime: $0.configuration.regime, points: $0.configuration.data.trainingPoints,
                    batch: $0.configuration.training.batchSize, seed: $0.seed)
            } == expected)
        #expect(models.map(\.position) == Array(0..<24))
        #expect(study.modelCount == 24 && study.configurations.count == 12)
        #expect(
            study.configurations.map(\.training.epochs) == Array(repeating: 500, count: 6)
                + Array(repeating: 7, count: 6))
        #expect(models[0].label == "b, training_points 50, batch_size 1, seed 3")
        #expect(models[15].label == "a, training_points 50, batch_size full, seed 4")
        #expect(
            models[15].configuration.values == [
                "data.training_points": .number(50), "training.batch_size": .word("full"),
            ])
        #expect(Set(models.map(\.label)).count == 24)
        #expect(Set(try models.map { try $0.digest }).count == 24)
    }

    @Test("A grid may go over named bundles of keys, whose names stand for them")
    func bundles() throws {
        let study = try readExample(
            population: """
                seeds: 0-1, grid: {optimiser: {sgd: {}, adam: {training.rule: adam, training.learning_rate: 0.01}}, \
                training.epochs: [5, 7]}
                """)
        #expect(
            study.configurations.map(\.label) == [
                "optimiser sgd, epochs 5", "optimiser sgd, epochs 7", "optimiser adam, epochs 5",
                "optimiser adam, epochs 7",
            ])
        #expect(study.configurations.map(\.training.rule.name) == ["sgd", "sgd", "adam", "adam"])
        #expect(study.configurations.map(\.training.learningRate) == [0.1, 0.1, 0.01, 0.01])
        #expect(study.configurations.map(\.training.epochs) == [5, 7, 5, 7])
        #expect(study.configurations[2].values == ["optimiser": "adam", "training.epochs": 5])
    }

    @Test(
        "A bundle that cannot be is refused",
        arguments: [
            ("{training.optimiser: {a: {}}}", "holds bundles of keys: give it a name without dots"),
            ("{optimiser: {}}", "names no bundle"),
            ("{optimiser: {a: }}", "write {} for a bundle that changes nothing"),
            ("{optimiser: {a: {training.learning_rat: 1}}}", "unknown key 'training.learning_rat' in population."),
            ("{seed: {a: {}}}", "is no name of what bundles vary"),
            ("{Size: {a: {}}}", "is no name of what bundles vary"),
            ("{hessian_trace: {a: {}}}", "is no name of what bundles vary: it is kept"),
            ("{configuration: {a: {}}}", "is no name of what bundles vary"),
            ("{schedule: {a: {}}}", "'schedule' is a hyperparameter of its own"),
            ("{training.schedule: [~, cosine]}", "training.schedule: states no value"),
            ("{learning_rate: {a: {}}}", "'learning_rate' is a hyperparameter of its own"),
            ("{rate: {a: {training.learning_rate: 1}}, training.learning_rate: [1, 2]}", "which 'rate' sets, too"),
            ("{size: {A b: {}}}", "is no name of a regime"),
        ])
    func wrongBundles(grid: String, message: String) throws {
        let found = try problems(example(population: "seeds: 0-1, grid: \(grid)"))
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test("A grid may go over data sets and numbers of points")
    func data() throws {
        let configurations = try readExample(
            population: "seeds: 0, grid: {data.dataset: [mnist, fashion-mnist], data.training_points: [100, 200]}"
        ).configurations
        #expect(configurations.map(\.data.dataset) == ["mnist", "mnist", "fashion-mnist", "fashion-mnist"])
        #expect(configurations.map(\.data.trainingPoints) == [100, 200, 100, 200])
        #expect(
            configurations.map(\.label) == [
                "dataset mnist, training_points 100", "dataset mnist, training_points 200",
                "dataset fashion-mnist, training_points 100", "dataset fashion-mnist, training_points 200",
            ])
    }

    @Test("A full batch is that of all training points of its configuration, and the same network as if it said so")
    func fullBatch() throws {
        let full = try readExample(
            population: "seeds: 0, grid: {data.training_points: [30, 70], training.batch_size: [full]}")
        #expect(full.configurations.map(\.training.batchSize) == [30, 70])
        #expect(
            try digest(training: "learning_rate: 0.1, batch_size: full, epochs: 500")
                == digest(training: "learning_rate: 0.1, batch_size: 250, epochs: 500"))
    }

    @Test(
        "The learning rate follows the batch size by its rule, and equal rates make equal networks",
        arguments: [
            ("constant", 16, "0.1"), ("linear", 16, "0.4"), ("square-root", 16, "0.2"), ("linear", 64, "0.1"),
            ("linear", 256, "0.025"), ("square-root", 256, "0.05"),
        ])
    func scaling(rule: String, reference: Int, applied: String) throws {
        let training = """
            learning_rate: 0.1, batch_size: 64, epochs: 500, learning_rate_scaling: \(rule), \
            reference_batch_size: \(reference)
            """
        #expect(
            try readExample(population: "seeds: 0", training: training).configurations[0].training.learningRate
                == Double(applied))
        #expect(
            try digest(training: training) == digest(training: "learning_rate: \(applied), batch_size: 64, epochs: 500")
        )
    }

    @Test("A rule in the grid is followed with the grid's batch size")
    func scalingInGrid() throws {
        let configurations = try readExample(
            population: """
                seeds: 0, grid: {training.learning_rate_scaling: [constant, linear, square-root], \
                training.batch_size: [16, 64, full]}
                """, training: "learning_rate: 0.1, batch_size: 1, reference_batch_size: 16, epochs: 500"
        ).configurations
        let ratio = 250.0 / 16
        #expect(
            configurations.map(\.training.learningRate)
                == [0.1, 0.1, 0.1, 0.1, 0.4, 0.1 * ratio, 0.1, 0.2, 0.1 * ratio.squareRoot()])
        // At the reference the rules are one.
        #expect(Set(try [0, 3, 6].map { try configurations[$0].trainingDigest(seed: 0) }).count == 1)
        #expect(Set(try configurations.map { try $0.trainingDigest(seed: 0) }).count == 7)
    }

    @Test(
        "What is wrong with a grid is said once, with its line",
        arguments: [
            (
                "seeds: 0, grid: {training.batchsize: [1, 2]}",
                ["unknown key 'training.batchsize' in population. Did you mean 'training.batch_size'?"]
            ),
            ("seeds: 0, grid: {colour: [1, 2]}", nil),
            ("seeds: 0, grid: {training.batch_size: []}", ["population.grid.training.batch_size is empty"]),
            ("seeds: 0, grid: {training.batch_size: ~}", ["population.grid.training.batch_size states no value"]),
            (
                "seeds: 0, grid: {training.batch_size: [8, ful]}",
                ["training.batch_size must be a whole number, not 'ful'"]
            ),
            ("seeds: 0, grid: {training.epochs: [5, 0]}", ["training.epochs must be at least 1, not 0"]),
            (
                "seeds: 0, grid: {training.learning_rate_scaling: [linear]}",
                [
                    """
                    training.learning_rate_scaling needs reference_batch_size, the batch size at which \
                    learning_rate holds
                    """
                ]
            ),
            (
                "seeds: 0, grid: {training.learning_rate_scaling: [lineal]}",
                ["training.learning_rate_scaling cannot be 'lineal'. Did you mean 'linear'?"]
            ),
            (
                "seeds: 0-999999, grid: {training.epochs: [1, 2]}",
                ["population makes 2000000 networks; at most 1000000 are taken"]
            ),
            (
                "grid: {training.epochs: [1, 2]}",
                ["population lacks 'seeds': a range as 0-99, or a list of numbers and ranges"]
            ),
        ] as [(String, [String]?)])
    func refused(population: String, messages: [String]?) throws {
        let found = try problems(example(population: population))
        if let messages {
            #expect(found == messages.map { "6: \($0)" })
        } else {
            #expect(
                found.count == 1
                    && found[0].hasPrefix("6: unknown key 'colour' in population. Known names: data.dataset, "))
        }
    }

    @Test("A scaled learning rate that float32 cannot hold is refused")
    func scaledTooFar() throws {
        let training =
            "learning_rate: 1e38, batch_size: 64, epochs: 500, learning_rate_scaling: linear, reference_batch_size: 1"
        #expect(
            try problems(example(population: "seeds: 0", training: training))
                == ["5: training.learning_rate becomes 6.4e+39 when it is scaled to batches of 64"])
    }

    @Test("More configurations than anybody means are refused")
    func tooMany() throws {
        func list(_ count: Int) -> String { "[\((0..<count).map(String.init).joined(separator: ", "))]" }
        #expect(
            try problems(
                example(population: "seeds: 0, grid: {data.seed: \(list(317)), data.probes.seed: \(list(317))}"))
                == ["6: population.grid.data.probes.seed makes more than 100000 configurations"])
    }
}
