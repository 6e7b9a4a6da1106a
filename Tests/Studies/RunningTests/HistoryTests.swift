import Definitions
import GRDB
import Measures
import Networks
import Results
import Running
import StudyFiles
import TestSupport
import Testing

/// What is written down of trainings, and networks that are kept on their way.
@Suite struct HistoryTests {
    private let measures =
        "[test_accuracy, train_loss, train_accuracy, gradient_norm, gradient_noise, hessian_trace, "
        + "distance_from_initialization]"

    private var plain: ToyStudy { ToyStudy(seeds: "0-2", measures: measures) }

    private func with(_ history: String, snapshots: String = "") -> ToyStudy {
        var study = plain
        if !history.isEmpty { study.streams = ", history: {\(history)}" }
        if !snapshots.isEmpty { study.population = ", snapshots: \(snapshots)" }
        return study
    }

    private let all = "every: 7, also: [test_accuracy, gradient_norm, gradient_noise, hessian_trace]"

    /// A study of the same networks trained for so many epochs, and no more.
    private func cut(after epochs: Int) -> ToyStudy {
        var study = plain
        (study.name, study.epochs) = ("cut", epochs)
        return study
    }

    private func histories(_ laboratory: Laboratory) throws -> [TrainingHistory] {
        try laboratory.models().map { try laboratory.store.history(of: $0.id) }
    }

    // MARK: History

    @Test("A history has what is measured of the networks that train for so many epochs, and changes none")
    func history() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(with(all), RunOptions(jobs: 1))
        let models = try laboratory.models()
        let histories = try histories(laboratory)
        for (model, history) in zip(models, histories) {
            let last = try #require(model.epochs)
            #expect(history.entries.map(\.epoch) == Array(stride(from: 0, to: last, by: 7)) + [last])
        }
        for quantity in TrainingHistory.Quantity.allCases {
            let measured = try laboratory.column(quantity.rawValue).map { $0?.value }
            #expect(histories.map { $0.entries.last?.values[quantity] } == measured, "\(quantity.rawValue)")
            let seven = try Laboratory()
            try await seven.run(cut(after: 7))
            #expect(
                histories.map { $0.entries[1].values[quantity] }
                    == (try seven.column(quantity.rawValue, of: "cut").map { $0?.value }), "\(quantity.rawValue)")
        }
        let without = try Laboratory()
        try await without.run(plain)
        #expect(try laboratory.lines().filter { !$0.hasPrefix("history") } == without.lines())
        #expect(try await laboratory.digest() == Laboratory.digest(of: with(all)))
    }

    @Test("A training that was broken off goes on with what was written down of it")
    func brokenOff() async throws {
        for snapshots in ["", "[3, 100, 300]"] {
            let study = slow(snapshots: snapshots)
            let laboratory = try Laboratory()
            let network = try study.file.specification.definition.models[0].trainingDigest
            for enough in [60, 120] {
                try await breakOff(study, in: laboratory, after: enough)
                let checkpoint = try #require(try laboratory.store.checkpoint(ofNetwork: network))
                #expect(checkpoint.epochs == enough && checkpoint.history.entries.count == 1 + enough / 50)
            }
            try await laboratory.run(study, RunOptions(jobs: 1))
            #expect(try await laboratory.digest() == Laboratory.digest(of: study))
            #expect(try histories(laboratory)[0].entries.count == 9)
            #expect(try count(laboratory, "checkpoint") == 0)
        }
    }

    @Test("A network that another study keeps without a history is trained again for one, with one it is taken over")
    func takenOver() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(plain)
        for (name, history, isTrained) in [("first", all, true), ("second", all, false), ("third", "every: 9", true)] {
            var study = with(history)
            study.name = name
            try await laboratory.run(study)
            #expect(try laboratory.trained(name).isEmpty != isTrained)
            let found = try laboratory.models(name).map { try laboratory.store.history(of: $0.id) }
            #expect(found.allSatisfy { !$0.entries.isEmpty })
            #expect(try await laboratory.digest(name) == Laboratory.digest(of: study))
        }
        // One that writes nothing down takes any, without what was written down.
        var last = plain
        last.name = "last"
        try await laboratory.run(last)
        #expect(try laboratory.trained("last").isEmpty)
        #expect(try laboratory.store.histories(of: laboratory.record("last").id).isEmpty)
    }

    @Test("A version with another history trains again; one that only measures more takes networks and history over")
    func versions() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(with(all))
        var more = with(all)
        more.measures = "[test_accuracy, epochs_to_loss, training_speed, late_gradient_noise]"
        try await laboratory.run(more)
        #expect(try await laboratory.digest() == Laboratory.digest(of: more))
        #expect(try laboratory.models(version: 2).map(\.runID) == laboratory.models(version: 1).map(\.runID))
        #expect(try laboratory.column("training_speed").allSatisfy { $0?.value != nil })
        #expect(try laboratory.column("late_gradient_noise").allSatisfy { $0?.value != nil })
        try await laboratory.run(with("every: 2"))
        #expect(try laboratory.models(version: 3).map(\.runID) != laboratory.models(version: 1).map(\.runID))
        #expect(try await laboratory.digest() == Laboratory.digest(of: with("every: 2")))
    }

    @Test("Measures of a history are taken later as well as at once")
    func later() async throws {
        var study = with(all, snapshots: "[20]")
        study.measures = "[test_accuracy, training_speed]"
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        let atOnce = try laboratory.column("training_speed").map { $0?.value }
        var fresh = study
        fresh.measures = "[test_accuracy]"
        let other = try Laboratory()
        try await other.run(fresh)
        try await other.run(fresh, RunOptions(jobs: 1, measures: ["training_speed"]), training: false)
        #expect(try other.column("training_speed").map { $0?.value } == atOnce)
        #expect(Set(atOnce.compactMap(\.self)).count == 6)
    }

    @Test("A network whose history was damaged, or is not whole, is made again once that is removed")
    func damaged() async throws {
        let laboratory = try Laboratory()
        let study = with("every: 20", snapshots: "[5]")
        try await laboratory.run(study)
        let whole = try laboratory.digest()
        for sql in [
            "UPDATE history SET train_loss = 7 WHERE model_id = 1 AND epoch = 20",
            "DELETE FROM history WHERE model_id = 2 AND epoch = 0", "DELETE FROM history WHERE model_id = 5",
        ] {
            let queue = try DatabaseQueue(path: laboratory.store.path)
            try await queue.write { db in try db.execute(sql: sql) }
            try queue.close()
            #expect(throws: ResultsError.self) { try laboratory.digest() }
            let removed = try laboratory.store.removeDamage()
            #expect(removed.damages.map(\.table) == ["history"] && removed.rows["model"] == 1)
            try await laboratory.run(study)
            #expect(try laboratory.digest() == whole)
        }
    }

    // MARK: Snapshots

    @Test("A snapshot is the network as it was, marked and never one of the population")
    func snapshots() async throws {
        let laboratory = try Laboratory()
        let study = with("every: 7", snapshots: "[0, 3, 20]")
        try await laboratory.run(study, RunOptions(jobs: 1))
        let models = try laboratory.models()
        #expect(models.count == 12 && models.prefix(3).allSatisfy { $0.variant == nil })
        #expect(models.suffix(3).map(\.variant) == ["epoch 20", "epoch 20", "epoch 20"])
        #expect(models.map(\.trainingDigest) == (0..<12).map { models[$0 % 3].trainingDigest })
        #expect(models.map(\.epochs).suffix(9) == [0, 0, 0, 3, 3, 3, 20, 20, 20])
        #expect(models[11].hyperparameters.contains(#""snapshot_epoch":20"#))
        for (place, epochs) in [(6, 3), (9, 20)] {
            let short = try Laboratory()
            try await short.run(cut(after: epochs))
            for (snapshot, network) in zip(models[place..<place + 3], try short.models("cut")) {
                #expect(try laboratory.store.weights(of: snapshot.id) == short.store.weights(of: network.id))
            }
            for column in ["test_accuracy", "train_loss", "hessian_trace"] {
                #expect(
                    try laboratory.column(column)[place..<place + 3].map { $0?.value }
                        == short.column(column, of: "cut").map { $0?.value })
            }
        }
        #expect(
            try laboratory.column("distance_from_initialization").map { $0?.value == 0 }
                == (0..<12).map { (3..<6).contains($0) })
        #expect(try histories(laboratory)[7].entries.map(\.epoch) == [0, 3])
        #expect(try histories(laboratory)[10].entries.map(\.epoch) == [0, 7, 14, 20])
        #expect(try count(laboratory, "checkpoint") == 0)
        let counts = try ReadOnlyQuery("SELECT trained, variants FROM studies", at: laboratory.store.path).rows
        #expect(counts == [[.integer(3), .integer(9)]])
        #expect(
            try ReadOnlyQuery("SELECT count(*) FROM models", at: laboratory.store.path).rows == [[.integer(3)]])
        let own = try ReadOnlyQuery(
            """
            SELECT s.seed, s.epoch, s.test_accuracy FROM snapshots s JOIN models m ON m.model_id = s.network_id
            WHERE m.seed = s.seed ORDER BY s.position
            """, at: laboratory.store.path
        ).rows
        let accuracies = try laboratory.column("test_accuracy").dropFirst(3).compactMap { $0?.value }
        let expected = zip([0, 0, 0, 3, 3, 3, 20, 20, 20], accuracies).enumerated().map { place, row in
            [SQLValue.integer(Int64(place % 3)), .integer(row.0), .real(row.1)]
        }
        #expect(own == expected)
        #expect(
            try ReadOnlyQuery("SELECT count(DISTINCT position) FROM training_history", at: laboratory.store.path).rows
                == [[.integer(3)]])
        // The networks and all that is said of them are as without snapshots.
        let without = try Laboratory()
        try await without.run(with("every: 7"))
        let lines = Set(try laboratory.lines())
        #expect(try without.lines().allSatisfy(lines.contains))
    }

    @Test("Jobs, shards, orders and discarded weights change nothing of a snapshot")
    func orders() async throws {
        let study = with("every: powers-of-two", snapshots: "[1, 5, 30]")
        let expected = try await Laboratory.digest(of: study)
        let sharded = try Laboratory()
        // A snapshot may come before its network, and elsewhere.
        for index in [2, 5, 1, 4, 3] {
            try await sharded.run(study, RunOptions(jobs: 2, shard: .init(index: index, count: 5)))
        }
        #expect(try sharded.digest() == expected)
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        #expect(try laboratory.digest() == expected)
        let discarding = try Laboratory()
        try await discarding.run(study, RunOptions(jobs: 2, discardWeights: true))
        func measured(_ laboratory: Laboratory) throws -> [String] {
            try laboratory.lines().filter { !$0.hasPrefix("model") }
        }
        #expect(try measured(discarding) == measured(laboratory))
        // Measured again without weights, they are trained again and leave nothing behind.
        for other in [discarding, laboratory] {
            try await other.run(study, RunOptions(jobs: 1, measures: ["weight_norm_l1"]), training: false)
            #expect(try count(other, "checkpoint") == 0)
        }
        #expect(try measured(discarding) == measured(laboratory))
    }

    @Test("Snapshots that are added to a study train its networks once more, and only as far as they need")
    func added() async throws {
        let laboratory = try Laboratory()
        try await laboratory.run(plain)
        try await laboratory.run(with("", snapshots: "[2, 9]"))
        #expect(try await laboratory.digest() == Laboratory.digest(of: with("", snapshots: "[2, 9]")))
        #expect(
            try laboratory.models(version: 2).prefix(3).map(\.runID) == laboratory.models(version: 1).map(\.runID))
        #expect(try count(laboratory, "checkpoint") == 0)
    }

    @Test("Where training ended before, a snapshot is the network that it ended with")
    func ended() async throws {
        var study = with("every: 100", snapshots: "[1, 1998, 1999]")
        (study.trainingPoints, study.epochs) = (16, 2000)
        for options in [RunOptions(jobs: 1), RunOptions(jobs: 1, shard: .init(index: 2, count: 2))] {
            let laboratory = try Laboratory()
            try await laboratory.run(study, options)
            try await laboratory.run(study)
            let models = try laboratory.models()
            #expect(models.prefix(3).contains { ($0.epochs ?? 0) < 1998 }, "none stopped early")
            for place in 0..<3 where (models[place].epochs ?? 0) < 1998 {
                for later in [place + 6, place + 9] {
                    #expect(models[later].epochs == models[place].epochs)
                    #expect(
                        try laboratory.store.weights(of: models[later].id)
                            == laboratory.store.weights(of: models[place].id))
                    #expect(try histories(laboratory)[later] == histories(laboratory)[place])
                }
            }
            #expect(try await laboratory.digest() == Laboratory.digest(of: study))
        }
    }

    /// A run that ends when the checkpoint of an epoch after `epochs` cannot be written.
    private func breakOff(
        _ study: ToyStudy, in laboratory: Laboratory, after epochs: Int,
        _ options: RunOptions = RunOptions(jobs: 1, checkpointInterval: 0), training: Bool = true
    ) async throws {
        let queue = try DatabaseQueue(path: laboratory.store.path)
        try await queue.write { db in
            try db.execute(
                sql: """
                    CREATE TRIGGER enough BEFORE INSERT ON checkpoint WHEN NEW.epochs > \(epochs)
                    BEGIN SELECT RAISE(ABORT, 'enough'); END
                    """)
        }
        await #expect(throws: (any Error).self) { try await laboratory.run(study, options, training: training) }
        try await queue.write { db in try db.execute(sql: "DROP TRIGGER enough") }
        try queue.close()
    }

    /// One network that learns too slowly to stop.
    private func slow(_ history: String = "every: 50", snapshots: String) -> ToyStudy {
        var study = with(history, snapshots: snapshots)
        (study.learningRate, study.epochs, study.seeds) = ("0.001", 400, "0")
        return study
    }

    @Test("A snapshot is never taken of a training that is past its epoch")
    func past() async throws {
        // Without snapshots at first, so that none is left on the way.
        let laboratory = try Laboratory()
        try await breakOff(slow(snapshots: ""), in: laboratory, after: 60)
        let study = slow(snapshots: "[1, 30]")
        let network = try study.file.specification.definition.models[0].trainingDigest
        #expect(try laboratory.store.checkpoint(ofNetwork: network)?.epochs == 60)
        // Snapshots first.
        for index in [2, 3] {
            try await laboratory.run(
                study, RunOptions(jobs: 1, shard: .init(index: index, count: 3), checkpointInterval: 0))
        }
        #expect(try laboratory.models().map(\.epochs) == [1, 30])
        // The network's own training is not lost by that.
        #expect(try laboratory.store.checkpoint(ofNetwork: network)?.epochs == 60)
        try await laboratory.run(study)
        #expect(try await laboratory.digest() == Laboratory.digest(of: study))
        #expect(try count(laboratory, "checkpoint") == 0)
    }

    @Test("A measure that is broken off while a network without weights is trained again goes on, and leaves nothing")
    func measuredAgain() async throws {
        let study = slow(snapshots: "[1, 300]")
        let laboratory = try Laboratory()
        try await laboratory.run(study, RunOptions(jobs: 1, discardWeights: true))
        let options = RunOptions(jobs: 1, measures: ["weight_norm_l1"], checkpointInterval: 0)
        try await breakOff(study, in: laboratory, after: 60, options, training: false)
        try await laboratory.run(study, options, training: false)
        let whole = try Laboratory()
        try await whole.run(study)
        try await whole.run(study, options, training: false)
        #expect(
            try laboratory.column("weight_norm_l1").map { $0?.value }
                == whole.column("weight_norm_l1").map { $0?.value })
        #expect(try count(laboratory, "checkpoint") == 0)
    }

    @Test("Who trains a network, it or a copy of it, writes the same down")
    func copies() async throws {
        var study = with(all, snapshots: "[1, 20]")
        study.population += ", rescaled: {seeds: 0-1, factors: {1: [3]}}"
        study.measures = "[test_accuracy, hessian_trace, late_gradient_noise, training_speed]"
        let expected = try await Laboratory.digest(of: study)
        let laboratory = try Laboratory()
        // The copies are at positions 3 and 4.
        for index in [4, 5, 11, 10, 9, 8, 7, 6, 3, 2, 1] {
            try await laboratory.run(study, RunOptions(jobs: 1, shard: .init(index: index, count: 11)))
        }
        #expect(try laboratory.digest() == expected)
        let speed = try laboratory.column("late_gradient_noise").map { $0?.value }
        #expect(speed[3] == speed[0] && speed[4] == speed[1] && speed[0] != nil)
    }

    @Test("A study that asks for no history gets none from a training that another one began")
    func begun() async throws {
        let laboratory = try Laboratory()
        try await breakOff(slow(snapshots: "[1, 20]"), in: laboratory, after: 60)
        var plain = slow("", snapshots: "[1, 20]")
        plain.name = "plain"
        try await laboratory.run(plain)
        #expect(try laboratory.store.histories(of: laboratory.record("plain").id).isEmpty)
        #expect(try await laboratory.digest("plain") == Laboratory.digest(of: plain))
    }

    @Test("What diverges later has its early snapshots, and fails where it was not any more")
    func diverging() async throws {
        var study = with("every: 1", snapshots: "[0, 2, 50]")
        (study.streams, study.learningRate) = (", drops: [{epoch: 5, factor: 1e30}], history: {every: 1}", "0.1")
        for order in [[1, 2], [2, 1]] {
            let laboratory = try Laboratory()
            for index in order {
                try await laboratory.run(study, RunOptions(jobs: 1, shard: .init(index: index, count: 2)))
            }
            let counts = try ReadOnlyQuery(
                "SELECT failed, (SELECT count(*) FROM failed) FROM studies", at: laboratory.store.path)
            #expect(counts.rows == [[.integer(3), .integer(3)]])
            let outcomes = try laboratory.models().map { $0.outcome == .trained }
            #expect(outcomes == [false, false, false, true, true, true, true, true, true, false, false, false])
            #expect(try await laboratory.digest() == Laboratory.digest(of: study))
        }
    }

    @Test("Networks are compared with networks, snapshots with those of the same epoch")
    func peers() async throws {
        var study = with("", snapshots: "[1, 20]")
        study.measures = "[test_accuracy, ensemble_agreement, disagreement]"
        let laboratory = try Laboratory()
        try await laboratory.run(study)
        for (name, epochs, place) in [("end", 60, 0), ("one", 1, 3), ("twenty", 20, 6)] {
            var alone = study
            (alone.population, alone.epochs, alone.name) = ("", epochs, name)
            try await laboratory.run(alone)
            for column in ["ensemble_agreement", "disagreement"] {
                #expect(
                    try laboratory.column(column)[place..<place + 3].map { $0?.value }
                        == laboratory.column(column, of: name).map { $0?.value })
            }
        }
    }

    private func count(_ laboratory: Laboratory, _ table: String) throws -> Int {
        let rows = try ReadOnlyQuery("SELECT count(*) FROM \(table)", at: laboratory.store.path).rows
        guard case .integer(let count)? = rows.first?.first else { return -1 }
        return Int(count)
    }
}
