import Parameters
import Training

/// The rule by which gradients become steps, with its own parameters: plain descent where a study names none.
public struct UpdateRuleSpecification: Sendable {
    public let rule: any UpdateRule
    /// Those of its parameters that a definition's JSON has: a stated default is none.
    public let parameters: [String: ParameterValue]

    /// - Parameters:
    ///   - name: the rule's id in the catalogue.
    ///   - stated: values of its parameters; those left out have their defaults.
    /// - Throws: `UpdateRuleError` for a rule that there is not, or not with these values.
    public init(_ name: String, stated: [String: ParameterValue] = [:]) throws(UpdateRuleError) {
        rule = try UpdateRuleCatalogue.rule(name, stated: stated)
        parameters = rule.about.parameters.canonical(stated)
    }

    private init(_ rule: SGD) { (self.rule, parameters) = (rule, [:]) }

    /// What a study that names no rule means.
    public static let plain = UpdateRuleSpecification(SGD())

    public var name: String { rule.id }

    /// The same rule by its plainest name.
    var plainest: UpdateRuleSpecification {
        let values = ParameterValues(rule.about.parameters, stated: parameters)
        let name = type(of: rule).plainest(values)
        return (try? UpdateRuleSpecification(name.id, stated: name.stated)) ?? self
    }
}

extension UpdateRuleSpecification: ModelFacts {
    /// Nothing is said of plain descent, as before there were other rules.
    var isUnsaid: Bool { self == .plain }

    /// The rule and all its parameters that have a value.
    var allFacts: [String: ParameterValue] {
        ParameterValues(rule.about.parameters, stated: parameters).all.merging(["rule": .word(name)]) { $1 }
    }

    var factors: [ModelFactor] {
        [ModelFactor("rule", isWord: true)]
            + rule.about.parameters.map { ModelFactor($0.name, isWord: !$0.isNumber) }
    }
}

extension UpdateRuleSpecification: Hashable {
    public static func == (left: UpdateRuleSpecification, right: UpdateRuleSpecification) -> Bool {
        left.name == right.name && left.parameters == right.parameters
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(parameters)
    }
}

extension UpdateRuleSpecification: Codable {
    private enum CodingKeys: String, CodingKey { case name, parameters }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            container.decode(String.self, forKey: .name),
            stated: container.decodeIfPresent([String: ParameterValue].self, forKey: .parameters) ?? [:])
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        if !parameters.isEmpty { try container.encode(parameters, forKey: .parameters) }
    }
}
