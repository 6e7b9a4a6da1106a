import Diagnostics
import Yams

/// A YAML text whose syntax is right; what it says is still to be read.
public struct YAMLDocument {
    /// What messages call the file.
    public let path: String
    public let root: YAMLNode

    /// Parses a text.
    ///
    /// - Throws: `DocumentError` with the first fault of its syntax, a key that stands twice, aliases that make more of
    ///   the text than it says, or a text without content.
    public init(text: String, path: String) throws {
        self.path = path
        if let problem = YAMLExpansion.problem(with: text) { throw DocumentError(path: path, problems: [problem]) }
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw DocumentError(path: path, problems: [.init(line: 1, message: "the file is empty")])
            }
            root = YAMLNode(node)
        } catch let error as YamlError {
            throw DocumentError(path: path, problems: [DocumentError.Problem(error)])
        }
    }

    /// Reads a document whose whole is one mapping.
    ///
    /// - Parameters:
    ///   - name: what messages call the whole, as "the study".
    ///   - content: takes the keys of the root. What it returns counts only if nothing was noted meanwhile, so that it
    ///     can put in any value for one that is wrong, and read on.
    /// - Throws: `DocumentError` with all that was noted.
    public func read<Content>(as name: String, _ content: (MappingReader) -> Content) throws -> Content {
        let problems = Problems()
        guard let reader = MappingReader(root: root, name: name, problems: problems) else {
            throw DocumentError(path: path, problems: problems.found)
        }
        let result = content(reader)
        guard problems.found.isEmpty else {
            throw DocumentError(path: path, problems: problems.found, isCut: problems.isFull)
        }
        return result
    }
}

extension DocumentError.Problem {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            if problem.hasPrefix("Maximum nesting level") {
                self.init(line: mark.line, message: "not YAML that anybody reads: lists or keys lie a thousand deep")
                return
            }
            let circumstances = context.map { "\($0.text), " } ?? ""
            self.init(line: mark.line, message: "not YAML: \(circumstances)\(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.sorted().prefix(Problems.most).map { "'\($0.shortened)'" }.joined(separator: ", ")
            self.init(line: context.mark.line, message: "a key is given twice: \(names)")
        case .reader(let problem, let offset, _, let yaml):
            self.init(line: 1 + yaml.prefix(offset ?? 0).count { $0.isNewline }, message: "not YAML: \(problem)")
        default:
            self.init(line: 1, message: "not YAML: \(error)")
        }
    }
}
