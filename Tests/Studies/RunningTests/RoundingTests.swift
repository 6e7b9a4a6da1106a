import Definitions
import Foundation
import Networks
import Results
import Running
import StudyFiles
import TestSupport
import Testing

/// Studies in other arithmetics, trained.
@Suite struct RoundingTests {
    private func run(
        _ file: StudyFile, _ options: RunOptions = RunOptions(jobs: 2), in laboratory: Laboratory
    ) async throws {
        let runner = try StudyRunner(
            file: file, store: laboratory.store, options: options, dataset: laboratory.images.dataset)
        try await runner.run(provenance: .example) { _ in }
    }

    private func weights(_ name: String, in laboratory: Laboratory) throws -> [Network] {
        try laboratory.models(name).map { model in
            try Network(safetensors: Data(#require(try laboratory.store.weights(of: model.id))))
        }
    }

    @Test("Another arithmetic has the study's seeds and other bits")
    func otherBits() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        for number in 1...2 { try await run(ToyStudy().file.rounded(number), in: laboratory) }
        let names = ["toy", "toy-rounding-1", "toy-rounding-2"]
        let models = try names.map { try laboratory.models($0) }
        for other in models[1...] {
            #expect(other.map(\.seed) == models[0].map(\.seed) && other.map(\.label) == models[0].map(\.label))
            #expect(other.map(\.hyperparameters) == models[0].map(\.hyperparameters))
        }
        let digests = models.joined().map(\.weightsDigest)
        #expect(!digests.contains(nil) && Set(digests).count == 3 * 8, "no network is that of another arithmetic")
        // Each was trained by its own study's run: none was taken over.
        for (name, found) in zip(names, models) {
            let runs = Set(try laboratory.store.runs(of: laboratory.record(name).id).map(\.id))
            #expect(found.allSatisfy { runs.contains($0.runID) })
        }
    }

    @Test("After one epoch it is where the study is, but for last bits: the points come in the same order")
    func sameOrder() async throws {
        let laboratory = try Laboratory()
        let study = ToyStudy(epochs: 1, seeds: "0-3")
        try await laboratory.run(study)
        try await run(study.file.rounded(1), in: laboratory)
        let other = ToyStudy(name: "order", epochs: 1, streams: ", order: numpy", seeds: "0-3")
        try await laboratory.run(other)
        let (own, moved, reordered) = (
            try weights("toy", in: laboratory), try weights("toy-rounding-1", in: laboratory),
            try weights("order", in: laboratory)
        )
        func farthest(_ a: Network, _ b: Network) -> Float {
            zip(a.parameters, b.parameters).map { abs($0 - $1) }.max() ?? 0
        }
        for index in own.indices {
            #expect((1e-9..<1e-5).contains(farthest(own[index], moved[index])))
            #expect(farthest(own[index], reordered[index]) > 1e-3, "another order shows")
        }
    }

    @Test("The same bits come whatever the jobs, whatever lies in the file, and after a run that was broken off")
    func deterministic() async throws {
        let file = try ToyStudy().file.rounded(2)
        let alone = try Laboratory()
        try await run(file, RunOptions(jobs: 1), in: alone)
        let expected = try alone.digest("toy-rounding-2")
        let beside = try Laboratory()
        try await beside.run()
        let before = try beside.digest()
        try await run(file, RunOptions(jobs: 1, limit: 3), in: beside)
        #expect(try beside.models("toy-rounding-2").count == 3)
        try await run(file, RunOptions(jobs: 4, shard: .init(index: 2, count: 2)), in: beside)
        try await run(file, RunOptions(jobs: 4), in: beside)
        #expect(try beside.digest("toy-rounding-2") == expected)
        #expect(try beside.digest() == before, "the study is as it was")
        #expect(try await beside.digest() == Laboratory.digest())
    }

    @Test("A network that was broken off in the middle goes on from its checkpoint with the same bits")
    func checkpoint() async throws {
        let slow = ToyStudy(learningRate: "0.001", epochs: 400, seeds: "0", measures: "[test_accuracy, weight_norm_l2]")
        let file = try slow.file.rounded(1)
        let network = try #require(file.specification.definition.models.first).trainingDigest
        let whole = try Laboratory()
        try await run(file, in: whole)
        let laboratory = try Laboratory()
        let runner = try StudyRunner(
            file: file, store: laboratory.store, options: RunOptions(jobs: 1, checkpointInterval: 0),
            dataset: laboratory.images.dataset)
        let work = Task { try await runner.run(provenance: .example) { _ in } }
        let store = laboratory.store
        Thread.detachNewThread {
            while (try? store.checkpoint(ofNetwork: network)) == nil { usleep(1000) }
            work.cancel()
        }
        await #expect(throws: CancellationError.self) { try await work.value }
        #expect(try store.checkpoint(ofNetwork: network) != nil)
        // The study's own network, from the same seed, does not go on from there.
        try await laboratory.run(slow)
        #expect(try await laboratory.digest() == Laboratory.digest(of: slow))
        #expect(try store.checkpoint(ofNetwork: network) != nil)
        try await run(file, in: laboratory)
        #expect(try laboratory.digest("toy-rounding-1") == whole.digest("toy-rounding-1"))
    }

    @Test("A measure's initial network is the one that training began from")
    func initialNetwork() throws {
        let study = ToyStudy(seeds: "0")
        let networks = try [study.file, study.file.rounded(1)].map { file in
            let specification = try #require(file.specification.configurations[0].model.of(TrainedNetworks.self))
            let trained = Network(
                architecture: .init(widths: [64, 12, 6, 4]), parameters: [Float](repeating: 1, count: 886))
            let subject = try study.material.subject(trained, of: specification, position: 0, seed: 4, epochs: 1)
            return try #require(subject.initialNetwork)
        }
        let moved = zip(networks[0].parameters, networks[1].parameters).map { before, after in
            [before, before.nextUp, before.nextDown].contains(after) ? after != before : nil
        }
        #expect(!moved.contains(nil) && moved.contains(true) && moved.contains(false))
    }

    @Test("What the results file holds of it gives its study file again")
    func stored() async throws {
        let laboratory = try Laboratory()
        let study = ToyStudy(seeds: "0")
        let file = try study.file.rounded(4)
        try await run(file, in: laboratory)
        try await laboratory.run(study)
        let record = try laboratory.record("toy-rounding-4")
        #expect(record.rounding == 4)
        let again = try StudyFile(record)
        #expect(try again.specification.definition.digest() == record.digest)
        #expect(again.specification == file.specification)
        #expect(try laboratory.record().rounding == 0)
        #expect(try StudyFile(laboratory.record()).specification == study.file.specification)
    }

    @Test("A plan of several arithmetics has the parts of each, of which the file has some")
    func plan() async throws {
        let laboratory = try Laboratory()
        let file = try ToyStudy(seeds: "0-3").file
        let others = try [file.rounded(1), file.rounded(2)]
        try await run(file, in: laboratory)
        try await run(others[0], RunOptions(jobs: 1, limit: 3), in: laboratory)
        let plan = try StudyPlan(
            of: file, options: RunOptions(jobs: 1), then: others, options: RunOptions(jobs: 1, discardWeights: true),
            store: laboratory.store, dataset: laboratory.images.dataset)
        #expect(plan.parts.map(\.configuration.model.kind.rounding) == [0, 1, 2])
        #expect(plan.parts.map(\.finished) == [4, 3, 0] && plan.parts.map(\.missing) == [0, 1, 4])
        #expect(plan.networks == 12 && plan.missing == 5)
    }
}
