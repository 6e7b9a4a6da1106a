import Diagnostics

/// All that is wrong with a document, each thing with its line.
public struct DocumentError: RequestError, Equatable {
    public struct Problem: Sendable, Hashable {
        /// From 1.
        public let line: Int
        public let message: String

        public init(line: Int, message: String) {
            self.line = line
            self.message = message
        }
    }

    public let path: String
    /// By line.
    public let problems: [Problem]
    /// Whether more is wrong than is listed.
    public let isCut: Bool

    /// - Precondition: there is a problem.
    public init(path: String, problems: [Problem], isCut: Bool = false) {
        precondition(!problems.isEmpty, "an error without a problem")
        self.path = path
        self.problems = problems.sorted { $0.line < $1.line }
        self.isCut = isCut
    }

    /// A line for each problem, as `toy.yml:3: unknown key 'epoch'. Did you mean 'epochs'?`.
    public var description: String {
        let lines = problems.map { "\(path):\($0.line): \($0.message)" }
        let rest = isCut ? ["\(path): more is wrong; these are the first \(problems.count) problems that were met"] : []
        return (lines + rest).joined(separator: "\n")
    }
}
