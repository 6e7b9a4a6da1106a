import Datasets
import Diagnostics
import Foundation
import Synchronization
import Testing

@Suite struct DatasetFetcherTests {
    let folder: ScratchFolder
    let store: PackedFiles
    /// Where the fetched dataset is to lie.
    var target: String { "\(folder.path)/noise" }

    init() throws {
        folder = try ScratchFolder()
        store = try PackedFiles()
    }

    func fetcher(_ mirrors: String..., onEvent: @escaping @Sendable (FetchEvent) -> Void = { _ in }) -> DatasetFetcher {
        DatasetFetcher(store.entry(mirrors: mirrors), into: folder.path, onEvent: onEvent)
    }

    /// What lies in the target folder, checked to be what the store holds and nothing else.
    func expectComplete() throws {
        #expect(folder.files == DatasetFile.allCases.map { "noise/\($0.packedName)" }.sorted())
        for file in DatasetFile.allCases {
            #expect(try bytes(of: "\(target)/\(file.packedName)") == store.packed(file))
        }
    }

    @Test("A dataset arrives as the mirror serves it")
    func good() async throws {
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        let found = try await fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(found.path == target)
        #expect(try ImageDataset(folder: found).digests == store.digests)
        #expect(server.requests == DatasetFile.allCases.map { .init(path: "/good/\($0.packedName)", offset: nil) })
    }

    @Test("A second fetch asks nothing of any server")
    func present() async throws {
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        _ = try await fetcher(server.url("good")).fetch()
        let events = EventLog()
        _ = try await fetcher(server.url("good"), onEvent: events.note).fetch()
        #expect(server.requests.count == 4)
        #expect(events.all == DatasetFile.allCases.map { .present(path: "\(target)/\($0.packedName)") })
    }

    @Test("A connection that is cut twice is taken up where it broke")
    func cut() async throws {
        let server = try LoopbackServer { [store] request, number in
            number < 2 ? .cut(store.packed(request), after: 70_000) : .body(store.packed(request))
        }
        let events = EventLog()
        _ = try await fetcher(server.url("good"), onEvent: events.note).fetch()
        try expectComplete()
        #expect(server.requests.prefix(4).map(\.offset) == [nil, 70_000, 140_000, nil])
        let url = "\(server.url("good"))/\(DatasetFile.trainImages.packedName)"
        #expect(events.all.contains(.started(file: .trainImages, url: url, offset: 140_000)))
        let total = store.packed(.trainImages).count
        #expect(events.all.contains(.received(file: .trainImages, bytes: total, total: total)))
    }

    @Test("What one fetch left, the next one goes on with")
    func nextFetch() async throws {
        let server = try LoopbackServer { [store] request, number in
            switch number {
            case 0: .cut(store.packed(request), after: 70_000)
            case 1: .status(503)
            default: .body(store.packed(request))
            }
        }
        await #expect(throws: FetchFailure.self) { try await fetcher(server.url("good")).fetch() }
        #expect(folder.files.count == 1)
        _ = try await fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(server.requests.prefix(4).map(\.offset) == [nil, 70_000, 70_000, nil])
    }

    @Test("A server without Range starts again from the first byte")
    func withoutRange() async throws {
        let server = try LoopbackServer { [store] request, number in
            number == 0 ? .cut(store.packed(request), after: 70_000) : .bodyWithoutRange(store.packed(request))
        }
        _ = try await fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(server.requests.count == 5)
    }

    @Test(
        "Kept bytes of another file, and a server that confuses ranges, cost one fresh start", arguments: [false, true])
    func freshStart(confusesRanges: Bool) async throws {
        let other = [UInt8](repeating: 5, count: 70_000)
        let server = try LoopbackServer { [store] request, number in
            switch number {
            case 0: .cut(other + store.packed(request), after: 70_000)
            case 1 where confusesRanges: .wrongRange(store.packed(request))
            default: .body(store.packed(request))
            }
        }
        _ = try await fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(server.requests.prefix(4).map(\.offset) == [nil, 70_000, nil, nil])
    }

    @Test("Kept bytes beyond the file's end cost one fresh start")
    func tooMuchKept() async throws {
        let server = try LoopbackServer { [store] request, number in
            let packed = store.packed(request)
            return switch number {
            case 0: .cut(packed + [1, 2, 3, 4], after: packed.count + 2)
            default: .body(packed)
            }
        }
        _ = try await fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(server.requests.prefix(3).map(\.offset) == [nil, store.packed(.trainImages).count + 2, nil])
    }

    @Test("A file that was stopped just before its renaming needs no request")
    func almostDone() async throws {
        let server = try LoopbackServer { [store] request, number in
            number == 0 ? .cut(store.packed(request) + [0], after: store.packed(request).count) : .status(503)
        }
        await #expect(throws: FetchFailure.self) { try await fetcher(server.url("good")).fetch() }
        let events = EventLog()
        await #expect(throws: FetchFailure.self) { try await fetcher(server.url("good"), onEvent: events.note).fetch() }
        #expect(events.all.first == .stored(path: "\(target)/\(DatasetFile.trainImages.packedName)"))
    }

    @Test("Wrong bytes, an endless body and 404 lead to the next mirror")
    func nextMirror() async throws {
        let server = try LoopbackServer { [store] request, _ in
            let packed = store.packed(request)
            return switch request.path.split(separator: "/").first {
            case "wrong": .body(packed.reversed())
            case "endless": .body([UInt8](repeating: 0, count: 10_000_000))
            case "missing": .status(404)
            default: .body(packed)
            }
        }
        let events = EventLog()
        let mirrors = ["wrong", "endless", "missing", "good"].map(server.url)
        _ = try await fetcher(mirrors[0], mirrors[1], mirrors[2], mirrors[3], onEvent: events.note).fetch()
        try expectComplete()
        #expect(server.requests.count == 16)
        let reasons = events.all.compactMap {
            if case .mirrorFailed(.trainLabels, _, let reason) = $0 { reason } else { nil }
        }
        #expect(reasons.count == 3)
        #expect(reasons[0].hasPrefix("sent wrong bytes: expected 1508 bytes unpacked, found "))
        #expect(reasons[1] == "sent more than the 2533 bytes that the file can have")
        #expect(reasons[2] == "HTTP status 404")
    }

    @Test("When all mirrors fail, one error lists each with its reason, and it is no wrong request")
    func allBad() async throws {
        let server = try LoopbackServer { request, _ in .status(request.path.hasPrefix("/missing") ? 404 : 500) }
        // A port that nobody listens on: it was free a moment ago.
        let closed = try LoopbackServer { _, _ in .status(500) }.url("closed")
        let mirrors = [server.url("missing"), server.url("broken"), closed]
        let fetcher = fetcher(mirrors[0], mirrors[1], mirrors[2])
        let error = try #require(await #expect(throws: FetchFailure.self) { try await fetcher.fetch() })
        #expect(!((error as any Error) is any RequestError))
        #expect(error.file == .trainImages)
        #expect(error.attempts.map(\.url) == mirrors.map { "\($0)/\(DatasetFile.trainImages.packedName)" })
        #expect(error.attempts.prefix(2).map(\.reason) == ["HTTP status 404", "HTTP status 500"])
        #expect(error.attempts[2].reason.contains("connect"))
        #expect(error.description.contains("\n  \(mirrors[1])/train-images-idx3-ubyte.gz: HTTP status 500\n"))
        #expect(folder.files.isEmpty)
    }

    @Test("A damaged file is named and replaced, plain or packed", arguments: [true, false])
    func damaged(isPacked: Bool) async throws {
        let name = isPacked ? DatasetFile.testLabels.packedName : DatasetFile.testLabels.name
        let path = try folder.write("nonsense", to: "noise/\(name)")
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        let events = EventLog()
        _ = try await fetcher(server.url("good"), onEvent: events.note).fetch()
        try expectComplete()
        #expect(events.all.contains(.damaged(path: path, reason: "expected 508 bytes unpacked, found 8")))
    }

    @Test("A damaged file stays until a good one is there")
    func damagedStays() async throws {
        let path = try folder.write("nonsense", to: "noise/\(DatasetFile.trainImages.packedName)")
        let server = try LoopbackServer { _, _ in .status(500) }
        await #expect(throws: FetchFailure.self) { try await fetcher(server.url("bad")).fetch() }
        #expect(try bytes(of: path) == Array("nonsense".utf8))
    }

    @Test("A cancelled fetch keeps what arrived")
    func cancelled() async throws {
        let server = try LoopbackServer { [store] request, number in
            number == 0 ? .stall(store.packed(request), after: 70_000) : .body(store.packed(request))
        }
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let fetcher = fetcher(server.url("good")) { event in
            if case .received(_, 70_000, _) = event { arrival.finish() }
        }
        let fetch = Task { try await fetcher.fetch() }
        for await _ in arrivals {}
        fetch.cancel()
        await #expect(throws: CancellationError.self) { try await fetch.value }
        #expect(folder.files.count == 1)
        _ = try await self.fetcher(server.url("good")).fetch()
        try expectComplete()
        #expect(server.requests[1].offset == 70_000)
    }

    @Test("A fetch that is cancelled before it begins asks nothing of any server")
    func cancelledBefore() async throws {
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        let fetcher = fetcher(server.url("good"))
        let fetch = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await fetcher.fetch()
        }
        await #expect(throws: CancellationError.self) { try await fetch.value }
        #expect(server.requests.isEmpty)
    }

    @Test("A second fetch into the same folder is kept out")
    func locked() async throws {
        let server = try LoopbackServer { [store] request, _ in .stall(store.packed(request), after: 70_000) }
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let first = fetcher(server.url("good")) { event in
            if case .received(_, 70_000, _) = event { arrival.finish() }
        }
        let fetch = Task { try await first.fetch() }
        for await _ in arrivals {}
        await #expect(throws: FileFailure(.lock, target, code: EWOULDBLOCK)) {
            try await fetcher(server.url("good")).fetch()
        }
        fetch.cancel()
        await #expect(throws: CancellationError.self) { try await fetch.value }
    }

    @Test(
        "A full disk is named, and what arrived stays",
        .enabled(if: TinyFilesystem.canBeMounted, AtomicFileTests.reason))
    func fullDisk() async throws {
        let disk = try TinyFilesystem(kilobytes: 100)
        let server = try LoopbackServer { [store] request, _ in .body(store.packed(request)) }
        let fetcher = DatasetFetcher(store.entry(mirrors: [server.url("good"), server.url("other")]), into: disk.path)
        let error = try #require(await #expect(throws: FileFailure.self) { try await fetcher.fetch() })
        #expect(error.code == ENOSPC)
        #expect(error.path.hasPrefix("\(disk.path)/noise/train-images-idx3-ubyte.gz"))
        #expect(server.requests.count == 1)
    }

    @Test("A read-only folder is named", .enabled(if: TinyFilesystem.canBeMounted, AtomicFileTests.reason))
    func readOnly() async throws {
        let disk = try TinyFilesystem(kilobytes: 100)
        try disk.makeReadOnly()
        let fetcher = DatasetFetcher(store.entry(mirrors: ["http://127.0.0.1:9/"]), into: disk.path)
        await #expect(throws: FileFailure(.createFolder, "\(disk.path)/noise", code: EROFS)) {
            try await fetcher.fetch()
        }
    }
}

/// Collects events from whatever thread they come on.
private final class EventLog: Sendable {
    private let events = Mutex<[FetchEvent]>([])
    var all: [FetchEvent] { events.withLock { $0 } }
    var note: @Sendable (FetchEvent) -> Void { { event in self.events.withLock { $0.append(event) } } }
}
