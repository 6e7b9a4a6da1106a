import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// Rescaled copies as a run makes them.
@Suite struct CopiesInRunsTests {
    private let measures = "[test_accuracy, weight_norm_l2, hessian_trace, ensemble_agreement]"

    private var copied: ToyStudy {
        ToyStudy(
            seeds: "0-3", population: ", rescaled: {seeds: [1, 3], factors: {1: [2, 0.25], 2: [4]}}", measures: measures
        )
    }

    @Test("Copies are measured and not trained again; they compute the same function with other weights")
    func copies() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(copied, RunOptions(jobs: 1))
        let models = try laboratory.models()
        #expect(models.map(\.seed) == [0, 1, 2, 3, 1, 3, 1, 3, 1, 3])
        #expect(
            models.map(\.variant) == [nil, nil, nil, nil]
                + ["layer 1 x 2", "layer 1 x 2", "layer 1 x 0.25", "layer 1 x 0.25", "layer 2 x 4", "layer 2 x 4"])
        #expect(try laboratory.trained().map(\.position) == Array(0..<4))
        let (accuracy, norm) = (try laboratory.column("test_accuracy"), try laboratory.column("weight_norm_l2"))
        let trace = try laboratory.column("hessian_trace")
        for (position, model) in models.enumerated().dropFirst(4) {
            let original = model.seed == 1 ? 1 : 3
            #expect(model.trainingDigest == models[original].trainingDigest && model.digest != model.trainingDigest)
            #expect(model.seconds == models[original].seconds && model.epochs == models[original].epochs)
            // Powers of two round nothing.
            #expect(accuracy[position]?.value == accuracy[original]?.value)
            #expect(norm[position]?.value != norm[original]?.value && norm[position]?.value != nil)
            #expect(trace[position]?.value != trace[original]?.value && trace[position]?.value != nil)
        }
        #expect(
            models[9].hyperparameters
                == #"""
                {"architecture":"64-12-6-4","batch_size":16,"dataset":"synthetic","learning_rate":0.2,\#
                "rescaled_by":4,"rescaled_layer":2,"training_points":60}
                """#
        )
    }

    @Test("Copies are no others in a measure of the population: the networks' values are those without them")
    func others() async throws {
        let (with, without) = (try Laboratory(), try Laboratory())
        try await with.run(copied)
        try await without.run(ToyStudy(seeds: "0-3", measures: measures))
        let agreement = try with.column("ensemble_agreement")
        let alone = try without.column("ensemble_agreement")
        #expect(agreement.prefix(4).map(\.?.value) == alone.map(\.?.value))
        #expect(alone.allSatisfy { $0?.detail["other_networks"] == 3 && $0?.status == .ok })
        let original = try with.models().map { $0.seed == 1 ? 1 : 3 }
        for position in 4..<10 {
            #expect(agreement[position]?.value == alone[original[position]]?.value)
            #expect(agreement[position]?.detail == alone[original[position]]?.detail)
        }
    }

    @Test("Copies are the same whatever the jobs, the order and whether weights are kept", arguments: [false, true])
    func sameBits(discardsWeights: Bool) async throws {
        let laboratory = try Laboratory()
        // The copies first: their networks are not there yet.
        for (index, jobs) in [(2, 1), (1, 4)] {
            let shard = RunOptions.Shard(index: index, count: 2)
            try await laboratory.run(copied, RunOptions(jobs: jobs, shard: shard, discardWeights: discardsWeights))
        }
        let whole = try Laboratory()
        try await whole.run(copied, RunOptions(jobs: 1, discardWeights: discardsWeights))
        #expect(try laboratory.digest() == whole.digest())
        #expect(try laboratory.trained().count == (discardsWeights ? 0 : 4))
        // A measure that is added later is taken of the copy, not of its network.
        try await laboratory.run(copied, RunOptions(jobs: 2, measures: ["weight_norm_l1"]), training: false)
        let norms = try laboratory.column("weight_norm_l1").map(\.?.value)
        #expect(Set(norms).count == 10 && !norms.contains(nil))
    }

    @Test("A copy whose network cannot be trained fails as the network does")
    func failing() async throws {
        let laboratory = try Laboratory()
        let wild = ToyStudy(
            hidden: "[3, 2]", learningRate: "1e30", seeds: "0-9",
            population: ", rescaled: {seeds: 0-9, factors: {1: [2]}}", measures: "[test_accuracy]")
        try await laboratory.run(wild)
        let models = try laboratory.models()
        #expect(models.contains { $0.outcome != .trained })
        #expect(models.suffix(10).map(\.outcome) == models.prefix(10).map(\.outcome))
    }
}
