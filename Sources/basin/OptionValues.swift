import ArgumentParser
import Diagnostics

/// What stands behind an option and cannot: follows ArgumentParser's "The value '-1' is invalid for '--jobs <jobs>': ".
struct UnusableValue: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Reads an option's whole number.
func wholeNumber<Number: FixedWidthInteger & Sendable>(
    in range: ClosedRange<Number>
) -> @Sendable (String) throws -> Number {
    { text in
        if let number = Number(text), range.contains(number) { return number }
        let limits =
            range.upperBound == .max
            ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        throw UnusableValue("it takes a whole number \(limits).")
    }
}

/// Several numbers behind one option.
struct WholeNumbers {
    let numbers: [Int]

    init(_ numbers: [Int]) { self.numbers = numbers }
}

/// Reads an option's whole numbers, separated by commas.
func wholeNumbers(in range: ClosedRange<Int>) -> @Sendable (String) throws -> WholeNumbers {
    let read = wholeNumber(in: range)
    return { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        return WholeNumbers(try parts.map { try read($0.trimmingCharacters(in: .whitespaces)) })
    }
}

/// Reads an option's number between two others, neither of which it can be.
func number(between low: Int, and high: Int) -> @Sendable (String) throws -> Double {
    { text in
        if let number = Double(text), number > Double(low), number < Double(high) { return number }
        throw UnusableValue("it takes a number above \(low) and below \(high).")
    }
}

/// Reads an option's word, one of some.
func word<Value>(
    among words: [String], _ value: @escaping @Sendable (String) -> Value?
) -> @Sendable (String) throws -> Value {
    { text in
        if let value = value(text) { return value }
        let near = nearestName(to: text, among: words).map { " Did you mean '\($0)'?" } ?? ""
        throw UnusableValue("it takes one of \(words.joined(separator: ", ")).\(near)")
    }
}

/// Reads an option's word, one of the cases of a type.
func word<Choice: RawRepresentable & CaseIterable & Sendable>() -> @Sendable (String) throws -> Choice
where Choice.RawValue == String {
    word(among: Choice.allCases.map(\.rawValue)) { Choice(rawValue: $0) }
}

/// Arguments in which `--option -value` is one word, `--option=-value`: ArgumentParser takes what begins with a hyphen
/// for an option, and says that the value is missing. No option of Basin's has one hyphen, `-h` aside.
func joiningValuesWithHyphens(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for (index, argument) in arguments.enumerated() {
        if argument == "--" { return joined + arguments[index...] }
        let isValue = argument.hasPrefix("-") && !argument.hasPrefix("--") && argument != "-" && argument != "-h"
        if isValue, let option = joined.last, option.hasPrefix("--"), option.count > 2, !option.contains("=") {
            joined[joined.count - 1] = "\(option)=\(argument)"
        } else {
            joined.append(argument)
        }
    }
    return joined
}
