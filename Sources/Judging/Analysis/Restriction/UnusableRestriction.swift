import Diagnostics

/// A condition that says nothing of a study's networks: it names a column that they do not have, or takes words for
/// numbers.
public struct UnusableRestriction: RequestError, Equatable {
    public enum Problem: Sendable, Equatable {
        /// - Parameter hint: what may have been meant, in a sentence.
        case unknownColumn(String, hint: String)
        /// A number beside a word, each as it was written.
        case numberAndWord(number: String, word: String, hint: String?)
        /// A word that is to be added, multiplied or given a sign.
        case wordInSum(String)
    }

    public let study: String
    public let problem: Problem
    /// The character, from 1.
    public let place: Int

    public var description: String {
        let found = "(character \(place) of the selection)"
        return switch problem {
        case .unknownColumn(let name, let hint):
            "The models of '\(study)' have no column '\(name.shortened)' \(found). \(hint)"
        case .numberAndWord(let number, let word, let hint):
            "In '\(study)' \(number.shortened) is a number and \(word.shortened) is a word \(found): they do not "
                + "compare." + (hint.map { " \($0)" } ?? "")
        case .wordInSum(let word):
            "In '\(study)' \(word.shortened) is a word \(found): only numbers can be counted with."
        }
    }
}

/// A condition that leaves too few networks to judge anything by.
public struct TooFewSelected: RequestError, Equatable {
    public let study: String
    public let restriction: String
    public let selected: Int
    /// Of how many.
    public let total: Int
    /// "networks", "models"
    public let unit: String
    /// Sentences on words that it asks for and no network has.
    public let hints: [String]

    public var description: String {
        let least = Restriction.leastSelected
        let count = selected == 0 ? "none" : "\(selected)"
        return
            ([
                "'\(restriction.shortened)' selects \(count) of \(total) \(unit) of '\(study)'; a correlation takes "
                    + "\(least) or more."
            ] + hints).joined(separator: " ")
    }
}

extension Restriction {
    /// The fewest networks that it may leave: a correlation of fewer is undefined.
    public static let leastSelected = 3
}
