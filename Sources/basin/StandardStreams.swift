import Diagnostics
@preconcurrency import Glibc

/// Makes what happens to the three standard streams an answer of `write`, and never the end of the program: whoever
/// stops reading messages does not stop work.
func takeOverStandardStreams() {
    signal(SIGPIPE, SIG_IGN)
    // The same of a file that reaches the size that `ulimit -f` allows.
    signal(SIGXFSZ, SIG_IGN)
    // Where one is closed, the next file that is opened would take its place, and messages would go into it. What
    // cannot be written says so when it is written to.
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(stream, F_GETFD) == -1 {
        _ = open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
}

/// A message for a person, on a line of its own, or several: nothing in it commands the terminal.
func say(_ message: String) { writeToStandardError(message.withVisibleControls + "\n") }

/// Messages and progress as they are. A standard error that cannot be written is no reason to lose work.
func writeToStandardError(_ text: String) { _ = writeAll(text, to: STDERR_FILENO) }

/// Results. What does not arrive is an error: nobody shall take half a table for a whole one.
func writeToStandardOutput(_ text: String) throws {
    switch writeAll(text, to: STDOUT_FILENO) {
    case nil: return
    case EPIPE: throw ReaderGone()
    case let number?: throw OutputNotWritten(reason: String(cString: strerror(number)))
    }
}

/// Throws if something that was printed did not arrive: `print` itself does not say so.
func finishStandardOutput() throws {
    errno = 0
    guard fflush(stdout) != 0 || ferror(stdout) != 0 else { return }
    switch errno {
    case EPIPE: throw ReaderGone()
    case 0: throw OutputNotWritten(reason: "a part was lost")
    case let number: throw OutputNotWritten(reason: String(cString: strerror(number)))
    }
}

/// - Returns: nil, or the error's number.
private func writeAll(_ text: String, to stream: Int32) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
        var rest = UnsafeRawBufferPointer(bytes)
        while !rest.isEmpty {
            let count = write(stream, rest.baseAddress, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            } else if errno == EAGAIN {
                // A stream that another process made non-blocking.
                var wait = pollfd(fd: stream, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

/// Standard output does not take what was asked for.
struct OutputNotWritten: Error, CustomStringConvertible {
    let reason: String

    var description: String { "The output cannot be written: \(reason)." }
}

/// The reader of standard output closed it.
struct ReaderGone: Error {}
