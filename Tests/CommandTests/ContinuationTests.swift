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
        #expect(answer.errors.contains("interrupted; what was finished is kept"))
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
