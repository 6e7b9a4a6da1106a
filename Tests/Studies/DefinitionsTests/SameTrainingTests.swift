import Definitions
import TestSupport
import Testing

@Suite struct SameTrainingTests {
    private func digest(_ training: String) throws -> String {
        let study = try readExample(population: "seeds: 0", training: training)
        return try #require(study.definition.models.first).trainingDigest
    }

    private static let base = "learning_rate: 0.5, batch_size: 250, epochs: 60"

    @Test(
        "Settings that mean the same training of 250 points have one digest",
        arguments: [
            "learning_rate: 0.5, batch_size: full, epochs: 60",
            "learning_rate: 0.50000000001, batch_size: full, epochs: 60",
            "\(base), schedule: constant, schedule_floor: 0.5", "\(base), schedule_pace: step", "\(base), dropout: 0",
            "\(base), warm_up: 1", "\(base), warm_up: 1, schedule_pace: step",
            "\(base), schedule: cosine, schedule_floor: 1",
            "\(base), initial_weights: pytorch, initial_scale: 1", "\(base), initial_biases: drawn",
            "\(base), drops: [{epoch: 60, factor: 0.5}]", "\(base), drops: [{epoch: 3, factor: 1}]",
            "\(base), stop: {every: 60, accuracy: 0.9}", "\(base), stop: {every: 100, accuracy: 0.5, points: 10}",
        ])
    func same(training: String) throws {
        #expect(try digest(training) == digest(Self.base))
    }

    @Test("A stop that looks at more points than there are looks at all")
    func stops() throws {
        let all = try digest("\(Self.base), stop: {every: 10, accuracy: 0.9}")
        for points in [250, 251, 100_000] {
            #expect(try digest("\(Self.base), stop: {every: 10, accuracy: 0.9, points: \(points)}") == all)
        }
        #expect(try digest("\(Self.base), stop: {every: 10, accuracy: 0.9, points: 249}") != all)
    }

    @Test(
        "Settings that make a difference to a training make one to its digest",
        arguments: [
            "learning_rate: 0.5000001, batch_size: 250, epochs: 60", "learning_rate: 0.5, batch_size: 249, epochs: 60",
            "learning_rate: 0.5, batch_size: 250, epochs: 61", "\(base), drops: [{epoch: 59, factor: 0.5}]",
            "\(base), stop: {every: 59, accuracy: 0.9}", "\(base), stop: {every: 10, loss: 0.01}",
            "\(base), schedule: cosine", "\(base), warm_up: 2", "\(base), dropout: 0.1", "\(base), input_noise: 0.1",
            "\(base), initial_weights: he", "\(base), initial_scale: 2", "\(base), initial_biases: zero",
        ])
    func different(training: String) throws {
        #expect(try digest(training) != digest(Self.base))
    }

    @Test("The digest of a study is that of what it states: its trainings may be called in other ways elsewhere")
    func study() throws {
        let stated = try readExample(population: "seeds: 0", training: Self.base)
        let other = try readExample(population: "seeds: 0", training: "\(Self.base), schedule_pace: step")
        #expect(try stated.definition.digest() != other.definition.digest())
    }

    @Test("A batch of more than all points, as old studies have it, is one of all points")
    func largeBatch() throws {
        var training = try readExample(population: "seeds: 0", training: Self.base).configurations[0].training
        let all = training.canonical(points: 250, hiddenLayers: 2)
        training.batchSize = 300
        #expect(training.canonical(points: 250, hiddenLayers: 2) == all)
    }

    @Test("Of a schedule only what changes a rate makes a difference")
    func schedules() throws {
        func training(_ more: String, batch: String = "50") -> String {
            "learning_rate: 0.5, batch_size: \(batch), epochs: 60, \(more)"
        }
        #expect(
            try digest(training("warm_up: 3, schedule_floor: 0.5")) == digest(training("warm_up: 3")))
        #expect(try digest(training("schedule: cosine, schedule_floor: 0.5")) != digest(training("schedule: cosine")))
        for schedule in ["warm_up: 3", "schedule: cosine"] {
            let (byEpoch, byStep) = (training(schedule), training("\(schedule), schedule_pace: step"))
            #expect(try digest(byStep) != digest(byEpoch))
            // Where an epoch is one step.
            #expect(
                try digest(training("\(schedule), schedule_pace: step", batch: "full"))
                    == digest(training(schedule, batch: "full")))
        }
    }

    @Test("Dropout and an activation are nothing without a hidden layer, and a slope nothing beside a ReLU")
    func withoutLayers() throws {
        func digest(_ network: String, _ training: String = "") throws -> String {
            let text = example(population: "seeds: 0", training: Self.base + training)
                .replacing("hidden: [64, 8]", with: network)
            return try #require(read(text).definition.models.first).trainingDigest
        }
        let linear = try digest("hidden: []")
        #expect(try digest("hidden: []", ", dropout: 0.5") == linear)
        #expect(try digest("hidden: [], activation: leaky-relu") == linear)
        #expect(try digest("hidden: []", ", input_noise: 0.5") != linear)
        let deep = try digest("hidden: [4]")
        #expect(try digest("hidden: [4], negative_slope: 0.5") == deep)
        let leaky = try digest("hidden: [4], activation: leaky-relu")
        #expect(leaky != deep)
        #expect(try digest("hidden: [4], activation: leaky-relu, negative_slope: 0.01000000001") == leaky)
        #expect(try digest("hidden: [4], activation: leaky-relu, negative_slope: 0.02") != leaky)
    }

    @Test("Label noise is told by the labels that it replaces")
    func labelNoise() throws {
        func digest(_ noise: String) throws -> String {
            let text = example(population: "seeds: 0", training: Self.base)
                .replacing("training_points: 250", with: "training_points: 250\(noise)")
            return try #require(read(text).definition.models.first).trainingDigest
        }
        let clean = try digest("")
        for noise in [", label_noise: 0", ", label_noise_seed: 4", ", label_noise: 0.0019"] {
            #expect(try digest(noise) == clean, "\(noise)")
        }
        let noisy = try digest(", label_noise: 0.1")
        #expect(noisy != clean)
        #expect(try digest(", label_noise: 0.1001") == noisy)
        #expect(try digest(", label_noise: 0.104") != noisy)
        #expect(try digest(", label_noise: 0.1, label_noise_seed: 1") != noisy)
    }
}
