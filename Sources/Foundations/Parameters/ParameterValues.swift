/// The values of one part's parameters, stated or default.
///
/// Asking for a parameter that was not declared, for one as another type, or by type for one that has no value, is a
/// programmer's error.
public struct ParameterValues: Sendable, Hashable {
    private let parameters: [Parameter]
    private let stated: [String: ParameterValue]

    /// - Parameter stated: those that a study states; the others have their defaults.
    /// - Precondition: `parameters.problem(with: stated)` is nil.
    public init(_ parameters: [Parameter], stated: [String: ParameterValue] = [:]) {
        if let problem = parameters.problem(with: stated) { preconditionFailure(problem) }
        self.parameters = parameters
        self.stated = parameters.canonical(stated)
    }

    /// Nil for a parameter that may be left out and is.
    public subscript(name: String) -> ParameterValue? {
        guard let parameter = parameters.first(where: { $0.name == name }) else {
            preconditionFailure("there is no parameter '\(name)'")
        }
        return stated[name] ?? parameter.defaultValue
    }

    /// Every parameter that has a value, stated or default, by name.
    public var all: [String: ParameterValue] {
        parameters.reduce(into: [:]) { all, parameter in all[parameter.name] = self[parameter.name] }
    }

    /// Whether there is such a parameter, for what options have in common that do not all have it.
    public func declares(_ name: String) -> Bool { parameters.contains { $0.name == name } }

    public func integer(_ name: String) -> Int { value(name, \.integer, "whole number") }

    public func number(_ name: String) -> Double { value(name, \.number, "number") }

    public func word(_ name: String) -> String { value(name, \.word, "word") }

    public func flag(_ name: String) -> Bool { value(name, \.flag, "flag") }

    public func choice<Choice: RawRepresentable>(_ name: String, as type: Choice.Type = Choice.self) -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: word(name)) else { preconditionFailure("no choice '\(name)'") }
        return choice
    }

    private func value<Value>(_ name: String, _ read: (ParameterValue) -> Value?, _ kind: String) -> Value {
        guard let value = self[name].flatMap(read) else { preconditionFailure("no \(kind) '\(name)'") }
        return value
    }
}

extension [Parameter] {
    /// What is wrong with stated values, as a sentence part that begins with a name: "probes must be from 2 to 1000,
    /// not 1". Nil where nothing is.
    public func problem(with stated: [String: ParameterValue]) -> String? {
        for (name, value) in stated.sorted(by: { $0.key < $1.key }) {
            guard let parameter = first(where: { $0.name == name }) else { return "'\(name)' is no parameter" }
            if let problem = parameter.problem(with: value) { return "\(name) \(problem)" }
        }
        return first { $0.default == .required && stated[$0.name] == nil }.map { "'\($0.name)' is not stated" }
    }

    /// The stated values as a definition's JSON has them: those that differ from their default, and, whether stated or
    /// not, each parameter that `isAlwaysWritten` and has a value.
    ///
    /// Stating a default makes no other study. Left out is the rule, since a parameter that is added later must not
    /// turn old studies into new versions. Shipped studies stated some defaults before there was a rule, so these
    /// are always written: a study that does not state them has the digest of those that do. A new parameter is never
    /// one of them.
    public func canonical(_ stated: [String: ParameterValue]) -> [String: ParameterValue] {
        var written = stated
        for parameter in self {
            let value = stated[parameter.name].map(parameter.normal) ?? parameter.defaultValue
            let isLeftOut = value == parameter.defaultValue && !parameter.isAlwaysWritten
            written[parameter.name] = isLeftOut ? nil : value
        }
        return written
    }
}
