import Foundation
import Synchronization

/// An HTTP server on 127.0.0.1 that answers as a test tells it, broken answers included.
final class LoopbackServer: Sendable {
    struct Request: Sendable, Equatable {
        let path: String
        /// The N of `Range: bytes=N-`.
        let offset: Int?
    }

    enum Reply: Sendable {
        /// The whole body, or what is asked for of it.
        case body([UInt8])
        /// The whole body, whatever is asked for.
        case bodyWithoutRange([UInt8])
        /// The head for all that is asked for, so many bytes of it, then the connection closes.
        case cut([UInt8], after: Int)
        /// Likewise, but the connection stays open until the client closes it.
        case stall([UInt8], after: Int)
        /// A range that starts elsewhere than was asked for.
        case wrongRange([UInt8])
        case status(Int)
        /// These bytes, head and all.
        case raw([UInt8])
        /// The first bytes, then the second again and again, with so many milliseconds between, until the client goes;
        /// with nothing to send again, the server waits for that.
        case drip([UInt8], then: [UInt8], every: Int)
    }

    private let listener: Int32
    private let port: UInt16
    private let log = Mutex<[Request]>([])
    private let answer: @Sendable (Request, _ number: Int) -> Reply

    /// - Parameter answer: Called for each request with its number, counted from 0.
    init(_ answer: @escaping @Sendable (Request, _ number: Int) -> Reply) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard listener >= 0, bound else { throw FailedToListen(code: errno) }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        self.answer = answer
        Thread.detachNewThread { [weak self, listener] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { [weak self] in
                    self?.serve(connection)
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    struct FailedToListen: Error { let code: Int32 }

    var requests: [Request] { log.withLock { $0 } }

    /// The address of a folder on this server, without a slash at the end.
    func url(_ folder: String) -> String { "http://127.0.0.1:\(port)/\(folder)" }

    private func serve(_ connection: Int32) {
        guard let request = readRequest(connection) else { return }
        let number = log.withLock { log in
            log.append(request)
            return log.count - 1
        }
        switch answer(request, number) {
        case .body(let body): send(connection, body, request.offset, count: body.count)
        case .bodyWithoutRange(let body): send(connection, body, nil, count: body.count)
        case .cut(let body, let count): send(connection, body, request.offset, count: count)
        case .stall(let body, let count):
            send(connection, body, request.offset, count: count)
            var byte: UInt8 = 0
            recv(connection, &byte, 1, 0)
        case .wrongRange(let body):
            let head =
                "HTTP/1.1 206 Partial Content\r\nContent-Length: \(body.count)\r\n"
                + "Content-Range: bytes 0-\(body.count - 1)/\(body.count)\r\nConnection: close\r\n\r\n"
            send(connection, Array(head.utf8) + body)
        case .raw(let bytes): send(connection, bytes)
        case .drip(let beginning, let bytes, let pause):
            guard send(connection, beginning) else { return }
            var byte: UInt8 = 0
            if bytes.isEmpty { recv(connection, &byte, 1, 0) }
            while !bytes.isEmpty, send(connection, bytes) { usleep(UInt32(1000 * pause)) }
        case .status(let code):
            send(connection, Array("HTTP/1.1 \(code) No\r\nContent-Length: 5\r\nConnection: close\r\n\r\nsorry".utf8))
        }
    }

    private func readRequest(_ connection: Int32) -> Request? {
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !text.contains("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            text += String(decoding: buffer[..<count], as: UTF8.self)
        }
        let lines = text.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        let range = lines.first { $0.lowercased().hasPrefix("range: bytes=") }
        return Request(path: String(words[1]), offset: range.flatMap { Int($0.dropFirst(13).dropLast()) })
    }

    private func send(_ connection: Int32, _ body: [UInt8], _ offset: Int?, count: Int) {
        let start = offset ?? 0
        guard start < body.count || offset == nil else {
            let head = "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            send(connection, Array(head.utf8))
            return
        }
        var head = offset == nil ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 206 Partial Content\r\n"
        if offset != nil { head += "Content-Range: bytes \(start)-\(body.count - 1)/\(body.count)\r\n" }
        head += "Content-Length: \(body.count - start)\r\nConnection: close\r\n\r\n"
        send(connection, Array(head.utf8) + body[start...].prefix(count))
    }

    /// - Returns: whether the client took all.
    @discardableResult
    private func send(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
