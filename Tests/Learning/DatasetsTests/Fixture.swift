import Foundation

import Datasets

/// Path of a file that `Fixtures/make_fixtures.py` made.
func fixture(_ name: String) throws -> String {
    guard let folder = Bundle.module.resourcePath else { throw MissingFixtures() }
    return "\(folder)/Fixtures/\(name)"
}

struct MissingFixtures: Error {}

/// A folder of its own for one test, gone when the test is.
final class ScratchFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "basin-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        let parent = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func write(_ text: String, to name: String) throws -> String { try write(Array(text.utf8), to: name) }

    /// Names of all files below the folder, sorted.
    var files: [String] {
        (FileManager.default.subpaths(atPath: path) ?? []).sorted()
            .filter { !isFolder("\(path)/\($0)") }
    }
}

func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
