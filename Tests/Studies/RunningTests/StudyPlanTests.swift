import Results
import Definitions
import StudyFiles
import Running
import TestSupport
import Testing

/// What a plan says against what a run then does. Its seconds are compared with each other, never with a clock.
@Suite struct StudyPlanTests {
    /// Eight networks in two configurations of four, with few epochs.
    private let twoBatchSizes = ToyStudy(
        epochs: 5, seeds: "0-3", population: ", grid: {training.batch_size: [8, 16]}", measures: "[test_accuracy]")
    /// At this learning rate about half of the networks diverge at once.
    private let wild = ToyStudy(hidden: "[3, 2]", learningRate: "1e30", seeds: "0-19", measures: "[test_accuracy]")
    /// Two networks of 10 epochs and three of 1000, then a copy of each kind.
    private let copied = ToyStudy(
        seeds: "0",
        population: """
            , regimes: {short: {training.epochs: 10, seeds: 0-1}, long: {training.epochs: 1000, seeds: 2-4}}, \
            rescaled: {seeds: [0, 2], factors: {1: [2]}}
            """, measures: "[test_accuracy, weight_norm_l2]")

    private func plan(
        _ study: ToyStudy, _ options: RunOptions = RunOptions(jobs: 1), in store: ResultsStore? = nil
    ) throws -> StudyPlan {
        try StudyPlan(of: study.file, store: store, options: options, dataset: SyntheticImages().dataset)
    }

    @Test("Without a results file all networks are to be made, configuration by configuration")
    func fromNothing() throws {
        let plan = try plan(twoBatchSizes)
        #expect(plan.parts.map(\.configuration.training.batchSize) == [8, 16])
        #expect(plan.parts.map(\.networks) == [4, 4] && plan.parts.map(\.missing) == [4, 4])
        #expect(plan.parts.map(\.finished) == [0, 0] && plan.parts.map(\.epochs) == [5, 5])
        #expect((plan.networks, plan.missing) == (8, 8))
    }

    @Test(
        "What is missing is what a run with the same options makes, and what is finished what the file has",
        arguments: [
            RunOptions(jobs: 1), RunOptions(jobs: 1, limit: 3), RunOptions(jobs: 1, limit: 100),
            RunOptions(jobs: 1, shard: .init(index: 2, count: 3)),
            RunOptions(jobs: 1, shard: .init(index: 2, count: 2)),
            RunOptions(jobs: 1, limit: 2, shard: .init(index: 1, count: 2)),
        ])
    func asARun(options: RunOptions) async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(twoBatchSizes, RunOptions(jobs: 1, limit: 3, shard: .init(index: 2, count: 2)))
        func finished() throws -> [Int] {
            let positions = try laboratory.store.finishedPositions(of: laboratory.record().id)
            return [positions.count { $0 < 4 }, positions.count { $0 >= 4 }]
        }
        let before = try finished()
        #expect(before == [2, 1])
        let plan = try plan(twoBatchSizes, options, in: laboratory.store)
        #expect(plan.parts.map(\.networks) == [4, 4] && plan.parts.map(\.finished) == before)
        let last = try await laboratory.run(twoBatchSizes, options)
        #expect(plan.missing == last.total)
        #expect(plan.parts.map(\.missing) == zip(try finished(), before).map { $0 - $1 })
    }

    @Test("A failed network is finished, and one to be made where failed ones are tried again")
    func failed() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(wild)
        let failed = try laboratory.models().filter { $0.outcome != .trained }.map(\.position)
        try #require((2...19).contains(failed.count))
        let left = try plan(wild, in: laboratory.store)
        #expect((left.parts[0].finished, left.missing) == (20, 0))
        let again = try plan(wild, RunOptions(jobs: 1, retryFailed: true), in: laboratory.store)
        #expect((again.parts[0].finished, again.missing) == (20 - failed.count, failed.count))
        let shard = RunOptions.Shard(index: 1, count: 2)
        let half = try plan(wild, RunOptions(jobs: 1, shard: shard, retryFailed: true), in: laboratory.store)
        #expect(half.missing == failed.count { $0 % 2 == 0 })
        let one = try plan(wild, RunOptions(jobs: 1, limit: 1, retryFailed: true), in: laboratory.store)
        #expect((one.parts[0].finished, one.missing) == (20 - failed.count, 1))
    }

    @Test("A complete study has nothing to be made, and costs nothing")
    func complete() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(twoBatchSizes)
        let plan = try plan(twoBatchSizes, in: laboratory.store)
        #expect(plan.parts.map(\.finished) == [4, 4])
        #expect((plan.networks, plan.missing, plan.bytes, plan.seconds(jobs: 2)) == (8, 0, 0, 0))
    }

    @Test("Networks of another definition are none of this one's, whichever came last")
    func otherVersion() async throws {
        let laboratory = try Laboratory()
        let slower = ToyStudy(learningRate: "0.1", measures: "[test_accuracy]")
        let first = ToyStudy(measures: "[test_accuracy]")
        try await laboratory.run(first)
        #expect(try plan(slower, in: laboratory.store).missing == 8)
        try await laboratory.run(slower, RunOptions(jobs: 1, limit: 3))
        #expect(try laboratory.record().version == 2)
        #expect(try plan(slower, in: laboratory.store).parts.map(\.finished) == [3])
        #expect(try plan(first, in: laboratory.store).parts.map(\.finished) == [8])
        var other = first
        other.name = "other"
        #expect(try plan(other, in: laboratory.store).missing == 8)
    }

    @Test("A plan enters nothing into the results file")
    func writesNothing() async throws {
        let laboratory = try Laboratory()
        _ = try plan(twoBatchSizes, in: laboratory.store)
        #expect(try laboratory.store.studies().isEmpty)
        try await laboratory.run(twoBatchSizes, RunOptions(jobs: 1, limit: 2))
        let before = try laboratory.digest()
        _ = try plan(twoBatchSizes, in: laboratory.store)
        #expect(try laboratory.digest() == before)
        #expect(try laboratory.store.studies().count == 1 && laboratory.runs().count == 1)
    }

    @Test("What cannot be run cannot be planned")
    func refused() {
        #expect(throws: StudyDataError.self) { try plan(ToyStudy(trainingPoints: 161)) }
        let error = #expect(throws: (any Error).self) {
            try plan(ToyStudy(), RunOptions(jobs: 1, measures: ["pair_prxy"]))
        }
        #expect(error.map { "\($0)" } == "There is no measure 'pair_prxy'. Did you mean 'pair_proxy'?")
    }

    // MARK: Bytes

    @Test("Kept weights take four bytes a parameter, and discarded ones none")
    func weightBytes() async throws {
        let kept = try plan(twoBatchSizes)
        let discarded = try plan(twoBatchSizes, RunOptions(jobs: 1, discardWeights: true))
        // 64-12-6-4 with biases.
        let parameters = 64 * 12 + 12 + 12 * 6 + 6 + 6 * 4 + 4
        #expect(kept.bytes - discarded.bytes == 8 * 4 * parameters)
        #expect(zip(kept.parts, discarded.parts).allSatisfy { $0.bytes - $1.bytes == 4 * 4 * parameters })
        let laboratory = try Laboratory()
        try await laboratory.run(twoBatchSizes)
        let stored = try laboratory.models().reduce(0) { try $0 + (laboratory.store.weights(of: $1.id)?.count ?? 0) }
        // The safetensors format has a header of some hundred bytes besides.
        #expect((8 * 4 * parameters...8 * (4 * parameters + 1000)).contains(stored))
    }

    @Test("What a measure of the population keeps of each network counts as it is stored")
    func keptBytes() async throws {
        var (agreeing, plain) = (twoBatchSizes, twoBatchSizes)
        agreeing.measures = "[test_accuracy, ensemble_agreement]"
        plain.measures = "[test_accuracy, epochs]"
        let laboratory = try Laboratory()
        try await laboratory.run(agreeing)
        let stored = try laboratory.store.kept(of: laboratory.record().id, measure: "ensemble_agreement")
            .reduce(0) { $0 + $1.data.count }
        #expect(stored > 0)
        #expect(try plan(agreeing).bytes - plan(plain).bytes == stored)
    }

    @Test("Each measure adds as much for every network, and only those that the run takes count")
    func measureBytes() throws {
        func bytes(_ measures: String, _ taken: [String]? = nil) throws -> Int {
            var study = twoBatchSizes
            study.measures = measures
            return try plan(study, RunOptions(jobs: 1, measures: taken, discardWeights: true)).bytes
        }
        let one = try bytes("[test_accuracy]")
        #expect(one > 0 && one % 8 == 0)
        #expect(try bytes("[test_accuracy, epochs, dead_units]") == 3 * one)
        #expect(try bytes("[test_accuracy, epochs, dead_units]", ["epochs"]) == one)
        #expect(try bytes("[test_accuracy]", ["epochs", "dead_units"]) == 2 * one)
    }

    // MARK: Seconds

    @Test("Configurations with work take time and room, others none")
    func onlyWork() throws {
        let parts = try plan(twoBatchSizes, RunOptions(jobs: 1, limit: 2)).parts
        #expect(parts.map(\.missing) == [2, 0])
        #expect(parts[0].seconds > 0 && parts[0].bytes > 0)
        #expect(parts[1].seconds == 0 && parts[1].bytes == 0)
    }

    @Test("Training takes time by the epoch, a copy only that of its measures")
    func trainingAndMeasuring() throws {
        let parts = try plan(copied).parts
        try #require(parts.map(\.missing) == [2, 3, 1, 1])
        #expect(parts.map(\.epochs) == [10, 1000, 0, 0])
        let measuring = parts[2].seconds
        #expect(measuring > 0 && parts[3].seconds == measuring)
        let (short, long) = (parts[0].seconds / 2 - measuring, parts[1].seconds / 3 - measuring)
        #expect(short > 0)
        #expect(abs(long - 100 * short) < 1e-6 * long)
        // Kept weights are those of the five trained networks.
        let each = parts[2].bytes
        #expect(parts.map(\.bytes) == [2 * (each + 3544), 3 * (each + 3544), each, each])
    }

    @Test("Where weights are discarded a copy's network is trained again")
    func copiesOfDiscarded() throws {
        let parts = try plan(copied, RunOptions(jobs: 1, discardWeights: true)).parts
        #expect(parts.map(\.epochs) == [10, 1000, 10, 1000])
        #expect(abs(parts[2].seconds - parts[0].seconds / 2) < 1e-9 * parts[2].seconds)
        #expect(abs(parts[3].seconds - parts[1].seconds / 3) < 1e-9 * parts[3].seconds)
        #expect(parts[3].seconds > parts[2].seconds)
        let each = parts[2].bytes
        #expect(parts.map(\.bytes) == [2 * each, 3 * each, each, each])
    }

    @Test("Jobs share the time, as far as there are networks for them")
    func jobs() throws {
        let plan = try plan(twoBatchSizes, RunOptions(jobs: 1, limit: 4))
        let one = plan.parts.reduce(0) { $0 + $1.seconds }
        #expect(one > 0 && plan.seconds(jobs: 1) == one)
        #expect(abs(plan.seconds(jobs: 2) - one / 2) < 1e-12 * one)
        #expect(abs(plan.seconds(jobs: 4) - one / 4) < 1e-12 * one)
        #expect(plan.seconds(jobs: 64) == plan.seconds(jobs: 4))
    }
}
