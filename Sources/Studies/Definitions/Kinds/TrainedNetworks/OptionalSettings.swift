import Parameters

/// Settings that go together and that a study may leave out: a training's schedule, its noise, its initial weights, the
/// networks' activation, the labels' noise.
///
/// Where all have their defaults they are in no definition's JSON, so that studies from before there were such settings
/// keep their digests, and among no model's facts, unless beside models that have others.
public struct OptionalSettings: Sendable {
    public let parameters: [Parameter]
    /// Those that are not at their defaults, as a definition's JSON has them.
    public private(set) var stated: [String: ParameterValue]

    /// - Throws: `SettingsError` for values that the parameters do not take.
    public init(_ parameters: [Parameter], stated: [String: ParameterValue]) throws(SettingsError) {
        if let problem = parameters.problem(with: stated) { throw SettingsError(description: problem) }
        self.parameters = parameters
        self.stated = parameters.canonical(stated)
    }

    /// All at their defaults.
    public init(_ parameters: [Parameter]) { (self.parameters, stated) = (parameters, [:]) }

    public var values: ParameterValues { ParameterValues(parameters, stated: stated) }

    public var isDefault: Bool { stated.isEmpty }

    /// The same without some of them, where these change nothing beside the others.
    func without(_ names: String...) -> OptionalSettings {
        var other = self
        for name in names { other.stated[name] = nil }
        return other
    }

    /// The same with another value of one of them, which it can have.
    func with(_ name: String, _ value: ParameterValue) -> OptionalSettings {
        var other = self
        other.stated[name] = value
        other.stated = parameters.canonical(other.stated)
        return other
    }
}

extension OptionalSettings: Hashable {
    public static func == (left: OptionalSettings, right: OptionalSettings) -> Bool { left.stated == right.stated }

    public func hash(into hasher: inout Hasher) { hasher.combine(stated) }
}

/// Values that settings do not take.
public struct SettingsError: Error, CustomStringConvertible {
    public let description: String
}

extension OptionalSettings: ModelFacts {
    var isUnsaid: Bool { isDefault }

    var allFacts: [String: ParameterValue] { values.all }

    var factors: [ModelFactor] { parameters.map { ModelFactor($0.name, isWord: !$0.isNumber) } }
}

// MARK: JSON

extension KeyedEncodingContainer {
    /// Nothing where all have their defaults.
    mutating func encode(_ settings: OptionalSettings, under key: Key) throws {
        if !settings.isDefault { try encode(settings.stated, forKey: key) }
    }
}

extension KeyedDecodingContainer {
    func settings(_ parameters: [Parameter], under key: Key) throws -> OptionalSettings {
        try OptionalSettings(
            parameters, stated: decodeIfPresent([String: ParameterValue].self, forKey: key) ?? [:])
    }
}
