import Definitions
import Documents
import Foundation
import Measures

/// A study file as read: its text and what it says.
public struct StudyFile: Sendable, Equatable {
    public let path: String
    public let text: String
    public let specification: StudySpecification

    /// Reads and checks a study file.
    ///
    /// - Throws: `DocumentError` with all that is wrong, each with its line; `UnreadableStudyFile`.
    public init(path: String) throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw UnreadableStudyFile(path: path, reason: Self.reason(error, path: path))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw UnreadableStudyFile(path: path, reason: "it is no UTF-8 text")
        }
        try self.init(text: text, path: path)
    }

    /// Checks the text of a study file; `path` is what messages call it, and its last part the study's name unless the
    /// text states one.
    public init(text: String, path: String) throws {
        self.path = path
        self.text = text
        let fileName = (URL(fileURLWithPath: path).lastPathComponent as NSString).deletingPathExtension
        specification = try YAMLDocument(text: text, path: path).read(as: "the study") { root in
            SpecificationReader().study(root, defaultName: fileName)
        }
    }

    private static func reason(_ error: any Error, path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return "there is no such file"
        }
        return isFolder.boolValue ? "it is a folder" : "permission is denied"
    }
}
