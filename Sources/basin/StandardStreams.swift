import Diagnostics
import Glibc

/// Messages and progress. A standard error that cannot be written is no reason to lose work.
func writeToStandardError(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        bytes = bytes.dropFirst(count)
    }
}

/// Results. What does not arrive is an error: nobody shall take half a table for a whole one.
func writeToStandardOutput(_ text: String) throws {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
        let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
        if count < 0, errno == EPIPE { throw ReaderGone() }
        guard count > 0 else { throw OutputNotWritten(reason: String(cString: strerror(errno))) }
        bytes = bytes.dropFirst(count)
    }
}

/// Standard output does not take what was asked for.
struct OutputNotWritten: Error, CustomStringConvertible {
    let reason: String

    var description: String { "The output cannot be written: \(reason)." }
}

/// The reader of standard output closed it. Only where SIGPIPE is ignored: it ends the program otherwise.
struct ReaderGone: Error {}
