import Diagnostics
import Parameters

/// All update rules, by id.
public enum UpdateRuleCatalogue {
    /// In the order in which lists show them. A new rule is added here.
    public static let all: [any UpdateRule.Type] = [
        SGD.self, Adam.self, AdamW.self, SAM.self, ASAM.self,
    ]

    public static let descriptions: [UpdateRuleDescription] = all.map { $0.about }

    /// The rule with this id and these values of its parameters; those left out have their defaults.
    ///
    /// - Throws: `UpdateRuleError` for an id that there is not, with the nearest, and for what the rule cannot be told.
    public static func rule(
        _ id: String, stated: [String: ParameterValue] = [:]
    ) throws(UpdateRuleError) -> any UpdateRule {
        guard let type = all.first(where: { $0.about.id == id }) else {
            throw UpdateRuleError(
                description: "There is no update rule '\(id)'. " + suggestion(for: id, among: descriptions.map(\.id)))
        }
        if let problem = type.about.parameters.problem(with: stated) {
            throw UpdateRuleError(description: "The update rule '\(id)' takes no such value: \(problem).")
        }
        let values = ParameterValues(type.about.parameters, stated: stated)
        if let problem = type.problem(with: values) {
            throw UpdateRuleError(description: "The update rule '\(id)' takes no such values together: \(problem).")
        }
        return type.init(values)
    }
}

/// An update rule that there is not, or not with these parameters.
public struct UpdateRuleError: RequestError {
    public let description: String
}
