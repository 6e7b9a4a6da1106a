import Datasets
import Foundation
import Testing

@Suite struct AtomicFileTests {
    static let reason: Comment = "needs a tiny tmpfs: this machine lets this user mount none"
    let large = IDXArray(shape: [300_000], elements: [UInt8](repeating: 7, count: 300_000))

    @Test("A file that is not committed leaves nothing, and the older one stays")
    func uncommitted() throws {
        let folder = try ScratchFolder()
        let path = try folder.write("older", to: "file")
        do {
            let file = try AtomicFile(replacing: path)
            try [UInt8](repeating: 1, count: 100).withUnsafeBytes { try file.append($0) }
            #expect(folder.files.count == 2)
        }
        #expect(folder.files == ["file"])
        #expect(try bytes(of: path) == Array("older".utf8))
    }

    @Test(
        "On a full disk the older file stays and the message says so", .enabled(if: TinyFilesystem.canBeMounted, reason)
    )
    func fullDisk() throws {
        let disk = try TinyFilesystem(kilobytes: 64)
        let path = "\(disk.path)/labels"
        let small = IDXArray(shape: [3], elements: [1, 2, 3])
        try small.write(to: path)
        let error = try #require(throws: FileFailure.self) { try large.write(to: path) }
        #expect(error == FileFailure(.write, path, code: ENOSPC))
        #expect(
            error.description
                == "Cannot write \(path): No space left on device. Free some space, or choose another folder.")
        #expect(try IDXArray(contentsOf: path) == small)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["labels"])
        // Packed, the same array fits.
        try large.write(to: path, compression: .gzip)
        #expect(try IDXArray(contentsOf: path) == large)
    }

    @Test("A read-only disk is named as such", .enabled(if: TinyFilesystem.canBeMounted, reason))
    func readOnly() throws {
        let disk = try TinyFilesystem(kilobytes: 64)
        try disk.makeReadOnly()
        let error = try #require(throws: FileFailure.self) { try large.write(to: "\(disk.path)/labels") }
        #expect(error == FileFailure(.write, "\(disk.path)/labels", code: EROFS))
        #expect(error.description.hasSuffix("Read-only file system. Choose a folder that you may write to."))
    }

    @Test(
        "A folder without permission to write is named as such",
        .enabled(if: geteuid() != 0, "root may write everywhere"))
    func withoutPermission() throws {
        let folder = try ScratchFolder()
        chmod(folder.path, 0o555)
        defer { chmod(folder.path, 0o755) }
        let error = try #require(throws: FileFailure.self) { try large.write(to: "\(folder.path)/labels") }
        #expect(error == FileFailure(.write, "\(folder.path)/labels", code: EACCES))
        #expect(error.description.hasSuffix("Permission denied. Choose a folder that you may write to."))
    }

    @Test("A folder is created with those above it, and one that is there is left alone")
    func folders() throws {
        let folder = try ScratchFolder()
        try createFolder("\(folder.path)/a/b/c")
        try createFolder("\(folder.path)/a/b/c")
        #expect(isFolder("\(folder.path)/a/b/c"))
        let file = try folder.write("", to: "file")
        #expect(throws: FileFailure(.createFolder, "\(file)/below", code: ENOTDIR)) {
            try createFolder("\(file)/below")
        }
    }
}
