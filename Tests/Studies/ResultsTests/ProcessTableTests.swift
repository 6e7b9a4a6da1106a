import Foundation
import Results
import Testing

@Suite struct ProcessTableTests {
    private let system = ProcessTable.system

    @Test("This process lives; one of another start or of another boot does not, one of another host cannot be seen")
    func identities() {
        let this = system.current
        #expect(this.pid == getpid() && !this.start.isEmpty && !this.host.isEmpty)
        #expect(system.isAlive(this) == true)
        #expect(system.isAlive(ProcessIdentity(host: this.host, pid: this.pid, start: this.start + "1")) == false)
        #expect(system.isAlive(ProcessIdentity(host: this.host, pid: this.pid, start: "other" + this.start)) == false)
        #expect(system.isAlive(ProcessIdentity(host: "another", pid: this.pid, start: this.start)) == nil)
        #expect(system.isAlive(ProcessIdentity(host: this.host, pid: this.pid, start: "")) == nil)
    }

    @Test("A process that has ended is dead, also while it is a zombie")
    func ended() throws {
        // Spawned by hand: Foundation would collect it at once.
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sleep"), strdup("600"), nil]
        defer { arguments.forEach { free($0) } }
        try #require(posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, environ) == 0)
        let child = ProcessTable.identity(of: pid)
        #expect(system.isAlive(child) == true)
        kill(pid, SIGKILL)
        var information = siginfo_t()
        // Waits until it has ended and leaves it a zombie.
        waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT)
        #expect(system.isAlive(child) == false)
        waitpid(pid, nil, 0)
        #expect(system.isAlive(child) == false)
    }

    @Test(
        "The start is field 22 of /proc's text, whatever the program's name; a zombie has none",
        arguments: [
            ("7 (swift) S 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 9 0 123456 1000 1", 123_456 as UInt64?),
            ("7 (a b) c (d) R 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 9 0 98765432109 1000 1", 98_765_432_109),
            ("7 (swift) Z 1 7 7 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 9 0 123456 0 0", nil),
            ("7 (swift) S 1 7 7", nil), ("", nil),
        ])
    func startTicks(text: String, expected: UInt64?) {
        #expect(ProcessTable.startTicks(ofStat: text) == expected)
    }
}
