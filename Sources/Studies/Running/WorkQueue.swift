import Synchronization

/// Tasks in order, each dealt once, to any thread.
final class WorkQueue: Sendable {
    private let rest: Mutex<ArraySlice<ModelTask>>

    init(_ tasks: [ModelTask]) { rest = Mutex(tasks[...]) }

    func next() -> ModelTask? { rest.withLock { $0.popFirst() } }
}
