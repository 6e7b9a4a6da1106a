import Foundation
import Testing

@Suite(.serialized) struct ContinuationTests {
    /// Long enough to be caught in the middle.
    private func workplace() throws -> Workplace { try Workplace(networks: 10, epochs: 1500) }

    @Test("One job, two jobs and a second run after kill -9 in the middle give the same bits")
    func sameBits() throws {
        let place = try workplace()
        #expect(try place.basin("run", "toy", "--jobs", "1", "--db", "one.sqlite").status == 0)
        #expect(try place.basin("run", "toy", "--jobs", "2", "--db", "two.sqlite").status == 0)
        let expected = try place.digest(in: "one.sqlite")
        #expect(try place.digest(in: "two.sqlite") == expected)
        for kept in [1, 4, 8] {
            let file = "killed-\(kept).sqlite"
            let run = try place.start(["run", "toy", "--jobs", "2", "--db", file])
            run.wait { place.finished(in: file) >= kept }
            kill(run.process.processIdentifier, SIGKILL)
            #expect(try run.wait().status == SIGKILL)
            let before = place.finished(in: file)
            #expect((kept..<10).contains(before), "killed in the middle")
            let second = try place.basin("run", "toy", "--jobs", "2", "--db", file)
            #expect(second.status == 0)
            #expect(second.errors.contains("\(before) from earlier runs"), "\(second.errors)")
            #expect(try place.digest(in: file) == expected)
        }
    }

    @Test("Ctrl-C keeps the finished networks, drops those under way at once and exits with 130")
    func interrupted() throws {
        let place = try workplace()
        let run = try place.start(["run", "toy", "--jobs", "2"])
        run.wait { place.finished() >= 2 }
        kill(run.process.processIdentifier, SIGINT)
        let answer = try run.wait()
        #expect(answer.status == 130)
        #expect(
            answer.errors.contains(
                """
                interrupted; what was finished is kept, and so is every network under way that has trained for two \
                seconds
                """
            ))
        // A signal that waits for a worker to run out of work would find nine.
        #expect((2...7).contains(place.finished()))
        #expect(try place.basin("run", "toy").status == 0)
        #expect(place.finished() == 10)
    }

    @Test("Two processes on one results file end with the same content as one")
    func together() throws {
        let place = try workplace()
        #expect(try place.basin("run", "toy", "--db", "one.sqlite").status == 0)
        let both = try (0..<2).map { _ in try place.start(["run", "toy", "--jobs", "1", "--db", "both.sqlite"]) }
        for run in both { #expect(try run.wait().status == 0) }
        #expect(try place.digest(in: "both.sqlite") == place.digest(in: "one.sqlite"))
    }

    /// Regimes, copies, a measure of the population, and networks long enough to be hit in the middle.
    private func variedWorkplace() throws -> Workplace {
        let place = try Workplace()
        for (name, measures) in [
            ("toy", "[test_accuracy, pair_proxy, ensemble_agreement, weight_norm_l2]"),
            ("other", "[test_accuracy, ensemble_agreement, dead_units]"),
        ] {
            try place.folder.write(
                """
                name: \(name)
                data: {dataset: synthetic, training_points: 60, seed: 3, probes: {count: 10, seed: 4}}
                network: {hidden: [12, 6]}
                training: {learning_rate: 0.01, batch_size: 4, epochs: 5000}
                population:
                  regimes: {small: {seeds: 0-2}, large: {training.batch_size: 15, training.epochs: 12000, seeds: 10-12}}
                  rescaled: {seeds: [0, 11], factors: {1: [2, 3]}}
                measures: \(measures)
                """, to: "studies/\(name).yml")
        }
        return place
    }

    @Test("Killed at any moment, again and again, a study ends with the bits of one run")
    func killedAnywhere() throws {
        let place = try variedWorkplace()
        let start = ContinuousClock.now
        #expect(try place.basin("run", "toy", "--jobs", "1", "--db", "one.sqlite").status == 0)
        let whole = (ContinuousClock.now - start) / .milliseconds(1)
        var instants: [UInt32] = []
        for jobs in [2, 1, 3, 2, 1] {
            let run = try place.start(["run", "toy", "--jobs", "\(jobs)"])
            instants.append(UInt32.random(in: 20...max(21, UInt32(whole / 3))))
            usleep(instants[instants.count - 1] * 1000)
            kill(run.process.processIdentifier, SIGKILL)
            _ = try run.wait()
        }
        let last = try place.basin("run", "toy", "--jobs", "2")
        #expect(last.status == 0, "\(last.errors)")
        #expect(try place.digest() == place.digest(in: "one.sqlite"), "killed after \(instants) ms")
        #expect(try place.isWhole())
        let (claims, runs) = place.work()
        #expect(claims.isEmpty)
        // A killed run whose claims nobody wanted may still be called running.
        #expect(runs.last?.outcome == .finished && runs.dropLast().allSatisfy { $0.outcome != .failed })
    }

    @Test("A process waits for what another works on, and takes it over when that one is killed")
    func takenOver() throws {
        let place = try Workplace(networks: 2, epochs: 30_000)
        let first = try place.start(["run", "toy", "--jobs", "2"])
        first.wait { place.work().claims.count == 2 }
        usleep(20_000)
        kill(first.process.processIdentifier, SIGSTOP)
        let held = place.work()
        #expect(held.claims.count == 2 && held.runs.count == 1, "stopped in the middle")
        let second = try place.start(["run", "toy", "--jobs", "2"])
        second.wait { place.work().runs.count == 2 }
        // Long enough to ask several times.
        usleep(700_000)
        #expect(second.process.isRunning)
        #expect(place.work().claims == held.claims)
        #expect(place.finished() == 0)
        kill(first.process.processIdentifier, SIGKILL)
        #expect(try first.wait().status == SIGKILL)
        let answer = try second.wait()
        #expect(answer.status == 0, "\(answer.errors)")
        #expect(answer.errors.contains("2/2 networks"))
        let (claims, runs) = place.work()
        #expect(claims.isEmpty && runs.map(\.outcome) == [.interrupted, .finished])
        #expect(try place.basin("run", "toy", "--db", "one.sqlite").status == 0)
        #expect(try place.digest() == place.digest(in: "one.sqlite"))
        #expect(try place.isWhole())
    }

    @Test("Two studies at once on one results file each find what they find alone, though they share networks")
    func twoStudies() throws {
        let place = try variedWorkplace()
        let both = try ["toy", "other"].map { try place.start(["run", $0, "--jobs", "2", "--db", "both.sqlite"]) }
        for run in both {
            let answer = try run.wait()
            #expect(answer.status == 0, "\(answer.errors)")
        }
        for study in ["toy", "other"] {
            #expect(try place.basin("run", study, "--db", "\(study).sqlite").status == 0)
            #expect(try place.digest(of: study, in: "both.sqlite") == place.digest(of: study, in: "\(study).sqlite"))
        }
        #expect(try place.isWhole("both.sqlite"))
        #expect(try place.basin("run", "other", "--db", "toy.sqlite").status == 0)
        #expect(try place.digest(of: "other", in: "toy.sqlite") == place.digest(of: "other", in: "other.sqlite"))
    }

    @Test("A failed network is listed, left alone, tried again on request, and its failure kept on record")
    func retried() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        let expected = try place.digest()
        // Training fails in the same way each time; a failure that goes away is made by hand.
        try alter(
            place.folder("basin.sqlite"),
            """
            PRAGMA foreign_keys = ON;
            DELETE FROM weights WHERE model_id = (SELECT id FROM model WHERE position = 1);
            DELETE FROM measurement WHERE model_id = (SELECT id FROM model WHERE position = 1);
            UPDATE model SET status = 'failed', reason = 'made up', epochs = NULL WHERE position = 1
            """)
        let list = ["sql", "SELECT position, reason, recovered FROM failed", "--format", "csv"]
        let left = try place.basin("run", "toy")
        #expect(
            left.status == 0 && left.errors.contains("nothing left to do") && left.errors.contains("1 network failed"))
        #expect(try place.start(list).wait().output.split(whereSeparator: \.isNewline).last == "1,made up,0")
        #expect(place.work().runs.count == 1)
        let retried = try place.basin("run", "toy", "--retry-failed")
        #expect(retried.status == 0 && retried.errors.contains("1/1 networks"), "\(retried.errors)")
        #expect(try place.start(list).wait().output.split(whereSeparator: \.isNewline).last == "1,made up,1")
        #expect(try place.digest() == expected)
    }

    @Test("Values of a population measure that a killed run left out are filled by the next run")
    func missingValues() throws {
        let place = try variedWorkplace()
        #expect(try place.basin("run", "other").status == 0)
        let expected = try place.digest(of: "other")
        for rows in ["", " AND model_id % 2 = 0"] {
            try alter(
                place.folder("basin.sqlite"), "DELETE FROM measurement WHERE measure = 'ensemble_agreement'\(rows)")
            #expect(try place.digest(of: "other") != expected)
            #expect(try place.basin("run", "other").status == 0)
            #expect(try place.digest(of: "other") == expected)
        }
    }

    @Test("A finished study is not run again; shards and limits add up to the whole")
    func parts() throws {
        let place = try Workplace(networks: 6)
        #expect(try place.basin("run", "toy", "--db", "one.sqlite").status == 0)
        #expect(try place.basin("run", "toy", "--db", "one.sqlite").errors.contains("nothing left to do"))
        #expect(try place.basin("run", "toy", "--shard", "2/2", "--limit", "1").status == 0)
        #expect(place.finished() == 1)
        #expect(try place.basin("run", "toy", "--shard", "1/2").status == 0)
        #expect(place.finished() == 4)
        #expect(try place.basin("run", "toy", "--shard", "2/2").status == 0)
        #expect(try place.digest() == place.digest(in: "one.sqlite"))
    }

    @Test("A measure added later reads kept weights, or trains anew where they were discarded, to the same value")
    func measuredLater() throws {
        let place = try Workplace()
        #expect(try place.basin("run", "toy").status == 0)
        #expect(try place.basin("run", "toy", "--discard-weights", "--db", "light.sqlite").status == 0)
        for file in ["basin.sqlite", "light.sqlite"] {
            #expect(try place.basin("measure", "toy", "--measures", "weight_norm_l1", "--db", file).status == 0)
        }
        let query = "SELECT seed, weight_norm_l1 FROM models ORDER BY seed"
        let kept = try place.basin("sql", query)
        #expect(kept.output.split(whereSeparator: \.isNewline).count == 5)
        #expect(try place.basin("sql", query, "--db", "light.sqlite").output == kept.output)
    }
}
