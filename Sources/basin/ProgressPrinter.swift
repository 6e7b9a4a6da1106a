import Diagnostics
import Foundation
import Reports
import Running
import Synchronization
import Typography

/// Shows progress on standard error: one line that renews itself on a terminal, else a plain line at each tick and at
/// the end.
final class ProgressPrinter: Sendable {
    private struct State {
        var latest: String?
        var lastShown = ContinuousClock.now - .seconds(60)
        var isLineOpen = false
    }

    private let title: String
    let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    init(title: String) { self.title = title }

    /// Takes note of progress; on a terminal it is shown at most ten times a second.
    func show(_ progress: StudyProgress) { show(progress.line) }

    /// The same in words.
    func show(_ line: String) {
        state.withLock { state in
            state.latest = line
            guard isTerminal, ContinuousClock.now - state.lastShown > .milliseconds(100) else { return }
            renew(&state)
        }
    }

    /// Shows the latest progress.
    func tick() { state.withLock { renew(&$0) } }

    /// Shows the last progress and leaves the line.
    func end() {
        state.withLock { state in
            renew(&state)
            if state.isLineOpen { write("\n") }
            state.isLineOpen = false
        }
    }

    private func renew(_ state: inout State) {
        guard let latest = state.latest else { return }
        state.lastShown = .now
        let line = "\(title): \(latest)".withVisibleControlsOnOneLine
        if isTerminal {
            // A line that wraps cannot be renewed, and leaves one behind at each tick.
            write("\r\u{1B}[K\(shortened(line, toCells: (TerminalWindow(of: STDERR_FILENO)?.columns ?? 80) - 1))")
            state.isLineOpen = true
        } else {
            write("\(line)\n")
        }
    }

    private func write(_ text: String) { writeToStandardError(text) }
}
