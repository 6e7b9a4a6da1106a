import Dispatch
import Glibc
import Synchronization

/// Work that was broken off on request.
struct Interruption: Error {
    /// What of it is kept, and how to go on.
    let kept: String
}

/// What signals ask of the command: to stop, keeping what there is to keep.
///
/// SIGINT is Ctrl-C, SIGHUP a terminal that was closed, SIGTERM and the others what a scheduler sends before it kills.
/// However many come, they ask once, as schedulers and shells send several; a second Ctrl-C alone does not want to
/// wait.
/// SIGQUIT (Ctrl-\) stays what it is.
///
/// Where nothing is under way that could be kept, the command ends at once, with the same status.
final class StopRequests: Sendable {
    static let shared = StopRequests()

    private struct State {
        /// What work under way does to stop.
        var stop: (@Sendable () -> Void)?
        var isStopping = false
        var interruptions = 0
    }

    private let state = Mutex(State())
    /// Kept alive; written once, by `listen`.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGUSR1, SIGUSR2]

    var isStopping: Bool { state.withLock(\.isStopping) }

    /// Begins to listen. What was ignored when the program started stays ignored, as `nohup` asks for; SIGINT aside,
    /// which shells ignore for all that they start in the background.
    func listen() {
        let heard = Self.signals.filter { number in
            var action = sigaction()
            sigaction(number, nil, &action)
            let isIgnored = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
            return number == SIGINT || !isIgnored
        }
        // Whatever runs on the shared queues, signals have one of their own.
        let queue = DispatchQueue(label: "basin.signals")
        sources = heard.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [self] in take(number) }
            source.resume()
            return source
        }
    }

    /// Calls `stop` when the command is asked to stop, until the answer is cancelled.
    func whileWorking(_ stop: @escaping @Sendable () -> Void) { state.withLock { $0.stop = stop } }

    /// The work is over: there is nothing to keep any more.
    func workIsOver() { state.withLock { $0.stop = nil } }

    private func take(_ number: Int32) {
        let answer: (() -> Void)? = state.withLock { state in
            if number == SIGINT { state.interruptions += 1 }
            if state.interruptions > 1 { return Self.endAtOnce }
            if state.isStopping { return nil }
            state.isStopping = true
            return state.stop ?? Self.endAtOnce
        }
        answer?()
    }

    private static func endAtOnce() {
        say("basin: interrupted")
        _exit(130)
    }
}

/// Work that a signal asks to stop, and to keep what it has: `stop` is called once then, whatever signals come.
struct Listening {
    fileprivate init() {}

    func cancel() { StopRequests.shared.workIsOver() }
}

/// Calls `stop` when the command is asked to stop, instead of ending.
///
/// - Returns: to be cancelled when the work is over.
func onInterruption(_ stop: @escaping @Sendable () -> Void) -> Listening {
    StopRequests.shared.whileWorking(stop)
    return Listening()
}

/// Runs work that stops when its task is cancelled, which signals do.
func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let task = Task(operation: work)
    let listening = onInterruption { task.cancel() }
    defer { listening.cancel() }
    let value = try await task.value
    // It was done before it could stop: whatever was to follow is not begun.
    if StopRequests.shared.isStopping { throw CancellationError() }
    return value
}
