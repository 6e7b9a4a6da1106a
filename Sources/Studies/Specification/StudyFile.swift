import Foundation
import Measures
import Results
import Yams

/// A study file as read: its text and what it says.
public struct StudyFile: Sendable, Equatable {
    public let path: String
    public let text: String
    public let specification: StudySpecification

    /// All measures that there are.
    public static let catalogue = MeasureCatalogue.all.map { $0.about }

    /// Reads and checks a study file.
    ///
    /// - Parameter measures: the catalogue that its `measures` are checked against.
    /// - Throws: `StudyFileError` with all that is wrong, each with its line; `UnreadableStudyFile`.
    public init(path: String, measures: [MeasureDescription] = Self.catalogue) throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw UnreadableStudyFile(path: path, reason: Self.reason(error, path: path))
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw UnreadableStudyFile(path: path, reason: "it is no UTF-8 text")
        }
        try self.init(text: text, path: path, measures: measures)
    }

    /// Checks the text of a study file; `path` is what messages call it, and its last part the study's name unless the
    /// text states one.
    public init(text: String, path: String, measures: [MeasureDescription] = Self.catalogue) throws {
        self.path = path
        self.text = text
        let root: Node
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw StudyFileError(path: path, problems: [.init(line: 1, message: "the file is empty")])
            }
            root = node
        } catch let error as YamlError {
            throw StudyFileError(path: path, problems: [Self.problem(error)])
        }
        let problems = Problems()
        let fileName = (URL(fileURLWithPath: path).lastPathComponent as NSString).deletingPathExtension
        let specification = SpecificationReader(measures: measures, problems: problems).study(root, defaultName: fileName)
        guard let specification, problems.found.isEmpty else {
            throw StudyFileError(path: path, problems: problems.found.sorted { $0.line < $1.line })
        }
        self.specification = specification
    }

    /// The study as the results file keeps it.
    public func newStudy() throws -> NewStudy {
        NewStudy(
            name: specification.name, digest: try specification.definition.digest(), title: specification.title,
            source: specification.source, target: specification.target, specificationYAML: text,
            specificationJSON: try specification.definition.canonicalJSON())
    }

    private static func reason(_ error: any Error, path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "there is no such file" }
        return isFolder.boolValue ? "it is a folder" : "permission is denied"
    }

    private static func problem(_ error: YamlError) -> StudyFileError.Problem {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            .init(line: mark.line, message: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            .init(
                line: context.mark.line,
                message: "a key is given twice: \(keys.sorted().map { "'\($0)'" }.joined(separator: ", "))")
        case .reader(let problem, let offset, _, let yaml):
            .init(
                line: 1 + yaml.prefix(offset ?? 0).count { $0.isNewline },
                message: "not YAML: \(problem)")
        default:
            .init(line: 1, message: "not YAML: \(error)")
        }
    }
}
