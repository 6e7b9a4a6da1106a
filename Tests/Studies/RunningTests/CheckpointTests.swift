import Foundation
import Networks
import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// Networks that are broken off in the middle of their training.
@Suite struct CheckpointTests {
    /// One network that learns too slowly to stop early.
    private let slow = ToyStudy(
        learningRate: "0.001", epochs: 400, seeds: "0", measures: "[test_accuracy, weight_norm_l2]")

    private func digest(_ study: ToyStudy) throws -> String {
        try study.file.specification.configurations[0].trainingDigest(seed: 0)
    }

    private func checkpoint(_ laboratory: Laboratory, of study: ToyStudy? = nil) throws -> Checkpoint? {
        try laboratory.store.checkpoint(ofNetwork: digest(study ?? slow))
    }

    /// A checkpoint of the slow network, or of another, from a run that was cancelled as soon as there was one.
    private func broken(_ laboratory: Laboratory, of study: ToyStudy? = nil) async throws -> Checkpoint {
        let runner = try laboratory.runner(study ?? slow, RunOptions(jobs: 1, checkpointInterval: 0))
        let work = Task { try await runner.run(provenance: .example) { _ in } }
        // A thread of its own: Swift's few may all be busy with other tests while the network is finished.
        let (store, network) = (laboratory.store, try digest(study ?? slow))
        Thread.detachNewThread {
            while (try? store.checkpoint(ofNetwork: network)) == nil { usleep(1000) }
            work.cancel()
        }
        await #expect(throws: CancellationError.self) { try await work.value }
        return try #require(
            try checkpoint(laboratory, of: study), "the network was finished before it could be cancelled")
    }

    /// What time a network has behind it tells whether a checkpoint was used: no test takes as long as this.
    private let longAgo = 5000.0

    @Test("A cancelled network goes on from its checkpoint, and ends with the bits of one in one go")
    func goesOn() async throws {
        let laboratory = try Laboratory()
        var checkpoint = try await broken(laboratory)
        #expect((1..<400).contains(checkpoint.epochs) && checkpoint.seconds > 0)
        #expect(try laboratory.models().isEmpty)
        #expect(try laboratory.runs().map(\.outcome) == [.interrupted])
        checkpoint.seconds = longAgo
        try laboratory.store.save(checkpoint, ofNetwork: digest(slow))
        try await laboratory.run(slow)
        #expect(try laboratory.models().map(\.epochs) == [400])
        #expect(try laboratory.models()[0].seconds > longAgo)
        #expect(try self.checkpoint(laboratory) == nil)
        #expect(try await laboratory.digest() == Laboratory.digest(of: slow))
    }

    @Test("Cancelling keeps a network that has trained for two seconds, checkpoint due or not")
    func keptWhenCancelled() async throws {
        var slower = slow
        slower.epochs = 100_000
        let (laboratory, network) = (try Laboratory(), try digest(slower))
        var old = try await broken(Laboratory())
        old.seconds = longAgo
        try laboratory.store.save(old, ofNetwork: network)
        let runner = try laboratory.runner(slower, RunOptions(jobs: 1, checkpointInterval: 1e9))
        let work = Task { try await runner.run(provenance: .example) { _ in } }
        let (store, study) = (laboratory.store, runner.study.id)
        Thread.detachNewThread {
            while (try? store.reservations(of: study))?.isEmpty != false { usleep(1000) }
            work.cancel()
        }
        await #expect(throws: CancellationError.self) { try await work.value }
        let kept = try #require(try store.checkpoint(ofNetwork: network))
        #expect(kept.epochs > old.epochs && kept.seconds > longAgo)
    }

    @Test("A network may be broken off again and again")
    func againAndAgain() async throws {
        let laboratory = try Laboratory()
        var epochs: [Int] = []
        for _ in 0..<3 { epochs.append(try await broken(laboratory).epochs) }
        #expect(epochs == epochs.sorted())
        try await laboratory.run(slow, RunOptions(jobs: 1, checkpointInterval: 0))
        #expect(try checkpoint(laboratory) == nil)
        #expect(try await laboratory.digest() == Laboratory.digest(of: slow))
    }

    @Test(
        "A network of any update rule, schedule and noise goes on from its checkpoint to the bits of one in one go",
        arguments: [
            "momentum: 0.9, dampening: 0.1", "rule: adam", "rule: adamw", "rule: sam, momentum: 0.5", "rule: asam",
            "schedule: cosine, warm_up: 20, schedule_pace: step", "dropout: 0.3", "input_noise: 0.1",
            "dropout: 0.3, rule: sam", "initial_weights: he, initial_biases: zero, schedule: cosine",
        ])
    func trainings(keys: String) async throws {
        var study = slow
        (study.learningRate, study.streams) = ("0.00001", ", \(keys)")
        let laboratory = try Laboratory()
        var checkpoint = try await broken(laboratory, of: study)
        checkpoint.seconds = longAgo
        try laboratory.store.save(checkpoint, ofNetwork: digest(study))
        try await laboratory.run(study)
        #expect(try laboratory.models()[0].seconds > longAgo)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
        study.streams = ""
        #expect(try await laboratory.digest() != Laboratory.digest(of: study))
    }

    @Test("Another study goes on from the checkpoint of the network that it shares")
    func otherStudy() async throws {
        let laboratory = try Laboratory()
        var checkpoint = try await broken(laboratory)
        checkpoint.seconds = longAgo
        try laboratory.store.save(checkpoint, ofNetwork: digest(slow))
        var other = slow
        (other.name, other.population) = ("other", ", regimes: {a: {}}")
        try await laboratory.run(other)
        #expect(try laboratory.models("other")[0].seconds > longAgo)
        #expect(try await laboratory.digest("other") == Laboratory.digest(of: other))
    }

    @Test("A checkpoint that is damaged, or of another arithmetic, shape or length, is ignored and gone in the end")
    func unusable() async throws {
        let laboratory = try Laboratory()
        let sound = try await broken(laboratory)
        let whole = try Laboratory()
        try await whole.run(slow)
        let expected = try whole.digest()
        let size = try #require(try whole.store.weights(of: whole.models()[0].id)).count
        let weights = Array(sound.state.suffix(size))
        let facts = String(decoding: sound.state.dropLast(size), as: UTF8.self)
        #expect(facts.hasPrefix("Kernel, not fused\n"))
        func state(_ fact: String, _ other: String) -> [UInt8] {
            Array(facts.replacing(fact, with: other).utf8) + weights
        }
        let file = try #require(facts.split(separator: "\n").last)
        var wild = ToyStudy(hidden: "[5]", epochs: 1, seeds: "0", measures: "[test_accuracy]")
        wild.name = "other"
        let foreign = try Laboratory()
        try await foreign.run(wild)
        let otherShape = try #require(try foreign.store.weights(of: foreign.models("other")[0].id))
        let unusable: [(String, Int, [UInt8])] = [
            ("empty", 5, []), ("cut off", 5, Array(sound.state.dropLast(3))), ("no arithmetic", 5, weights),
            ("other kernel", 5, state("Kernel", "Colonel")),
            ("other kernel of as long a name", 5, state("Kernel", "Kernal")),
            ("other arithmetic", 5, state("not fused", "fused")),
            ("other data", 5, state(String(file), file.dropLast() + "?")),
            ("other shape", 5, Array(facts.utf8) + otherShape),
            ("overwritten header", 5, Array(facts.utf8) + [UInt8](repeating: 0xFF, count: 16) + weights.dropFirst(16)),
            ("the state of a rule that remembers something", 5, sound.state + [0, 0, 0, 0]),
            ("no epochs", 0, sound.state), ("all epochs", 400, sound.state), ("more epochs", 4000, sound.state),
        ]
        for (fault, epochs, state) in unusable {
            let fresh = try Laboratory()
            try fresh.store.save(Checkpoint(epochs: epochs, seconds: longAgo, state: state), ofNetwork: digest(slow))
            try await fresh.run(slow)
            #expect(try fresh.models()[0].seconds < longAgo, "\(fault)")
            #expect(try checkpoint(fresh) == nil, "\(fault)")
            #expect(try fresh.digest() == expected, "\(fault)")
        }
    }

    @Test("A checkpoint of a network of one epoch is ignored")
    func oneEpoch() async throws {
        // Its facts are those of `broken`, whose study has the same data.
        let sound = try await broken(Laboratory())
        let short = ToyStudy(epochs: 1, seeds: "0", measures: "[test_accuracy]")
        let laboratory = try Laboratory()
        try await laboratory.run(short)
        let weights = try #require(try laboratory.store.weights(of: laboratory.models()[0].id))
        let fresh = try Laboratory()
        let state = sound.state.dropLast(weights.count) + weights
        try fresh.store.save(Checkpoint(epochs: 1, seconds: longAgo, state: Array(state)), ofNetwork: digest(short))
        try await fresh.run(short)
        #expect(try fresh.digest() == laboratory.digest())
        #expect(try fresh.models()[0].seconds < longAgo)
    }

    @Test("Checkpoints after every epoch change no bit, and none is left")
    func everyEpoch() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 3, checkpointInterval: 0))
        #expect(try await laboratory.digest() == Laboratory.digest())
        for model in try laboratory.models() {
            #expect(try laboratory.store.checkpoint(ofNetwork: model.trainingDigest) == nil)
        }
    }
}
