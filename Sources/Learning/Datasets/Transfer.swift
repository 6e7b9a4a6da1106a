import Foundation
import FoundationNetworking
import Synchronization

/// One HTTP request whose body goes to the end of a file as it arrives.
///
/// With a file that holds the start of the body already, only the rest is asked for (`Range`); if the server sends the
/// whole body all the same, the file starts anew.
final class Transfer: NSObject, URLSessionDataDelegate {
    private struct State {
        /// Bytes in the file.
        var length: Int
        var total: Int?
        var failure: (any Error)?
        var continuation: CheckedContinuation<Void, any Error>?
    }

    private let path: String
    private let descriptor: Int32
    private let start: Int
    private let limit: Int
    private let onProgress: @Sendable (_ bytes: Int, _ total: Int?) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - path: The file; created if missing.
    ///   - limit: Most bytes that the file may grow to.
    init(to path: String, limit: Int, onProgress: @escaping @Sendable (_ bytes: Int, _ total: Int?) -> Void) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileFailure(.write, path) }
        start = Int(max(0, lseek(descriptor, 0, SEEK_END)))
        self.path = path
        self.limit = limit
        self.onProgress = onProgress
        state = Mutex(State(length: start))
    }

    deinit { close(descriptor) }

    /// Sends the request and returns when the whole body is in the file, and on the disk.
    ///
    /// - Parameter timeout: Seconds without a byte after which the connection counts as lost.
    /// - Throws: `MirrorFailure`, `FileFailure`, or `CancellationError`; what arrived stays in the file.
    func run(_ url: URL, timeout: TimeInterval) async throws {
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: timeout)
        // Offsets must count the bytes of the file itself, so the server must not pack it once more.
        request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
        if start > 0 { request.setValue("bytes=\(start)-", forHTTPHeaderField: "Range") }

        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = timeout
        configuration.urlCache = nil
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
        defer { session.finishTasksAndInvalidate() }
        let task = session.dataTask(with: request)

        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { $0.continuation = continuation }
                // A task that was cancelled before it started would never report its end.
                if Task.isCancelled { finish(CancellationError()) } else { task.resume() }
            }
        } onCancel: {
            task.cancel()
        }
        try flushToDisk(descriptor, path: path)
    }

    // MARK: URLSessionDataDelegate

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let isAccepted = state.withLock { state in
            do {
                try accept(response, &state)
                return true
            } catch {
                state.failure = error
                return false
            }
        }
        completionHandler(isAccepted ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let (length, total, isOver) = state.withLock { state in
            guard state.failure == nil else { return (state.length, state.total, true) }
            do {
                guard state.length + data.count <= limit else { throw MirrorFailure.tooLong(limit: limit) }
                try data.withUnsafeBytes { try writeAll($0, to: descriptor, path: path) }
                state.length += data.count
            } catch {
                state.failure = error
            }
            return (state.length, state.total, state.failure != nil)
        }
        if isOver { dataTask.cancel() } else { onProgress(length, total) }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        finish(state.withLock { $0.failure ?? Self.failure(error, $0) })
    }

    private func finish(_ failure: (any Error)?) {
        let continuation = state.withLock { state in
            defer { state.continuation = nil }
            return state.continuation
        }
        if let failure { continuation?.resume(throwing: failure) } else { continuation?.resume() }
    }

    /// Makes the file ready for a body: at its end, or empty when the whole body comes.
    private func accept(_ response: URLResponse, _ state: inout State) throws {
        guard let response = response as? HTTPURLResponse else {
            throw MirrorFailure.interrupted(reason: "the answer is not HTTP")
        }
        let announced = response.expectedContentLength
        switch response.statusCode {
        case 200:
            guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
                throw FileFailure(.write, path)
            }
            state.length = 0
        case 206 where start > 0:
            let range = response.value(forHTTPHeaderField: "Content-Range") ?? ""
            guard range.hasPrefix("bytes \(start)-") else { throw MirrorFailure.wrongRange }
        default:
            throw MirrorFailure.status(response.statusCode)
        }
        state.total = announced > 0 ? state.length + Int(announced) : nil
    }

    private static func failure(_ error: (any Error)?, _ state: State) -> (any Error)? {
        if let error {
            if (error as? URLError)?.code == .cancelled { return CancellationError() }
            return MirrorFailure.interrupted(reason: (error as? URLError)?.localizedDescription ?? "\(error)")
        }
        if let total = state.total, state.length < total {
            return MirrorFailure.interrupted(reason: "the connection ended after \(state.length) of \(total) bytes")
        }
        return nil
    }
}
