import Foundation

/// One process, so that another one that got its number later is not taken for it.
public struct ProcessIdentity: Sendable, Hashable {
    /// The machine's name; inside a container with processes of its own, which of them.
    public let host: String
    public let pid: Int32
    /// The machine's boot and the process's start in ticks since then, "BOOT TICKS"; empty where the system does not
    /// tell.
    public let start: String

    public init(host: String, pid: Int32, start: String) {
        self.host = host
        self.pid = pid
        self.start = start
    }
}

/// What a store knows of processes: its own, and which others live.
public struct ProcessTable: Sendable {
    /// The process that this store's runs belong to.
    public let current: ProcessIdentity
    /// Whether a process lives; nil where that cannot be told, as of another host.
    public let isAlive: @Sendable (ProcessIdentity) -> Bool?

    public init(current: ProcessIdentity, isAlive: @escaping @Sendable (ProcessIdentity) -> Bool?) {
        self.current = current
        self.isAlive = isAlive
    }

    /// The processes of this machine, by `/proc`.
    public static let system = ProcessTable(current: identity(of: getpid())) { process in
        let now = identity(of: process.pid)
        guard process.host == now.host, !process.start.isEmpty else { return nil }
        // Another start is another process; another boot ended them all.
        if !now.start.isEmpty { return now.start == process.start }
        if isZombie(process.pid) { return false }
        // /proc may hide the processes of other users; the kernel knows which numbers are free.
        return kill(process.pid, 0) == -1 && errno == ESRCH ? false : nil
    }

    /// The process of this machine that has a number now; its start is empty when there is none that runs.
    public static func identity(of pid: Int32) -> ProcessIdentity {
        let boot = text("/proc/sys/kernel/random/boot_id")
        let start = startTicks(ofStat: text("/proc/\(pid)/stat"))
        return ProcessIdentity(
            host: host, pid: pid, start: start.flatMap { boot.isEmpty ? nil : "\(boot) \($0)" } ?? "")
    }

    /// The start in clock ticks since boot, field 22 of the text of `/proc/PID/stat`; nil for a process that has ended.
    ///
    /// Field 2 is the program's name in parentheses, which may hold blanks and parentheses itself.
    public static func startTicks(ofStat text: String) -> UInt64? {
        let fields = fields(ofStat: text)
        guard fields.count > 19, !isEnded(fields) else { return nil }
        return UInt64(fields[19])
    }

    /// The fields of `/proc/PID/stat` from the third one, the state, on.
    private static func fields(ofStat text: String) -> [Substring] {
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
    }

    /// A zombie has ended, and keeps its number only until its parent asks how.
    private static func isEnded(_ fields: [Substring]) -> Bool { fields.first == "Z" || fields.first == "X" }

    private static func isZombie(_ pid: Int32) -> Bool { isEnded(fields(ofStat: text("/proc/\(pid)/stat"))) }

    private static let host: String = {
        // Foundation's own answer may ask the network.
        var bytes = [CChar](repeating: 0, count: 256)
        gethostname(&bytes, bytes.count - 1)
        let name = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let namespace = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")) ?? ""
        // The number of the machine's own process table, the same on every Linux.
        return namespace.isEmpty || namespace == "pid:[4026531836]" ? name : "\(name) \(namespace)"
    }()

    private static func text(_ path: String) -> String {
        // A program's name may be any bytes.
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
