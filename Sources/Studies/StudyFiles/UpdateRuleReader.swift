import Definitions
import Documents
import Training

/// Reads the update rule of a study file's `training` section, and the rule's own parameters beside it.
///
///     training:
///       rule: sgd                        # where nothing is said
///
/// Which parameters there are depends on the rule, so that a key of another rule is unknown here.
struct UpdateRuleReader {
    func rule(_ reader: MappingReader) -> UpdateRuleSpecification {
        let name = reader.choice(TrainingKeys.rule.name, among: UpdateRuleCatalogue.descriptions.map(\.id))
        guard let about = UpdateRuleCatalogue.descriptions.first(where: { $0.id == name }) else { return .plain }
        do {
            return try UpdateRuleSpecification(about.id, stated: reader.stated(about.parameters))
        } catch {
            // A parameter that must be stated and is not has been noted.
            return .plain
        }
    }
}
