/// What a study file may say of an experiment, under one key.
public struct Setting: Sendable {
    public enum Kind: Sendable {
        case integer(in: ClosedRange<Int>)
        case number(in: ClosedRange<Double>)
        case choice([String])
    }

    /// The key in a study file.
    public let name: String
    public let kind: Kind
    /// Fixed for good: a study that does not state the setting means this value.
    public let standard: SettingValue
    public let summary: String

    /// A whole number.
    public init(_ name: String, integers range: ClosedRange<Int>, default standard: Int, _ summary: String) {
        precondition(range.contains(standard))
        self.init(name: name, kind: .integer(in: range), standard: .integer(standard), summary: summary)
    }

    /// A number.
    public init(_ name: String, numbers range: ClosedRange<Double>, default standard: Double, _ summary: String) {
        precondition(range.contains(standard))
        self.init(name: name, kind: .number(in: range), standard: .number(standard), summary: summary)
    }

    /// One of the cases of a type.
    public init<Choice: RawRepresentable & CaseIterable>(_ name: String, default standard: Choice, _ summary: String)
    where Choice.RawValue == String {
        self.init(
            name: name, kind: .choice(Choice.allCases.map(\.rawValue)), standard: .word(standard.rawValue),
            summary: summary)
    }

    private init(name: String, kind: Kind, standard: SettingValue, summary: String) {
        self.name = name
        self.kind = kind
        self.standard = standard
        self.summary = summary
    }
}

/// The value of a setting.
public enum SettingValue: Sendable, Hashable {
    case integer(Int)
    case number(Double)
    case word(String)
}

/// The values of an experiment's settings, all of them.
///
/// Asking for a setting that the experiment does not have, or with another type, is a programmer's error.
public struct Settings: Sendable, Hashable {
    private var values: [String: SettingValue]

    /// - Parameter stated: those that a study states; the others have their defaults.
    /// - Precondition: `stated` names settings of the description, with values of their kind and range.
    public init(_ description: ExperimentDescription, stated: [String: SettingValue] = [:]) {
        values = Dictionary(
            uniqueKeysWithValues: description.settings.map { ($0.name, stated[$0.name] ?? $0.standard) })
        precondition(stated.keys.allSatisfy { values[$0] != nil })
    }

    public func integer(_ name: String) -> Int {
        guard case .integer(let value) = values[name] else { preconditionFailure("no whole number '\(name)'") }
        return value
    }

    public func number(_ name: String) -> Double {
        switch values[name] {
        case .number(let value): return value
        // A whole number is one, too, where it was read from a definition.
        case .integer(let value): return Double(value)
        default: preconditionFailure("no number '\(name)'")
        }
    }

    public func choice<Choice: RawRepresentable>(_ name: String, as type: Choice.Type = Choice.self) -> Choice
    where Choice.RawValue == String {
        guard case .word(let value) = values[name], let choice = Choice(rawValue: value) else {
            preconditionFailure("no choice '\(name)'")
        }
        return choice
    }
}

extension Setting {
    /// Whether its values are words.
    public var isChoice: Bool {
        if case .choice = kind { true } else { false }
    }

    /// What it means, which values it takes and which is its default, in a line.
    public var text: String {
        let values =
            switch kind {
            case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
            case .choice(let words): words.joined(separator: " or ")
            }
        return "\(summary) (\(values); \(standard.text) where nothing is said)"
    }
}

extension SettingValue {
    public var text: String {
        switch self {
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .word(let word): word
        }
    }
}
