import Simulation
import Statistics

extension SimulatedStudy {
    /// What verdicts are based on: the same that a results file with this study gives (`StudyVerdicts`).
    public var evidence: Evidence {
        let groupings = factors.map { factor in
            Grouping(name: factor.name, labels: factor.labels, numbers: factor.numbers)
        }.filter { $0.distinctLabels.count > 1 }
        return Evidence(
            target: target, targetErrors: targetErrors,
            candidates: measures.map {
                Candidate($0.column, standardErrors: $0.standardErrors, mayPredict: $0.mayPredict)
            },
            factors: groupings.map { Factor($0.name, $0.labels) }, seeds: seeds,
            confounders: confounders.map { Statistics.Confounder($0.column, standardErrors: $0.standardErrors) })
    }
}
