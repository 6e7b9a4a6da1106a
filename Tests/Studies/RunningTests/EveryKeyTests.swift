import Definitions
import Foundation
import Measures
import Networks
import Results
import Running
import StudyFiles
import TestSupport
import Testing

/// A study that uses every key of a training at once, end to end.
@Suite struct EveryKeyTests {
    private let study = ToyStudy(
        stream: "stream: native, seed: 3, label_noise: 0.2, label_noise_seed: 5",
        network: ", activation: leaky-relu, negative_slope: 0.1",
        learningRate: "0.05", epochs: 40,
        streams: """
            , weight_decay: 0.0001, schedule: cosine, warm_up: 3, schedule_floor: 0.01, \
            schedule_pace: step, dropout: 0.1, input_noise: 0.05, initial_weights: he, initial_biases: zero, \
            initial_scale: 1.1, history: {every: powers-of-two, also: [test_accuracy, gradient_norm, \
            gradient_noise, hessian_trace]}
            """,
        seeds: "0-3",
        population: """
            , grid: {network.hidden: [[12, 6], [9]], optimiser: {sgd: {training.momentum: 0.8}, \
            sam: {training.rule: sam}, adam: {training.rule: adam, training.learning_rate: 0.005}}}, snapshots: [5]
            """,
        measures: """
            [test_accuracy, train_accuracy, clean_train_accuracy, noise_memorised, pair_proxy, hessian_trace, \
            dead_units, input_margin, segment_regions, distance_from_initialization, training_speed, \
            late_gradient_noise]
            """)

    @Test("It trains, measures, keeps and tells what it did, the same with one job and with two")
    func endToEnd() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let models = try laboratory.models()
        #expect(models.count == 48)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
        for model in models {
            let text = model.hyperparameters
            for fact in [
                "\"label_noise\":0.2", "\"label_noise_seed\":5", "\"activation\":\"leaky-relu\"",
                "\"negative_slope\":0.1",
                "\"schedule\":\"cosine\"", "\"warm_up\":3", "\"dropout\":0.1", "\"input_noise\":0.05",
                "\"initial_weights\":\"he\"", "\"initial_scale\":1.1", "\"optimiser\":", "\"hidden\":\"[",
            ] {
                #expect(text.contains(fact), "\(fact) in \(text)")
            }
            let kept = try Network(safetensors: Data(#require(try laboratory.store.weights(of: model.id))))
            #expect(kept.architecture.activation == .leakyReLU(slope: 0.1))
        }
        for column in [
            "clean_train_accuracy", "noise_memorised", "hessian_trace", "dead_units", "input_margin", "training_speed",
            "late_gradient_noise",
        ] {
            let values = try laboratory.column(column).map { $0?.value }
            #expect(values.allSatisfy { $0?.isFinite == true }, "\(column)")
        }
        // A leaky unit is never 0 on all points.
        #expect(try laboratory.column("dead_units").allSatisfy { $0?.value == 0 })
    }

    @Test("Kept weights give every measure again as it was")
    func again() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let before = try laboratory.column("input_margin").map { $0?.value }
        var more = study
        more.name = "more"
        try await laboratory.run(more, RunOptions(jobs: 1))
        #expect(try laboratory.column("input_margin", of: "more").map { $0?.value } == before)
        // The networks were found, not trained anew.
        #expect(try laboratory.trained("more").isEmpty)
    }
}

@Suite struct LabelNoiseTests {
    private func material(_ noise: String) throws -> StudyMaterial {
        try ToyStudy(stream: "stream: native, seed: 3\(noise)").material
    }

    @Test("So many labels as the share says are another class, all others are clean, and inputs are as they were")
    func share() throws {
        let clean = try material("")
        #expect(clean.training.labels == clean.cleanLabels)
        for (share, count) in [("0.1", 6), ("0.5", 30), ("1", 60), ("0.001", 0)] {
            let noisy = try material(", label_noise: \(share)")
            #expect(noisy.cleanLabels == clean.cleanLabels && noisy.training.inputs == clean.training.inputs)
            #expect(zip(noisy.training.labels, clean.cleanLabels).count { $0 != $1 } == count)
            #expect(noisy.training.labels.allSatisfy { Int($0) < noisy.classCount })
            #expect(noisy.test.labels == clean.test.labels && noisy.unseen.labels == clean.unseen.labels)
        }
    }

    @Test("Another seed replaces other labels, and the same seed the same")
    func seeds() throws {
        let first = try material(", label_noise: 0.3").training.labels
        #expect(try material(", label_noise: 0.3, label_noise_seed: 0").training.labels == first)
        #expect(try material(", label_noise: 0.3, label_noise_seed: 1").training.labels != first)
    }

    @Test("Over many seeds every other class is as frequent as the others, and every point as often replaced")
    func symmetric() throws {
        let classes = try material("").classCount
        var (changes, replaced) = ([Int](repeating: 0, count: classes), [Int](repeating: 0, count: 60))
        for seed in 0..<400 {
            let noisy = try material(", label_noise: 0.5, label_noise_seed: \(seed)")
            for (place, (label, clean)) in zip(noisy.training.labels, noisy.cleanLabels).enumerated()
            where label != clean {
                changes[(Int(label) - Int(clean) + classes) % classes] += 1
                replaced[place] += 1
            }
        }
        // 12000 changes, evenly over the other classes, and 200 ± 10 a point: five standard deviations.
        let expected = 12000 / (classes - 1)
        #expect(changes[0] == 0 && changes[1...].allSatisfy { abs($0 - expected) < 280 })
        #expect(replaced.allSatisfy { abs($0 - 200) < 50 })
    }

    @Test("What a network learnt of wrong labels is told apart from what it knows of right ones")
    func measures() async throws {
        let laboratory = try Laboratory()
        let study = ToyStudy(
            stream: "stream: native, seed: 3, label_noise: 0.2", learningRate: "0.1", epochs: 400,
            measures: "[test_accuracy, train_accuracy, clean_train_accuracy, noise_memorised]")
        try await laboratory.run(study)
        let (all, clean, wrong) = (
            try laboratory.column("train_accuracy"), try laboratory.column("clean_train_accuracy"),
            try laboratory.column("noise_memorised")
        )
        for place in all.indices {
            let found = try (
                #require(all[place]?.value), #require(clean[place]?.value), #require(wrong[place]?.value)
            )
            // 48 clean labels and 12 wrong ones; a wrong point is learnt, right after all, or neither.
            let learnt = 60 * found.0, right = 60 * found.1, memorised = 12 * found.2
            #expect(abs(learnt - memorised - (learnt - memorised).rounded()) < 1e-9)
            #expect(right <= learnt - memorised + 12 - memorised + 1e-9 && right >= learnt - memorised - 1e-9)
        }
        #expect(all.contains { $0?.value == 1 })
        #expect(zip(all, clean).contains { $0?.value == 1 && abs(($1?.value ?? 0) - 0.8) < 1e-12 })
    }
}
