import Datasets
import Foundation
import Synchronization
import Testing

/// Mirrors that send what no honest one would: each costs a sentence, and the next mirror is asked.
@Suite struct HostileMirrorTests {
    let folder: ScratchFolder
    let store: PackedFiles

    init() throws {
        folder = try ScratchFolder()
        store = try PackedFiles()
    }

    /// Fetches from a server's folder `bad`, which `answer` answers for, then from `good`, which serves what it should.
    ///
    /// - Returns: what the bad mirror is said to have done, once for each file.
    func fetch(
        timeout: TimeInterval = 60, _ answer: @escaping @Sendable (_ packed: [UInt8]) -> LoopbackServer.Reply
    ) async throws -> [String] {
        let server = try LoopbackServer { [store] request, _ in
            let packed = store.packed(request)
            return request.path.hasPrefix("/bad/") ? answer(packed) : .body(packed)
        }
        let reasons = Mutex<[String]>([])
        let note: @Sendable (FetchEvent) -> Void = { event in
            if case .mirrorFailed(_, _, let reason) = event { reasons.withLock { $0.append(reason) } }
        }
        var fetcher = DatasetFetcher(
            store.entry(mirrors: [server.url("bad"), server.url("good")]), into: folder.path, onEvent: note)
        fetcher.timeout = timeout
        _ = try await fetcher.fetch()
        #expect(server.requests.contains { $0.path.hasPrefix("/good/") } != reasons.withLock { $0.isEmpty })
        let files = DatasetFile.allCases.map { "noise/\($0.packedName)" }.sorted()
        #expect(folder.files == files)
        return reasons.withLock { $0 }
    }

    @Test(
        "A length that no file can have is counted against what comes",
        arguments: ["9223372036854775807", "9223372036854775806", "99999999999999999999999", "1000000"])
    func length(announced: String) async throws {
        let reasons = try await fetch { _ in .raw(head("Content-Length: \(announced)") + [1, 2, 3]) }
        #expect(reasons.count == 4)
        guard Int(announced) != nil else { return }
        #expect(reasons.allSatisfy { $0 == "the connection ended after 3 of \(announced) bytes" }, "\(reasons)")
    }

    @Test("A length that is no number is refused", arguments: ["-1", "x", "1x"])
    func wrongLength(announced: String) async throws {
        // The right bytes, so that the length alone is wrong.
        let reasons = try await fetch { packed in .raw(head("Content-Length: \(announced)") + packed) }
        #expect(reasons.count == 4)
    }

    @Test("What a server says is packed once more is kept as it came", arguments: ["gzip", "x-gzip", "deflate", "br"])
    func contentEncoding(name: String) async throws {
        let honest = try await fetch { packed in
            .raw(head("Content-Encoding: \(name)", "Content-Length: \(packed.count)") + packed)
        }
        #expect(honest == [])
    }

    @Test("A small body that would unpack to more than the file can have is not unpacked: its own bytes are judged")
    func bomb() async throws {
        // A megabyte of zero bytes, which packed is short enough to be one of the files.
        let path = "\(folder.path)/zeros"
        try IDXArray(shape: [1 << 20], elements: [UInt8](repeating: 0, count: 1 << 20)).write(
            to: path, compression: .gzip)
        let zeros = try bytes(of: path)
        try FileManager.default.removeItem(atPath: path)
        for field in ["Content-Encoding: gzip", "Transfer-Encoding: gzip, chunked"] {
            let body =
                field.hasPrefix("Content")
                ? zeros : Array("\(String(zeros.count, radix: 16))\r\n".utf8) + zeros + Array("\r\n0\r\n\r\n".utf8)
            let reasons = try await fetch { _ in .raw(head(field) + body) }
            #expect(reasons.count == 4 && !reasons.contains { $0.contains("sent more than") }, "\(reasons)")
            try FileManager.default.removeItem(atPath: "\(folder.path)/noise")
        }
    }

    @Test(
        "An answer that never begins, and one that never gets anywhere, end", .timeLimit(.minutes(10)),
        arguments: Slowness.allCases)
    func slow(kind: Slowness) async throws {
        let reasons = try await fetch(timeout: 1) { packed in
            switch kind {
            case .silent: .drip([], then: [], every: 100)
            case .byteByByte: .drip(head("Content-Length: \(packed.count)"), then: [packed[0]], every: 50)
            case .headByByte: .drip(Array("HTTP/1.1 200 OK\r\nX: ".utf8), then: [0x78], every: 50)
            case .continuing: .drip([], then: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), every: 50)
            case .chunkExtension:
                .drip(head("Transfer-Encoding: chunked") + Array("5;".utf8), then: [0x78], every: 50)
            }
        }
        #expect(reasons.count == 4)
        #expect(reasons.allSatisfy { $0.hasPrefix("too slow: ") }, "\(reasons)")
    }

    enum Slowness: CaseIterable { case silent, byteByByte, headByByte, continuing, chunkExtension }

    @Test("Endless heads are refused", arguments: ["X: y\r\n", "HTTP/1.1 100 Continue\r\n\r\n"])
    func endlessHead(line: String) async throws {
        let many = Array(String(repeating: line, count: 1000).utf8)
        let beginning = Array(line.hasPrefix("HTTP") ? "".utf8 : "HTTP/1.1 200 OK\r\n".utf8)
        let reasons = try await fetch { _ in .drip(beginning, then: many, every: 0) }
        #expect(reasons == [String](repeating: "sent more than 65536 bytes before the file", count: 4))
    }

    @Test("A server that hangs up after every byte is left after some")
    func byteAndCut() async throws {
        let count = Mutex(0)
        let server = try LoopbackServer { [store] request, _ in
            count.withLock { $0 += 1 }
            let packed = store.packed(request)
            return request.path.hasPrefix("/bad/") ? .cut(packed, after: 1) : .body(packed)
        }
        let fetcher = DatasetFetcher(
            store.entry(mirrors: [server.url("bad"), server.url("good")]), into: folder.path)
        _ = try await fetcher.fetch()
        // Ten small steps are forgiven, and one request asks the good mirror.
        #expect(count.withLock { $0 } == 48)
    }

    @Test("An address that leads in a circle, or out of the web, is left", arguments: ["circle", "file", "gopher"])
    func redirection(kind: String) async throws {
        let secret = try folder.write("secret", to: "elsewhere")
        let there = ["circle": "/bad/again", "file": "file://\(secret)", "gopher": "gopher://127.0.0.1:9/"][kind] ?? ""
        let answer = Array(
            "HTTP/1.1 302 Found\r\nLocation: \(there)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".utf8)
        let server = try LoopbackServer { [store] request, _ in
            request.path.hasPrefix("/bad/") ? .raw(answer) : .body(store.packed(request))
        }
        let reasons = Mutex<[String]>([])
        let fetcher = DatasetFetcher(
            store.entry(mirrors: [server.url("bad"), server.url("good")]), into: folder.path
        ) { event in
            if case .mirrorFailed(_, _, let reason) = event { reasons.withLock { $0.append(reason) } }
        }
        _ = try await fetcher.fetch()
        let words = kind == "circle" ? "leads from one address to the next, more than ten times" : "not of the web"
        #expect(reasons.withLock { $0 }.count == 4)
        #expect(reasons.withLock { $0.allSatisfy { $0.contains(words) } }, "\(reasons.withLock { $0 })")
        // Ten redirections follow a request, and one request asks the good mirror.
        let requestsForEach = kind == "circle" ? 12 : 2
        #expect(server.requests.count == 4 * requestsForEach)
    }

    @Test("A redirection is followed, and its body is no part of the file")
    func goodRedirection() async throws {
        let server = try LoopbackServer { [store] request, _ in
            guard request.path.hasPrefix("/moved/") else { return .body(store.packed(request)) }
            let there = request.path.replacingOccurrences(of: "/moved/", with: "/good/")
            return .raw(
                Array("HTTP/1.1 301 Moved\r\nLocation: \(there)\r\nContent-Length: 5\r\n\r\nthere".utf8))
        }
        _ = try await DatasetFetcher(store.entry(mirrors: [server.url("moved")]), into: folder.path).fetch()
        #expect(folder.files == DatasetFile.allCases.map { "noise/\($0.packedName)" }.sorted())
    }

    @Test("A mirror that is no address of the web is named", arguments: ["file:///etc/", "nonsense", "http://a b/"])
    func noAddress(mirror: String) async throws {
        let fetcher = DatasetFetcher(store.entry(mirrors: [mirror]), into: folder.path)
        let error = try #require(await #expect(throws: FetchFailure.self) { try await fetcher.fetch() })
        #expect(error.attempts.count == 1)
        #expect(error.attempts.allSatisfy { !$0.reason.isEmpty })
        #expect(folder.files.isEmpty)
    }

    @Test("A size that no file can have is no reason to stop short", arguments: [Int.max, Int.max - 1000])
    func hugeSize(size: Int) async throws {
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        let honest = store.entry(mirrors: [server.url("good")])
        let entry = DatasetEntry(
            name: honest.name, title: honest.title, classCount: honest.classCount, imageShape: honest.imageShape,
            files: honest.files.mapValues { .init(size: size, sha256: $0.sha256) }, mirrors: honest.mirrors,
            licence: honest.licence, citation: honest.citation)
        let error = try #require(
            await #expect(throws: FetchFailure.self) { try await DatasetFetcher(entry, into: folder.path).fetch() })
        #expect(error.description.contains("sent wrong bytes: expected \(size) bytes unpacked"))
    }

    @Test("A link or a pipe where a transfer would write is named and left alone", arguments: ["soft", "hard", "pipe"])
    func links(kind: String) async throws {
        let server = try LoopbackServer { [store] request, number in
            number == 0 ? .cut(store.packed(request), after: 70_000) : .status(503)
        }
        let fetcher = DatasetFetcher(store.entry(mirrors: [server.url("good")]), into: folder.path)
        await #expect(throws: FetchFailure.self) { try await fetcher.fetch() }
        let partial = try #require(folder.files.first)
        let path = "\(folder.path)/\(partial)"
        let victim = try folder.write("precious", to: "victim")
        try FileManager.default.removeItem(atPath: path)
        switch kind {
        case "soft": #expect(symlink(victim, path) == 0)
        case "hard": #expect(link(victim, path) == 0)
        default: #expect(mkfifo(path, 0o600) == 0)
        }
        if kind == "pipe" {
            await #expect(throws: NotRegularFile.self) { try await fetcher.fetch() }
        } else {
            await #expect(throws: LinkedFile(path: path)) { try await fetcher.fetch() }
        }
        #expect(try bytes(of: victim) == Array("precious".utf8))
        var information = stat()
        #expect(lstat(path, &information) == 0, "what lies there stays")
    }

    @Test("A link to the file itself at the name of what a transfer keeps does not get its place")
    func linkToWhole() async throws {
        let server = try LoopbackServer { [store] request, number in
            number == 0 ? .cut(store.packed(request), after: 70_000) : .status(503)
        }
        let fetcher = DatasetFetcher(store.entry(mirrors: [server.url("good")]), into: folder.path)
        await #expect(throws: FetchFailure.self) { try await fetcher.fetch() }
        let path = "\(folder.path)/\(try #require(folder.files.first))"
        try FileManager.default.removeItem(atPath: path)
        let whole = try folder.write(store.packed(.trainImages), to: "whole")
        #expect(symlink(whole, path) == 0)
        await #expect(throws: LinkedFile(path: path)) { try await fetcher.fetch() }
    }

    @Test("A fetch is cancelled while the mirror says nothing, without waiting for it", .timeLimit(.minutes(10)))
    func promptCancellation() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = try LoopbackServer { _, _ in
            arrival.finish()
            return .drip([], then: [], every: 100)
        }
        var fetcher = DatasetFetcher(store.entry(mirrors: [server.url("bad")]), into: folder.path)
        // The mirror would be waited for a day.
        fetcher.timeout = 86_400
        let patient = fetcher
        let fetch = Task { try await patient.fetch() }
        for await _ in arrivals {}
        fetch.cancel()
        await #expect(throws: CancellationError.self) { try await fetch.value }
    }
}

/// The head of an answer with status 200.
private func head(_ lines: String...) -> [UInt8] {
    Array((["HTTP/1.1 200 OK"] + lines + ["Connection: close", "", ""]).joined(separator: "\r\n").utf8)
}
