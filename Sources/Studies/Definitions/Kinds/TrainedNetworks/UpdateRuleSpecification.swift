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

    /// What is worth asking for in SQL: the rule and all its parameters that have a value, stated or default. Nothing
    /// of plain descent, as before there were other rules.
    var facts: [String: ParameterValue] {
        self == .plain ? [:] : allFacts
    }

    /// What plain descent has beside other rules, so that it can be held against them.
    static func unsaidFacts(of rules: [UpdateRuleSpecification]) -> [String: ParameterValue] {
        rules.allSatisfy { $0 == .plain } ? [:] : UpdateRuleSpecification.plain.allFacts
    }

    private var allFacts: [String: ParameterValue] {
        let declared = rule.about.parameters
        let values = ParameterValues(declared, stated: parameters)
        var facts: [String: ParameterValue] = ["rule": .word(name)]
        for parameter in declared {
            facts[parameter.name] = values[parameter.name]
        }
        return facts
    }

    /// The names of the facts that some of these have, the rule first.
    static func factors(of rules: [UpdateRuleSpecification]) -> [ModelFactor] {
        var factors: [ModelFactor] = []
        for rule in rules where rule != .plain {
            let parameters = rule.rule.about.parameters.map { ModelFactor($0.name, isWord: !$0.isNumber) }
            for factor in [ModelFactor("rule", isWord: true)] + parameters where !factors.contains(factor) {
                factors.append(factor)
            }
        }
        return factors
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
