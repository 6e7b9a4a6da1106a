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
        let text: String
        do {
            text = try DocumentFile.text(at: path)
        } catch {
            throw UnreadableStudyFile(path: path, reason: error.reason)
        }
        try self.init(text: text, path: path)
    }

    /// Checks the text of a study file; `path` is what messages call it, and its last part the study's name unless the
    /// text states one.
    public init(text: String, path: String) throws {
        self.path = path
        self.text = text
        let fileName = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        specification = try YAMLDocument(text: text, path: path).read(as: "the study") { root in
            SpecificationReader().study(root, defaultName: fileName, in: StudyFolder(ofFile: path))
        }
    }

    private init(path: String, text: String, specification: StudySpecification) {
        (self.path, self.text, self.specification) = (path, text, specification)
    }

    /// What the file states in the arithmetic of this number, from 1: a study of its own
    /// (`StudySpecification.rounded`).
    ///
    /// - Throws: `NoOtherArithmetic`.
    public func rounded(_ number: Int) throws(NoOtherArithmetic) -> StudyFile {
        StudyFile(path: path, text: text, specification: try specification.rounded(number))
    }
}
