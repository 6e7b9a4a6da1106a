import Diagnostics

/// A text that is no condition.
public struct UnreadableRestriction: RequestError, Equatable {
    /// What is wrong.
    public enum Problem: Sendable, Equatable {
        case empty
        case tooLong(bytes: Int)
        case tooDeep
        case unexpectedCharacter(Unicode.Scalar, meant: String?)
        case unclosedQuote(Character)
        case unclosedParenthesis
        case unopenedParenthesis
        case unreadableNumber(String)
        case comment(String)
        case function(String)
        /// A word stands where nothing joins it to what is before it.
        case missingOperator(before: String)
        /// A word, or the end, stands where a column or a value has to.
        case missingTerm(before: String)
        /// A column or a value that is compared with nothing.
        case noComparison(String)
        /// A comparison that is compared, or counted with.
        case conditionAsTerm(String)
        case chainedComparison(String)
        case betweenWithoutAnd(String)
        case inWithoutList(String)
        /// NOT behind a term, before neither IN nor BETWEEN.
        case lonelyNot(String)
        /// NULL where a value has to stand.
        case null
        /// IS before anything else.
        case notNull(String)
    }

    public let problem: Problem
    /// The character, from 1; nil for the text as a whole.
    public let place: Int?

    init(_ problem: Problem, at place: Int?) {
        self.problem = problem
        self.place = place
    }

    public var description: String {
        guard let place else { return problem.sentence }
        return "The selection cannot be read at character \(place): \(problem.sentence)"
    }
}

extension UnreadableRestriction.Problem {
    fileprivate var sentence: String {
        switch self {
        case .empty: "The selection is empty. Write a condition, such as 'test_accuracy > 0.5'."
        case .tooLong(let bytes):
            "The selection has \(bytes) bytes, more than the \(Restriction.mostBytes) that are read."
        case .tooDeep:
            "more than \(Restriction.mostDepth) parentheses and NOTs stand within each other."
        case .unexpectedCharacter(let character, let meant):
            "\(Self.shown(character)) says nothing here."
                + (meant.map { " Write \($0) instead." } ?? " A condition on columns is taken, no other SQL.")
        case .unclosedQuote(let quote): "the quote \(quote) is not closed."
        case .unclosedParenthesis: "the parenthesis is not closed."
        case .unopenedParenthesis: "no parenthesis is open that could be closed."
        case .unreadableNumber(let text):
            "'\(text.shortened)' is no number; words stand in single quotes, columns that begin with a digit in "
                + "double ones."
        case .comment(let mark): "'\(mark)' begins a comment in SQL. Put a space between two signs."
        case .function(let name): "'\(name.shortened)' is followed by a parenthesis, and there are no functions."
        case .missingOperator(let next):
            "AND, OR or a comparison is missing before '\(next.shortened)'. There are = <> < <= > >=, IN, BETWEEN "
                + "and IS NULL."
        case .missingTerm(let next):
            "a column, a number or a word in single quotes is missing"
                + (next.isEmpty ? " at the end." : " before '\(next.shortened)'.")
        case .noComparison(let term):
            "'\(term.shortened)' is compared with nothing; '\(term.shortened) > 0' would be a condition."
        case .conditionAsTerm(let condition):
            "'\(condition.shortened)' is true or not; it is no number to compare or count with."
        case .chainedComparison(let next):
            "'\(next.shortened)' follows a comparison, which is no number to compare. Join two comparisons with AND."
        case .betweenWithoutAnd(let next):
            "AND and the upper bound of BETWEEN are missing" + (next.isEmpty ? "." : " before '\(next.shortened)'.")
        case .inWithoutList(let next):
            "IN takes a list in parentheses, such as IN (16, 32)"
                + (next.isEmpty ? "." : ", not '\(next.shortened)'.")
        case .lonelyNot(let next):
            "IN or BETWEEN is missing behind NOT" + (next.isEmpty ? "." : ", before '\(next.shortened)'.")
        case .null: "a comparison with NULL is true of nothing. IS NULL asks for what is missing."
        case .notNull(let next):
            "behind IS stand NULL and NOT NULL alone"
                + (next.isEmpty ? "." : ", not '\(next.shortened)'; = compares.")
        }
    }

    /// A character that can be seen as it is, another by its number.
    private static func shown(_ character: Unicode.Scalar) -> String {
        let isVisible: Bool =
            switch character.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
                .spaceSeparator, .nonspacingMark, .enclosingMark, .spacingMark:
                false
            default: true
            }
        let digits = String(character.value, radix: 16, uppercase: true)
        return isVisible ? "'\(character)'" : "U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
    }
}
