import Definitions
import Documents
import Training

/// Reads the update rule of a study file's `training` section, and the rule's own parameters beside it.
///
///     training:
///       rule: sgd                        # where nothing is said
///       momentum: 0.9
///
/// Which parameters there are depends on the rule, so that a key of another rule is unknown here.
struct UpdateRuleReader {
    func rule(_ reader: MappingReader) -> UpdateRuleSpecification {
        let name =
            reader.choice(TrainingKeys.rule.name, among: UpdateRuleCatalogue.descriptions.map(\.id))
            ?? UpdateRuleSpecification.plain.name
        guard let about = UpdateRuleCatalogue.descriptions.first(where: { $0.id == name }) else { return .plain }
        let stated = reader.stated(about.parameters)
        do {
            return try UpdateRuleSpecification(about.id, stated: stated)
        } catch {
            // What is wrong with a single parameter has been noted.
            if about.parameters.problem(with: stated) == nil { reader.problemHere("cannot be so. \(error)") }
            return .plain
        }
    }
}
