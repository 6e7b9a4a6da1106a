import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// What becomes of networks that cannot be trained.
@Suite struct FailedNetworksTests {
    /// At this learning rate about half of the networks diverge at once; in the others all units die first.
    private let wild = ToyStudy(hidden: "[3, 2]", learningRate: "1e30", seeds: "0-19", measures: "[test_accuracy]")

    private func failed(_ laboratory: Laboratory) throws -> [ModelRecord] {
        try laboratory.models().filter { $0.outcome != .trained }
    }

    @Test("A diverging network is recorded as failed with its reason, and the others go on")
    func diverging() async throws {
        let laboratory = try Laboratory()
        let last = try await laboratory.run(wild)
        let failed = try failed(laboratory)
        #expect(last.done == 20)
        #expect(last.failed == failed.count)
        #expect((1...19).contains(failed.count))
        #expect(last.line.contains("\(failed.count) failed"))
        for model in failed {
            guard case .failed(let reason) = model.outcome else { continue }
            #expect(reason.hasPrefix("diverged: the loss or a weight is not finite in epoch "))
            #expect(try laboratory.store.weights(of: model.id) == nil)
        }
        let measured = try laboratory.store.measurements(of: laboratory.record().id)
        #expect(Set(measured.keys) == Set(try laboratory.models().filter { $0.outcome == .trained }.map(\.id)))
        #expect(try laboratory.runs().map(\.outcome) == [.finished])
    }

    @Test("Failed networks are not tried again")
    func notAgain() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(wild)
        let last = try await laboratory.run(wild, RunOptions(jobs: 1))
        #expect((last.total, last.before) == (0, 20))
        let measured = try await laboratory.run(wild, RunOptions(jobs: 1, measures: ["epochs"]), training: false)
        #expect(measured.total == 20 - (try failed(laboratory).count))
    }

    @Test("With the option failed networks are tried again, and what they failed by stays on record")
    func again() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(wild)
        let (before, digest) = (try failed(laboratory), try laboratory.digest())
        #expect(try laboratory.store.earlierFailures(of: laboratory.record().id).isEmpty)
        let last = try await laboratory.run(wild, RunOptions(jobs: 2, retryFailed: true))
        #expect((last.total, last.done, last.failed) == (before.count, before.count, before.count))
        let earlier = try laboratory.store.earlierFailures(of: laboratory.record().id)
        #expect(earlier.map(\.position) == before.map(\.position))
        #expect(earlier.map(\.runID) == before.map(\.runID))
        #expect(earlier.map { NewModel.Outcome.failed(reason: $0.reason) } == before.map(\.outcome))
        let second = try #require(try laboratory.runs().last)
        #expect(try failed(laboratory).allSatisfy { $0.runID == second.id })
        #expect(second.options["retry_failed"] == "true")
        #expect(try laboratory.digest() == digest)
    }

    @Test("A network that fails in one of two runs at a time is not tried again by the other")
    func together() async throws {
        let laboratory = try Laboratory()
        let other = try ResultsStore.open(at: laboratory.store.path)
        let second = try laboratory.runner(wild, RunOptions(jobs: 2), in: other)
        async let a = laboratory.run(wild)
        async let b = second.run(provenance: .example) { _ in }
        _ = try await (a, b)
        #expect(try !failed(laboratory).isEmpty)
        #expect(try laboratory.store.earlierFailures(of: laboratory.record().id).isEmpty)
        #expect(try await laboratory.digest() == Laboratory.digest(of: wild))
    }

    @Test("Failures are the same whatever the jobs")
    func sameFailures() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(wild, RunOptions(jobs: 4))
        #expect(try await laboratory.digest() == Laboratory.digest(of: wild))
    }
}
