import Analysis
import ArgumentParser
import Reports

/// The networks to judge, and on standard error what is to be known of how they came out.
///
/// - Parameter withoutCollapsed: leaves out those at chance.
/// - Throws: `ValidationError` where it is not known which those are.
func judged(_ population: Population, withoutCollapsed: Bool) throws -> Population {
    guard let health = Health(of: population) else {
        guard withoutCollapsed else { return population }
        throw ValidationError(
            "The models of '\(population.study.name)' were chosen, not drawn: none of them collapsed.")
    }
    let text = HealthText(health, of: population)
    if withoutCollapsed, let reason = text.reasonWithoutCollapsed { throw ValidationError(reason) }
    for remark in withoutCollapsed ? text.remarksWithout : text.remarks { say("basin: \(remark)") }
    return withoutCollapsed ? population.without(health.collapsedRows) : population
}
