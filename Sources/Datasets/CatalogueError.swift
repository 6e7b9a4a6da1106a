import Diagnostics
import Yams

/// A file of the catalogue that is not what it should be: broken YAML, an unknown or missing key, a value of another kind.
public struct CatalogueError: RequestError, Equatable {
    public let file: String
    /// Counted from 1; 0 where the whole file is meant.
    public let line: Int
    public let problem: String

    public var description: String { line > 0 ? "\(file), line \(line): \(problem)" : "\(file): \(problem)" }
}

extension CatalogueError {
    init(_ error: YamlError, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, problem: "no valid YAML: \(problem).")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            self.init(file: file, line: context.mark.line, problem: "a key stands twice: \(names).")
        default:
            self.init(file: file, line: 0, problem: "no valid YAML: \(error)")
        }
    }
}
