import Foundation

/// One HTTP request whose body goes to the end of a file as it arrives.
///
/// With a file that holds the start of the body already, only the rest is asked for (`Range`); if the server sends the
/// whole body all the same, the file starts anew. The transfer has a thread of its own: it waits, which tasks must not.
struct Transfer: Sendable {
    let url: String
    /// The file; created if missing.
    let path: String
    /// Most bytes that the file may grow to.
    let limit: Int
    /// Seconds in which the answer must begin, and over which its speed is averaged.
    let timeout: TimeInterval
    let onProgress: @Sendable (_ bytes: Int, _ total: Int?) -> Void

    /// Sends the request and returns when the whole body is in the file, and on the disk.
    ///
    /// - Throws: `MirrorFailure`, `FileFailure`, `NotRegularFile`, `LinkedFile`, or `CancellationError`; what arrived
    ///   stays in the file.
    func run() async throws {
        let stop = TransferStop()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                Thread.detachNewThread { continuation.resume(with: Result { try perform(stop) }) }
            }
        } onCancel: {
            stop.request()
        }
    }

    private func perform(_ stop: TransferStop) throws {
        let file = try PartialFile(path)
        let request = try WebRequest(url, from: file.length)
        let answer = TransferAnswer(to: file, limit: limit, onProgress: onProgress)
        try request.send(to: answer, pace: TransferPace(timeout: timeout), stop: stop)
    }
}
