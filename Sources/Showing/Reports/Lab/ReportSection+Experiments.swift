import Analysis
import Parameters
import Results
import TheoryLabs

extension ReportSection {
    /// What each experiment makes, what cannot be concluded from it, and with which settings the studies have it.
    static func experiments(_ members: [Population]) -> ReportSection {
        var shown: [ExperimentDescription] = []
        for about in members.compactMap(\.experiment) where !shown.contains(where: { $0.id == about.id }) {
            shown.append(about)
        }
        guard !shown.isEmpty else { return ReportSection() }
        var table = Table(["study", "experiment", "varies", "the same in all models"])
        for member in members {
            guard let experiment = member.experiment else { continue }
            let values = settings(of: member)
            let names = experiment.settings.map(\.name).filter { values[$0] != nil }
            let varied = names.filter { (values[$0]?.count ?? 0) > 1 }
            table.append([
                .text(member.study.name), .text(experiment.id),
                .text(
                    ((member.models.contains { $0.regime != nil } ? ["regime"] : []) + varied).joined(separator: ", ")),
                .text(
                    names.filter { !varied.contains($0) }.map { "\($0) \(values[$0]?.first ?? "")" }.joined(
                        separator: ", ")),
            ])
        }
        return ReportSection([
            .heading(2, "The experiments and their limits"),
            .list(
                shown.map { about in
                    """
                    \(code: about.id): \(authored: about.title). A model is \(authored: about.model). \
                    \(authored: about.limits) Source: \(authored: about.source).
                    """
                }),
            .table(table), .paragraph("All settings and measures: \(code: "basin labs EXPERIMENT")."),
        ])
    }

    /// The values that each setting has in a study's models, as words.
    private static func settings(of population: Population) -> [String: Set<String>] {
        var values: [String: Set<String>] = [:]
        for text in Set(population.models.map(\.hyperparameters)) {
            for (name, scalar) in ParameterValue.all(in: text) { values[name, default: []].insert(scalar.text) }
        }
        return values
    }
}
