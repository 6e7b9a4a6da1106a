import Dispatch
import Foundation

/// Work that was broken off on request.
struct Interruption: Error {
    /// What of it is kept, and how to go on.
    let kept: String
}

/// Calls `body` on Ctrl-C or when the process is asked to end, instead of dying of it.
///
/// - Returns: to be cancelled when the work is over.
func onInterruption(_ body: @escaping @Sendable () -> Void) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler {
            body()
            // Whoever asks a second time does not want to wait.
            signal(number, SIG_DFL)
        }
        source.setCancelHandler { signal(number, SIG_DFL) }
        source.resume()
        return source
    }
}
