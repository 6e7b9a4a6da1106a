import Datasets
import Diagnostics
import Foundation
import Synchronization

/// Shows a fetch on standard error: on a terminal a line that renews itself, else a plain line every five seconds.
final class DataFetchProgress: Sendable {
    private struct State {
        var lastShown = ContinuousClock.now
        var isLineOpen = false
    }

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    func show(_ event: FetchEvent) {
        switch event {
        case .present(let path): line("\(path) is here and intact")
        case .damaged(let path, let reason): line("\(path) will be replaced: \(reason)")
        case .started(let file, let url, let offset):
            line("fetching \(file.packedName) from \(url)" + (offset > 0 ? ", going on at byte \(offset)" : ""))
        case .received(let file, let bytes, let total): renew("\(file.packedName): \(Self.amount(bytes, of: total))")
        case .mirrorFailed(_, let url, let reason): line("\(url): \(reason)")
        case .stored(let path): line("\(path) is complete, and intact")
        }
    }

    static func say(_ text: String) { basin.say("basin: \(text)") }

    private func line(_ text: String) {
        state.withLock { state in
            if state.isLineOpen { Self.write("\r\u{1B}[K") }
            state.isLineOpen = false
            Self.say(text)
        }
    }

    private func renew(_ text: String) {
        state.withLock { state in
            guard ContinuousClock.now - state.lastShown > (isTerminal ? .milliseconds(100) : .seconds(5)) else {
                return
            }
            state.lastShown = .now
            guard isTerminal else { return Self.say(text) }
            Self.write("\r\u{1B}[Kbasin: \(text.withVisibleControlsOnOneLine)")
            state.isLineOpen = true
        }
    }

    private static func amount(_ bytes: Int, of total: Int?) -> String {
        guard let total, total > 0 else { return megabytes(bytes) }
        return "\(megabytes(bytes)) of \(megabytes(total)), \(100 * bytes / total)%"
    }

    private static func megabytes(_ bytes: Int) -> String { "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB" }

    private static func write(_ text: String) { writeToStandardError(text) }
}
