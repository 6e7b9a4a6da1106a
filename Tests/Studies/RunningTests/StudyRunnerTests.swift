import Foundation
import Results
import Definitions
import StudyFiles
import Running
import Synchronization
import TestSupport
import Testing

@Suite struct StudyRunnerTests {
    @Test("Any number of jobs gives the same bits", arguments: [2, 4, 64])
    func jobs(count: Int) async throws {
        let laboratory = try Laboratory()
        let last = try await laboratory.run(ToyStudy(), RunOptions(jobs: count))
        #expect(last.done == 8)
        #expect(try await laboratory.digest() == Laboratory.digest())
    }

    @Test("A run holds every network once, with its seed, its epochs and all measures")
    func complete() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let models = try laboratory.models()
        #expect(models.map(\.position) == Array(0..<8))
        #expect(models.map(\.seed) == Array(0..<8))
        #expect(models.map(\.label) == (0..<8).map { "seed \($0)" })
        #expect(models.allSatisfy { $0.outcome == .trained && $0.epochs.map { (10...60).contains($0) } == true })
        #expect(Set(models.map(\.digest)).count == 8)
        #expect(models[0].hyperparameters.contains("\"architecture\":\"64-12-6-4\""))
        let measured = try laboratory.store.measurements(of: laboratory.record().id)
        for model in models {
            let names = measured[model.id]?.map(\.measure)
            #expect(names == ["dead_units", "hessian_trace", "pair_proxy", "test_accuracy", "weight_norm_l2"])
            #expect(try laboratory.store.weights(of: model.id) != nil)
        }
        let accuracies = measured.values.flatMap { $0 }.filter { $0.measure == "test_accuracy" }.compactMap(\.value)
        #expect(Set(accuracies).count > 2, "networks that all do the same would test little")
    }

    @Test("Progress is told in order, however slow its reader")
    func progressInOrder() async throws {
        let told = Mutex<[Int]>([])
        try await Laboratory().run(ToyStudy(), RunOptions(jobs: 4)) { progress in
            // Who comes first takes longest: others would overtake.
            usleep(UInt32(8 - min(progress.done, 8)) * 20_000)
            told.withLock { $0.append(progress.done) }
        }
        #expect(told.withLock { $0 } == Array(0...8))
    }

    @Test("A limit stops after so many networks, and several such runs end where one run does")
    func limit() async throws {
        let laboratory = try Laboratory()
        for expected in [3, 6, 8, 8] {
            try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, limit: 3))
            #expect(try laboratory.store.finishedPositions(of: laboratory.record().id) == Set(0..<expected))
        }
        #expect(try laboratory.runs().count == 3)
        #expect(try await laboratory.digest() == Laboratory.digest())
    }

    @Test("Shards take disjoint positions and together give the whole", arguments: [[1, 2, 3], [3, 1, 2]])
    func shards(order: [Int]) async throws {
        let laboratory = try Laboratory()
        var before: Set<Int> = []
        for index in order {
            let shard = try #require(RunOptions.Shard(index: index, count: 3))
            try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, shard: shard))
            let after = try laboratory.store.finishedPositions(of: laboratory.record().id)
            #expect(after.subtracting(before) == Set((0..<8).filter { $0 % 3 == index - 1 }))
            before = after
        }
        #expect(try await laboratory.digest() == Laboratory.digest())
    }

    @Test("A shard lies within its count")
    func shardBounds() {
        #expect(RunOptions.Shard(index: 1, count: 1) != nil)
        #expect(RunOptions.Shard(index: 0, count: 3) == nil)
        #expect(RunOptions.Shard(index: 4, count: 3) == nil)
        #expect(RunOptions.Shard(index: 1, count: 0) == nil)
    }

    @Test(
        "Measures taken later, of weights kept or of networks trained again, equal those taken at once",
        arguments: [false, true])
    func measuresLater(discardsWeights: Bool) async throws {
        let atOnce = try Laboratory()
        try await atOnce.run(ToyStudy(), RunOptions(jobs: 1, discardWeights: discardsWeights))
        let later = try Laboratory()
        try await later.run(
            ToyStudy(), RunOptions(jobs: 2, measures: ["test_accuracy"], discardWeights: discardsWeights))
        #expect(try later.lines().count == 16)
        try await later.run(
            ToyStudy(), RunOptions(jobs: 2, measures: ["dead_units", "hessian_trace"]), training: false)
        #expect(try later.lines().count == 32)
        try await later.run(ToyStudy(), RunOptions(jobs: 2, discardWeights: discardsWeights))
        #expect(try later.digest() == atOnce.digest())
        let weights = try later.models().compactMap { try later.store.weights(of: $0.id) }
        #expect(weights.count == (discardsWeights ? 0 : 8))
    }

    @Test("Measuring without training leaves networks alone that are not there")
    func measureOnly() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, limit: 2, measures: ["test_accuracy"]))
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, measures: ["epochs"]), training: false)
        #expect(try laboratory.models().count == 2)
        #expect(try laboratory.lines().filter { $0.contains("epochs") }.count == 2)
    }

    @Test(
        "Cancelled in the middle, a run keeps what is finished, says so, and goes on to the same bits",
        arguments: [1, 2])
    func cancellation(jobs: Int) async throws {
        let laboratory = try Laboratory()
        let study = ToyStudy(epochs: 300, seeds: "0-15")
        let runner = try laboratory.runner(study, RunOptions(jobs: jobs))
        let work = Mutex<Task<StudyProgress, any Error>?>(nil)
        // The run waits until there is something to cancel.
        let (gate, opener) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for await _ in gate {}
            return try await runner.run(provenance: .example) { progress in
                if progress.done == 3 { work.withLock { $0?.cancel() } }
            }
        }
        work.withLock { $0 = task }
        opener.finish()
        await #expect(throws: CancellationError.self) { try await task.value }
        let kept = try laboratory.models().count
        #expect(kept >= 3 && kept < 3 + jobs)
        #expect(try laboratory.runs().map(\.outcome) == [.interrupted])
        try await laboratory.run(study)
        #expect(try laboratory.runs().map(\.outcome) == [.interrupted, .finished])
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }

    @Test("Running again computes nothing and writes no run")
    func again() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run()
        let (digest, runs) = (try laboratory.digest(), try laboratory.runs())
        let reported = Reported()
        let last = try await laboratory.run { reported.add($0) }
        #expect(reported.all == [last])
        #expect((last.total, last.done, last.before) == (0, 0, 8))
        #expect(last.line == "8 networks, nothing left to do")
        #expect(try laboratory.runs() == runs)
        #expect(try laboratory.digest() == digest)
        #expect(try laboratory.record().version == 1)
    }

    @Test("A run states its jobs, its options and the digests of its data")
    func runRecord() async throws {
        let laboratory = try Laboratory()
        let shard = RunOptions.Shard(index: 1, count: 2)
        try await laboratory.run(
            ToyStudy(),
            RunOptions(jobs: 2, limit: 1, shard: shard, measures: ["epochs", "dead_units"], discardWeights: true))
        let run = try #require(try laboratory.runs().first)
        #expect(run.jobs == 2)
        #expect(
            run.options == [
                "discard_weights": "true", "limit": "1", "shard": "1/2", "measures": "epochs,dead_units",
            ])
        #expect(run.outcome == .finished && run.endedAt != nil)
        #expect(run.provenance.datasetDigests == (try ToyStudy().material.digests))
    }

    @Test("Progress counts up to the whole, with the mean accuracy of the networks done")
    func progress() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 1, limit: 2))
        let reported = Reported()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2)) { reported.add($0) }
        #expect(reported.all.map(\.done).sorted() == Array(0...6))
        #expect(reported.all.allSatisfy { $0.total == 6 && $0.before == 2 && $0.failed == 0 })
        let last = try #require(reported.all.max { $0.done < $1.done })
        let accuracies = try laboratory.store.measurements(of: laboratory.record().id).values.flatMap { $0 }
            .filter { $0.measure == "test_accuracy" }.compactMap(\.value)
        let first = try laboratory.models().prefix(2).flatMap {
            try laboratory.store.measurements(of: laboratory.record().id)[$0.id] ?? []
        }.filter { $0.measure == "test_accuracy" }.compactMap(\.value)
        let mean = (accuracies.reduce(0, +) - first.reduce(0, +)) / 6
        #expect(abs(try #require(last.meanAccuracy) - mean) < 1e-12)
        #expect(last.line.hasPrefix("6/6 networks") && last.line.hasSuffix("2 from earlier runs"))
    }

    @Test("A measure that does not exist is refused with the nearest name, before anything is written")
    func unknownMeasure() throws {
        let laboratory = try Laboratory()
        let error = #expect(throws: (any Error).self) {
            try laboratory.runner(ToyStudy(), RunOptions(jobs: 1, measures: ["test_accuracy", "pair_prxy"]))
        }
        #expect("\(try #require(error))" == "There is no measure 'pair_prxy'. Did you mean 'pair_proxy'?")
        #expect(try laboratory.store.studies().isEmpty)
    }

    @Test("A measure that the study does not list is taken with its defaults")
    func additionalMeasure() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(ToyStudy(), RunOptions(jobs: 2, measures: ["weight_norm_l1"]))
        let listed = try Laboratory()
        try await listed.run(ToyStudy(measures: "[test_accuracy, weight_norm_l1]"), RunOptions(jobs: 2))
        func norms(_ laboratory: Laboratory) throws -> [String] {
            try laboratory.lines().filter { $0.contains("\"weight_norm_l1\"") }
        }
        #expect(try norms(laboratory).count == 8)
        #expect(try norms(laboratory) == norms(listed))
    }

    @Test("A column of the study is taken with the study's options, not the defaults")
    func columnOptions() async throws {
        let study = ToyStudy(
            measures: "[test_accuracy, {measure: hessian_trace_hutchinson, as: rough_trace, probes: 2}]")
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: 2, measures: ["rough_trace"]))
        let measured = try laboratory.store.measurements(of: laboratory.record().id)
        #expect(measured.values.allSatisfy { $0.map(\.measure) == ["rough_trace"] && $0[0].effort == 2 })
    }

    @Test("Two runners on one results file end with every network once")
    func together() async throws {
        let laboratory = try Laboratory()
        let other = try ResultsStore.open(at: laboratory.store.path)
        let study = ToyStudy(epochs: 200)
        let second = try laboratory.runner(study, RunOptions(jobs: 1), in: other)
        async let a = laboratory.run(study, RunOptions(jobs: 1))
        async let b = second.run(provenance: .example) { _ in }
        _ = try await (a, b)
        #expect(try laboratory.models().count == 8)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
    }
}
