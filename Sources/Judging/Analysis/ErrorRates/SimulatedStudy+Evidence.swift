import Simulation
import Statistics

extension SimulatedStudy {
    /// What verdicts are based on: the same that a results file with this study gives (`StudyVerdicts`).
    public var evidence: Evidence {
        let groupings = factors.map { factor in
            Grouping(name: factor.name, labels: factor.labels, numbers: factor.numbers)
        }.filter { $0.distinctLabels.count > 1 }
        let whole = Grouping.configuration(groupings) ?? groupings.first
        return Evidence(
            target: target,
            candidates: measures.map {
                Candidate($0.column, standardErrors: $0.standardErrors, mayPredict: $0.mayPredict)
            },
            design: whole.map { design(groupings, whole: $0) },
            confounders: confounders.map { Condition($0.column.name, [$0.column]) },
            configurations: whole?.labels)
    }

    /// As categories where there are at least three networks to each configuration; else every factor by itself, as a
    /// number where it is one (`Population.design`).
    private func design(_ groupings: [Grouping], whole: Grouping) -> Condition {
        if whole.distinctLabels.count * 3 <= networks { return Condition(whole.name, whole.indicators) }
        return Condition(
            groupings.map(\.name),
            groupings.flatMap { grouping in
                grouping.numbers.map { [Column(grouping.name, $0)] } ?? grouping.indicators
            })
    }
}
