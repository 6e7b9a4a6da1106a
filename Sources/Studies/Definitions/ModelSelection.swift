import Parameters

/// Which models a figure or a claim is about: those that have, for each name, one of its values.
///
/// Names are `regime`, `seed`, or hyperparameters. As JSON it is an object of lists:
/// `{"radius":[0.5],"regime":["sam"]}`.
public struct ModelSelection: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Empty for all models.
    public var conditions: [String: [ParameterValue]]

    public static let all = ModelSelection([:])

    public init(_ conditions: [String: [ParameterValue]]) { self.conditions = conditions }

    public init(from decoder: any Decoder) throws {
        conditions = try decoder.singleValueContainer().decode([String: [ParameterValue]].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(conditions)
    }

    /// "radius 0.5, 1 or 2; regime sam"; "all models" where nothing is asked.
    public var description: String {
        guard !conditions.isEmpty else { return "all models" }
        return conditions.sorted { $0.key < $1.key }.map { name, values in
            let words = values.map(\.description)
            let list =
                words.count < 2
                ? words.joined() : words.dropLast().joined(separator: ", ") + " or \(words[words.count - 1])"
            return "\(name) \(list)"
        }.joined(separator: "; ")
    }
}
