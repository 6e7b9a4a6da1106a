import Foundation
import Definitions
import StudyFiles
import Testing

@Suite struct StudyLocatorTests {
    /// Two folders of studies: "near" holds a.yml and both.yaml, "far" holds b.yml and both.yml and no study.
    private static func withFolders(_ body: (StudyLocator, URL) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "basin-\(UUID())")
        defer { try? FileManager.default.removeItem(at: root) }
        for file in [
            "near/alpha.yml", "near/both.yaml", "far/beta.yml", "far/both.yml", "far/README.md", "far/.hidden.yml",
        ] {
            let url = root.appending(path: file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data().write(to: url)
        }
        try body(StudyLocator(folders: ["near", "far", "nowhere"].map { root.appending(path: $0).path }), root)
    }

    @Test("Names are looked up in the folders in turn; the first folder wins")
    func names() throws {
        try Self.withFolders { (locator, root) throws in
            #expect(locator.all().map(\.name) == ["alpha", "beta", "both"])
            #expect(try locator.path(of: "beta") == root.path + "/far/beta.yml")
            #expect(try locator.path(of: "both") == root.path + "/near/both.yaml")
        }
    }

    @Test("A word with a slash or an ending is a path")
    func paths() throws {
        try Self.withFolders { (locator, root) throws in
            let path = root.path + "/far/both.yml"
            #expect(try locator.path(of: path) == path)
            let error = #expect(throws: UnknownStudy.self) { try locator.path(of: "beta.yml") }
            #expect(error?.description == "There is no study file 'beta.yml'.")
        }
    }

    @Test("An unknown name has the nearest one, and without any study the folders")
    func unknown() throws {
        try Self.withFolders { (locator, _) throws in
            let error = #expect(throws: UnknownStudy.self) { try locator.path(of: "alhpa") }
            #expect(
                error?.description
                    == """
                    There is no study 'alhpa'. Did you mean 'alpha'? A study file of another name or place goes \
                    by its path.
                    """
            )
        }
        let error = #expect(throws: UnknownStudy.self) { try StudyLocator(folders: ["/nowhere/at/all"]).path(of: "x") }
        #expect(error?.description.contains("no study files lie in '/nowhere/at/all'") == true)
    }
}
