import Diagnostics
import Digests
import Foundation

/// Fetches a dataset's files from its mirrors, packed as mirrors serve them.
///
/// A file appears under its name only when its plain bytes have the stated length and digest. What arrived before a
/// connection broke, or before the fetch was cancelled, is kept beside it as `NAME.gz.partial-…`, one for each mirror,
/// and the next transfer from that mirror goes on from there.
public struct DatasetFetcher: Sendable {
    public let entry: DatasetEntry
    /// The folder of the dataset itself, such as `~/.cache/basin/datasets/mnist`.
    public let folder: String
    /// Seconds in which an answer must begin, and over which it must bring 1,000 bytes a second; else the connection
    /// counts as lost.
    public var timeout: TimeInterval = 60
    public var onEvent: @Sendable (FetchEvent) -> Void

    /// - Parameter datasets: The folder that gets a folder of the dataset's name.
    public init(
        _ entry: DatasetEntry, into datasets: String, onEvent: @escaping @Sendable (FetchEvent) -> Void = { _ in }
    ) {
        self.entry = entry
        self.onEvent = onEvent
        folder = "\(datasets)/\(entry.name)"
    }

    /// Fetches what is missing or damaged.
    ///
    /// - Throws: `FetchFailure` if no mirror delivers a file, `FileFailure` if the disk is full, the folder may not be
    ///   written to or another fetch is at work in it, `LinkedFile` or `NotRegularFile` if something else than a file
    ///   lies where one is to be written, `CancellationError`.
    public func fetch() async throws -> DatasetFolder {
        try createFolder(folder)
        let lock = try FolderLock(folder)
        defer { lock.release() }
        for file in DatasetFile.allCases { try await fetch(file) }
        guard let found = DatasetFolder(name: entry.name, path: folder) else {
            throw FileFailure(.read, folder, code: ENOENT)
        }
        return found
    }

    private func fetch(_ file: DatasetFile) async throws {
        guard let stated = entry.files[file] else { return }
        if let path = DatasetFolder.path(of: file, in: folder) {
            let check = FileCheck(path, against: stated)
            if check == .intact { return onEvent(.present(path: path)) }
            onEvent(.damaged(path: path, reason: check.explanation))
        }
        guard !entry.mirrors.isEmpty else { throw NoMirrors(name: entry.name) }
        var attempts: [FetchFailure.Attempt] = []
        for mirror in entry.mirrors {
            let url = mirror + file.packedName
            do {
                try await fetch(file, stated, from: url)
                return onEvent(.stored(path: "\(folder)/\(file.packedName)"))
            } catch let failure as MirrorFailure {
                attempts.append(FetchFailure.Attempt(url: url, reason: failure.description))
                onEvent(.mirrorFailed(file: file, url: url, reason: failure.description))
            }
        }
        throw FetchFailure(file: file, attempts: attempts)
    }

    /// Transfers a file from one mirror, going on where a connection broke for as long as each transfer brings
    /// something new, and puts it in its place.
    private func fetch(_ file: DatasetFile, _ stated: DatasetEntry.File, from url: String) async throws {
        let partial = partialPath(file, url)
        defer { if PartialFile.length(of: partial) == 0 { remove(partial) } }
        // An earlier fetch may have been stopped between the last byte and the new name.
        var isComplete = PartialFile.length(of: partial) ?? 0 > 0 && FileCheck(partial, against: stated) == .intact
        // Bytes kept from before may belong to another file; then the mirror gets one try without them.
        var mayStartAnew = true
        var smallSteps = 0
        while !isComplete {
            try Task.checkCancellation()
            let kept = PartialFile.length(of: partial) ?? 0
            onEvent(.started(file: file, url: url, offset: kept))
            do {
                try await transfer(file, stated, from: url, to: partial)
                let check = FileCheck(partial, against: stated)
                guard check == .intact else { throw MirrorFailure.wrongContent(check) }
                isComplete = true
            } catch let failure as MirrorFailure where failure.isInterruption {
                // A server that hangs up after every few bytes would be asked a million times.
                let gain = (PartialFile.length(of: partial) ?? 0) - kept
                if gain < 1 << 16 { smallSteps += 1 }
                guard gain > 0, smallSteps <= 10 else { throw failure }
            } catch let failure as MirrorFailure where failure.isAboutContent {
                remove(partial)
                guard kept > 0, mayStartAnew else { throw failure }
                mayStartAnew = false
            }
        }
        try rename(partial, to: "\(folder)/\(file.packedName)")
        // A damaged file by another of its names would hide the packed one.
        for name in file.spellings(in: URL(fileURLWithPath: folder).lastPathComponent).flatMap({ [$0, "\($0).gz"] })
        where name != file.packedName {
            remove("\(folder)/\(name)")
        }
        for mirror in entry.mirrors { remove(partialPath(file, mirror + file.packedName)) }
    }

    private func transfer(
        _ file: DatasetFile, _ stated: DatasetEntry.File, from url: String, to partial: String
    ) async throws {
        // deflate makes no file larger than its plain bytes and 5 bytes for each 16 KiB; gzip adds less than 1 KiB.
        let (limit, overflows) = stated.size.addingReportingOverflow(stated.size / 1000 + 1024)
        let transfer = Transfer(
            url: url, path: partial, limit: overflows ? .max : limit, timeout: timeout
        ) { [onEvent] bytes, total in onEvent(.received(file: file, bytes: bytes, total: total)) }
        try await transfer.run()
    }

    /// One partial file for each mirror: two mirrors may serve different bytes that unpack to the same file.
    private func partialPath(_ file: DatasetFile, _ url: String) -> String {
        let digest = SHA256.hexadecimal(of: url)
        return "\(folder)/\(file.packedName).partial-\(digest.prefix(8))"
    }

    private func remove(_ path: String) { unlink(path) }
}

/// Keeps a second fetch out of a folder for as long as the first one is at work in it.
private struct FolderLock {
    private let descriptor: Int32

    init(_ folder: String) throws {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(.read, folder) }
        // File systems without locks are used as they are.
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
        close(descriptor)
        throw FileFailure(.lock, folder, code: EWOULDBLOCK)
    }

    func release() { close(descriptor) }
}

/// A dataset that no address serves.
public struct NoMirrors: RequestError {
    public let name: String

    public var description: String {
        "The catalogue has no address of '\(name)'. Copy its files into a folder '\(name)' where data are looked for, "
            + "or state mirrors in datasets/\(name).yml."
    }
}
