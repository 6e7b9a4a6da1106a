import Synchronization

/// Tasks in order, each dealt once, to any thread, unless it is put back.
final class WorkQueue: Sendable {
    private struct State {
        var rest: ArraySlice<ModelTask>
        /// Tasks that others are working on; dealt again when there is nothing else.
        var putBack: [ModelTask] = []
    }

    private let state: Mutex<State>

    init(_ tasks: [ModelTask]) { state = Mutex(State(rest: tasks[...])) }

    func next() -> ModelTask? {
        state.withLock { state in
            if let task = state.rest.popFirst() { return task }
            return state.putBack.isEmpty ? nil : state.putBack.removeFirst()
        }
    }

    func putBack(_ task: ModelTask) { state.withLock { $0.putBack.append(task) } }

    /// Whether only tasks are left that were put back.
    var isWaiting: Bool { state.withLock { $0.rest.isEmpty } }
}
