import Diagnostics

/// What a study file may say of something under one key: of a measure, of an experiment, of training.
public struct Parameter: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A whole number in a range, and a multiple of a step.
        case integer(in: ClosedRange<Int>, multipleOf: Int = 1)
        /// A finite number in a range.
        case number(in: ClosedRange<Double>)
        /// One of some words.
        case choice([String])
        case flag
    }

    /// What holds where nothing is said.
    public enum Default: Sendable, Hashable {
        /// Fixed for good: a study that does not state the parameter means this value.
        case value(ParameterValue)
        /// It must be stated.
        case required
        /// It may be left out, and then means what no value says, as "the last" layer.
        case absent(meaning: String)
    }

    /// The key in a study file.
    public let name: String
    public let kind: Kind
    public let `default`: Default
    /// As "epochs"; nil for a bare number, a word, a flag.
    public let unit: String?
    public let summary: String
    /// Whether a definition's JSON has it even at its default; see `canonical(_:)`.
    public let isAlwaysWritten: Bool

    /// - Precondition: a default is a value of this kind.
    public init(
        _ name: String, _ kind: Kind, default standard: Default, unit: String? = nil, isAlwaysWritten: Bool = false,
        _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.default = standard
        self.unit = unit
        self.summary = summary
        self.isAlwaysWritten = isAlwaysWritten
        if let problem = defaultValue.flatMap(problem(with:)) {
            preconditionFailure("the default of '\(name)' \(problem)")
        }
    }

    /// A whole number.
    public init(
        _ name: String, integers range: ClosedRange<Int>, multipleOf step: Int = 1, default standard: Int,
        unit: String? = nil, isAlwaysWritten: Bool = false, _ summary: String
    ) {
        self.init(
            name, .integer(in: range, multipleOf: step), default: .value(.integer(standard)), unit: unit,
            isAlwaysWritten: isAlwaysWritten, summary)
    }

    /// A number.
    public init(
        _ name: String, numbers range: ClosedRange<Double>, default standard: Double, unit: String? = nil,
        isAlwaysWritten: Bool = false, _ summary: String
    ) {
        self.init(
            name, .number(in: range), default: .value(.number(standard)), unit: unit,
            isAlwaysWritten: isAlwaysWritten, summary)
    }

    /// One of the cases of a type.
    public init<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default standard: Choice, isAlwaysWritten: Bool = false, _ summary: String
    ) where Choice.RawValue == String {
        self.init(
            name, .choice(Choice.allCases.map(\.rawValue)), default: .value(.word(standard.rawValue)),
            isAlwaysWritten: isAlwaysWritten, summary)
    }

    /// True or false.
    public init(_ name: String, default standard: Bool, isAlwaysWritten: Bool = false, _ summary: String) {
        self.init(name, .flag, default: .value(.flag(standard)), isAlwaysWritten: isAlwaysWritten, summary)
    }

    /// Nil where it must be stated, and where leaving it out means what no value says.
    public var defaultValue: ParameterValue? {
        if case .value(let value) = self.default { value } else { nil }
    }

    /// Whether its values are numbers, whole or not.
    public var isNumber: Bool {
        switch kind {
        case .integer, .number: true
        case .choice, .flag: false
        }
    }
}

extension Parameter {
    /// What is wrong with a value, to follow the parameter's name: "must be from 2 to 1000, not 1". Nil for one that it
    /// can have.
    public func problem(with value: ParameterValue) -> String? {
        switch kind {
        case .integer(let range, let step):
            guard let integer = value.integer else { return "must be a whole number, not '\(value)'" }
            guard range.contains(integer) else {
                let limit =
                    range.upperBound == .max
                    ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
                return "must be \(limit), not \(integer)"
            }
            return integer.isMultiple(of: step) ? nil : "is a multiple of \(step), not \(integer)"
        case .number(let range):
            guard let number = value.number, number.isFinite, range.contains(number) else {
                return "must be \(kind.text), not '\(value)'"
            }
            return nil
        case .choice(let words):
            guard let word = value.word, words.contains(word) else {
                return "cannot be '\(value)'. \(suggestion(for: "\(value)", among: words))"
            }
            return nil
        case .flag:
            return value.flag == nil ? "must be \(kind.text), not '\(value)'" : nil
        }
    }

    /// The value as one of this kind: a number's 2 is 2.0. One that the parameter cannot have stays as it is.
    func normal(_ value: ParameterValue) -> ParameterValue {
        switch kind {
        case .integer: value.integer.map(ParameterValue.integer) ?? value
        case .number: value.number.map(ParameterValue.number) ?? value
        case .choice, .flag: value
        }
    }
}
