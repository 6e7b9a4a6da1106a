import Foundation
import GRDB
import Testing

@Suite(.serialized) struct SignalTests {
    /// Runs a line of bash in the working directory; `$0` in it is the command.
    private func bash(_ line: String, in place: Workplace) throws -> Running {
        try place.start(program: "/bin/bash", ["-c", line, Workplace.executable.path])
    }

    @Test(
        "Whatever asks a run to stop, and however often, it keeps the finished networks and exits with 130",
        arguments: [SIGHUP, SIGTERM, SIGXCPU, SIGUSR1, SIGUSR2])
    func stops(number: Int32) throws {
        let place = try Workplace(networks: 10, epochs: 1500)
        let run = try place.start(["run", "toy", "--jobs", "2"])
        run.wait { place.finished() >= 2 }
        for _ in 0..<20 where run.process.isRunning {
            kill(run.process.processIdentifier, number)
            usleep(500)
        }
        let answer = try run.wait()
        #expect(run.process.terminationReason == .exit && answer.status == 130, "\(answer.errors)")
        #expect(answer.errors.contains("interrupted; what was finished is kept"), "\(answer.errors)")
        #expect((2..<10).contains(place.finished()))
        #expect(place.work().runs.map(\.outcome) == [.interrupted] && place.work().claims.isEmpty)
    }

    @Test("Closing the terminal keeps what trained, as Ctrl-C does: the next run goes on from its checkpoint")
    func keepsCheckpoints() throws {
        let place = try Workplace(networks: 1, epochs: 400_000)
        let run = try place.start(["run", "toy", "--jobs", "1"])
        run.wait { place.work().claims.count == 1 }
        // What has trained for two seconds is kept; nothing of it can be seen from outside.
        usleep(4_000_000)
        try #require(run.process.isRunning, "stopped in the middle")
        kill(run.process.processIdentifier, SIGHUP)
        #expect(try run.wait().status == 130)
        let kept = try place.basin("sql", "SELECT count(*) AS n FROM checkpoint", "--format", "csv").output
        #expect(kept.split(whereSeparator: \.isNewline).last == "1")
    }

    @Test("A second Ctrl-C ends at once, with the same status, and waits for nothing that the first one keeps")
    func secondInterruption() throws {
        let place = try Workplace(networks: 10, epochs: 1500)
        let run = try place.start(["run", "toy", "--jobs", "2"])
        run.wait { place.finished() >= 1 }
        // While another process holds the file, the first one cannot note how the run ended.
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        let other = try DatabaseQueue(path: place.folder("basin.sqlite"), configuration: configuration)
        try other.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            while run.process.isRunning {
                kill(run.process.processIdentifier, SIGINT)
                usleep(20_000)
            }
            try db.execute(sql: "ROLLBACK")
        }
        let answer = try run.wait()
        #expect(answer.status == 130 && answer.errors.hasSuffix("basin: interrupted\n"), "\(answer.errors)")
        #expect(place.work().runs.map(\.outcome) == [.running])
    }

    @Test("With nohup a closed terminal is no reason to stop")
    func nohup() throws {
        let place = try Workplace(networks: 4, epochs: 1500)
        let run = try bash(#"trap "" HUP; exec "$0" run toy"#, in: place)
        run.wait { place.finished() >= 1 }
        kill(run.process.processIdentifier, SIGHUP)
        #expect(try run.wait().status == 0)
        #expect(place.finished() == 4)
    }

    @Test("A command that keeps nothing ends at once, with the same status and a word of it")
    func nothingToKeep() throws {
        let place = try Workplace(networks: 1)
        let run = try place.start(["simulate", "verdicts", "--studies", "1000000", "--models", "1000"])
        run.wait { isListening(run.process.processIdentifier) }
        while run.process.isRunning {
            kill(run.process.processIdentifier, SIGTERM)
            usleep(20_000)
        }
        let answer = try run.wait()
        #expect(run.process.terminationReason == .exit && answer.status == 130)
        #expect(answer.errors == "basin: interrupted\n" && answer.output.isEmpty)
    }

    /// Whether the process has seen to it that SIGTERM does not end it, by the masks that the system shows.
    private func isListening(_ process: Int32) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        return status.split(separator: "\n").contains { line in
            guard line.hasPrefix("SigIgn:") || line.hasPrefix("SigCgt:"), let mask = line.split(separator: "\t").last
            else { return false }
            return (UInt64(mask, radix: 16) ?? 0) & 1 << UInt64(SIGTERM - 1) != 0
        }
    }
}
