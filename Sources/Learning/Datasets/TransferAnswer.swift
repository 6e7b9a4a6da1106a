/// Takes a server's answer in: its head, and its body to the end of a file.
///
/// It belongs to the thread of its transfer.
final class TransferAnswer {
    private(set) var head = ResponseHead()
    private var file: PartialFile
    private let start: Int
    private let limit: Int
    private let onProgress: (_ bytes: Int, _ total: Int?) -> Void
    /// Bytes that the file will have, if the server told.
    private var total: Int?
    private var isAccepted = false
    /// Why the answer is not taken in any further.
    private(set) var failure: (any Error)?
    /// Bytes of the body so far.
    private(set) var received = 0

    /// - Parameters:
    ///   - file: where the body goes; what is in it is not asked for again.
    ///   - limit: most bytes that the file may grow to.
    init(to file: consuming PartialFile, limit: Int, onProgress: @escaping (_ bytes: Int, _ total: Int?) -> Void) {
        start = file.length
        self.file = file
        self.limit = limit
        self.onProgress = onProgress
    }

    /// - Returns: whether the transfer goes on.
    func takeHead(_ line: UnsafeRawBufferPointer) -> Bool {
        attempt {
            // Behind a body in pieces more lines may come.
            let isAtEnd = try head.read(line)
            if isAtEnd, !isAccepted, !head.isPreliminary { try accept() }
        }
    }

    /// - Returns: whether the transfer goes on.
    func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        attempt {
            guard isAccepted else { throw MirrorFailure.status(head.status) }
            guard bytes.count <= limit - file.length else { throw MirrorFailure.tooLong(limit: limit) }
            try file.append(bytes)
            received += bytes.count
            onProgress(file.length, total)
        }
    }

    /// Checks that all is there, and writes it through to the disk.
    ///
    /// - Parameter reason: why libcurl says that the connection ended too early, if it does.
    func finish(_ reason: String?) throws {
        if let failure { throw failure }
        guard isAccepted || reason != nil else { throw MirrorFailure.status(head.status) }
        if let total, file.length < total {
            throw MirrorFailure.interrupted(reason: "the connection ended after \(file.length) of \(total) bytes")
        }
        if let reason { throw MirrorFailure.interrupted(reason: reason) }
        try file.flush()
    }

    private func attempt(_ body: () throws -> Void) -> Bool {
        guard failure == nil else { return false }
        do {
            try body()
        } catch {
            failure = error
        }
        return failure == nil
    }

    /// Makes the file ready for a body: at its end, or empty when the whole body comes.
    private func accept() throws {
        let kept: Int
        switch head.status {
        case 200: kept = 0
        case 206 where start > 0:
            guard head.contentRange.hasPrefix("bytes \(start)-") else { throw MirrorFailure.wrongRange }
            kept = start
        default: throw MirrorFailure.status(head.status)
        }
        // What is announced is believed by nobody: bytes are counted as they come.
        if let announced = head.announced, announced > 0 {
            let (sum, overflows) = kept.addingReportingOverflow(announced)
            total = overflows ? nil : sum
        }
        if kept == 0 { try file.empty() }
        isAccepted = true
    }
}
