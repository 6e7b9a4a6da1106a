import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// Networks that several models have in common are trained once.
@Suite struct SharedNetworksTests {
    /// Another study with the same trainings, in another regime and with other measures.
    private let other = ToyStudy(
        name: "other", population: ", regimes: {a: {}}", measures: "[test_accuracy, weight_norm_l1, pair_proxy]")

    @Test("A second study takes the networks of the first, and finds what it would find alone", arguments: [1, 4])
    func taken(jobs: Int) async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let last = try await laboratory.run(other, RunOptions(jobs: jobs))
        #expect(last.done == 8)
        let (theirs, own) = (try laboratory.models(), try laboratory.models("other"))
        #expect(try laboratory.trained("other").isEmpty)
        #expect(own.map(\.runID) == theirs.map(\.runID))
        #expect(own.map(\.seconds) == theirs.map(\.seconds) && own.map(\.epochs) == theirs.map(\.epochs))
        #expect(own.allSatisfy { $0.regime == "a" })
        #expect(
            try laboratory.column("pair_proxy", of: "other").map(\.?.value)
                == laboratory.column("pair_proxy").map(\.?.value))
        #expect(try await laboratory.digest("other") == Laboratory.digest(of: other))
        #expect(try await laboratory.digest() == Laboratory.digest())
    }

    @Test("Measures are added to networks that were taken over without training them again")
    func measuredLater() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        try await laboratory.run(other, RunOptions(jobs: 2, measures: ["test_accuracy"]))
        try await laboratory.run(other)
        #expect(try laboratory.trained("other").isEmpty)
        #expect(try await laboratory.digest("other") == Laboratory.digest(of: other))
    }

    @Test("Networks of other kernels or other bytes are not taken")
    func refused() async throws {
        var laboratory = try Laboratory()
        try await laboratory.run()
        var (kernel, fused) = (Provenance.example, Provenance.example)
        kernel.blasKernel = "Another"
        fused.kernels = .avx2
        for (name, provenance, seed) in [
            ("kernel", kernel, 1), ("fused", fused, 1), ("bytes", .example, 2),
        ] as [(String, Provenance, UInt64)] {
            laboratory.images = SyntheticImages(seed: seed)
            var study = other
            study.name = name
            try await laboratory.run(study, provenance: provenance)
            let run = try #require(try laboratory.store.runs(of: laboratory.record(name).id).first)
            #expect(try laboratory.trained(name).count == 8)
            #expect(try laboratory.models(name).allSatisfy { $0.runID == run.id })
        }
    }

    @Test("Configurations of one study that come to the same training share the network", arguments: [1, 4])
    func withinOne(jobs: Int) async throws {
        let study = ToyStudy(
            seeds: "0-2", population: ", grid: {training.batch_size: [16, 60, full]}",
            measures: "[test_accuracy, pair_proxy]")
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: jobs))
        let models = try laboratory.models()
        #expect(models.count == 9 && Set(models.map(\.trainingDigest)).count == 6)
        if jobs == 1 { #expect(try laboratory.trained().map(\.position) == Array(0..<6)) }
        #expect(
            models[8].hyperparameters
                == #"""
                {"architecture":"64-12-6-4","batch_size":60,"dataset":"synthetic","learning_rate":0.2,\#
                "training_points":60}
                """#
        )
        let accuracies = try laboratory.column("test_accuracy").map(\.?.value)
        #expect(Array(accuracies[3..<6]) == Array(accuracies[6..<9]))
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("Beside other rules plain descent says its own, so that both can be told apart and held fixed")
    func rules() async throws {
        let study = ToyStudy(
            epochs: 2, seeds: "0",
            population: ", regimes: {plain: {}, heavy: {training.momentum: 0.9}, up: {training.rule: sam}}",
            measures: "[test_accuracy]")
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let found = try laboratory.models().map(\.hyperparameters)
        #expect(found.count == 3)
        for (text, parts) in zip(
            found,
            [
                ["\"momentum\":0", "\"rule\":\"sgd\""], ["\"momentum\":0.9", "\"rule\":\"sgd\""],
                ["\"momentum\":0", "\"radius\":0.05", "\"rule\":\"sam\""],
            ])
        {
            #expect(parts.allSatisfy(text.contains), "\(text)")
        }
        let single = ToyStudy(name: "single", epochs: 2, seeds: "0", measures: "[test_accuracy]")
        try await laboratory.run(single)
        #expect(try !laboratory.models("single")[0].hyperparameters.contains("rule"))
    }

    @Test("What a grid varies can be asked for under its last part")
    func hyperparameters() async throws {
        let study = ToyStudy(
            streams: ", reference_batch_size: 32", seeds: "0",
            population: ", grid: {training.epochs: [1, 2], training.learning_rate_scaling: [linear]}",
            measures: "[test_accuracy]")
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        #expect(
            try laboratory.models().map(\.hyperparameters)
                == [1, 2].map { epochs in
                    """
                    {"architecture":"64-12-6-4","batch_size":16,"dataset":"synthetic","epochs":\(epochs),\
                    "learning_rate":0.1,"learning_rate_scaling":"linear","training_points":60}
                    """
                })
        #expect(try laboratory.models().map(\.epochs) == [1, 2])
    }
}
