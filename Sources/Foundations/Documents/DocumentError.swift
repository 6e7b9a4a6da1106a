import Diagnostics

/// All that is wrong with a document, each thing with its line.
public struct DocumentError: RequestError, Equatable {
    public struct Problem: Sendable, Equatable {
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

    /// - Precondition: there is a problem.
    public init(path: String, problems: [Problem]) {
        precondition(!problems.isEmpty, "an error without a problem")
        self.path = path
        self.problems = problems.sorted { $0.line < $1.line }
    }

    /// A line for each problem, as `toy.yml:3: unknown key 'epoch'. Did you mean 'epochs'?`.
    public var description: String {
        problems.map { "\(path):\($0.line): \($0.message)" }.joined(separator: "\n")
    }
}
