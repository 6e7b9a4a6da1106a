import CCURL
import Synchronization

/// Ends a transfer from another thread than its own.
final class TransferStop: Sendable {
    private struct State {
        var isRequested = false
        /// Address of libcurl's handle that waits; 0 before and after.
        var waiting: UInt = 0
    }

    private let state = Mutex(State())

    var isRequested: Bool { state.withLock { $0.isRequested } }

    /// Asks the transfer to end, and wakes it.
    func request() {
        state.withLock { state in
            state.isRequested = true
            if let handle = UnsafeMutableRawPointer(bitPattern: state.waiting) { curl_multi_wakeup(handle) }
        }
    }

    /// Keeps the handle to be woken for as long as `body` runs.
    func waking<Result>(_ handle: UnsafeMutableRawPointer, _ body: () throws -> Result) rethrows -> Result {
        let address = UInt(bitPattern: handle)
        state.withLock { $0.waiting = address }
        defer { state.withLock { $0.waiting = 0 } }
        return try body()
    }
}
