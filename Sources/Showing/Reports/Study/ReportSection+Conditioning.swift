import Analysis
import Statistics
import Typography

extension ReportSection {
    /// Each predictor's correlation under every condition of its verdict.
    ///
    /// Where a study has a design (regime, grid), every condition holds that fixed and something else besides: what the
    /// something else does is seen against what the design does alone, never against the raw correlation.
    static func conditioning(_ population: Population, _ verdicts: StudyVerdicts) -> [ReportSection] {
        let rows = population.columns.compactMap { column in verdicts.rows.first { $0.verdict.measure == column } }
            .map(\.verdict).filter { population.mayPredict($0.measure) }
        let naming = ConditionNames(design: verdicts.design)
        let conditions = rows.flatMap(\.trials).map(naming.words).reduce(into: [String]()) { kept, next in
            if !kept.contains(next) { kept.append(next) }
        }
        guard !conditions.isEmpty else { return [] }
        var table = Table(
            ["measure", Table.Column("raw", format: .fixed(3))]
                + conditions.map { Table.Column("given \($0)", format: .fixed(3)) })
        for verdict in rows {
            var row: [Cell] = [.text(verdict.measure), Cell(verdict.raw.estimate, because: verdict.raw.reason)]
            for condition in conditions {
                let trial = verdict.trials.first { naming.words($0) == condition }
                row.append(Cell(trial?.value, because: trial?.reason ?? "A column is not held fixed for itself."))
            }
            table.append(row)
        }
        return [
            ReportSection([
                .heading(2, "With confounders held fixed"),
                .paragraph(
                    """
                    Rank correlations with \(code: verdicts.target), given curves of the ranks of what is held \
                    fixed\(naming.hasDesign ? ", the design as categories" : ""). \(naming.reading)
                    """),
                .table(table),
            ])
        ]
    }
}

extension Verdict.Trial {
    /// Why there is no correlation given curves of the condition; nil where there is one.
    fileprivate var reason: String? {
        if case .failure(let undefined) = curved { undefined.description } else { nil }
    }
}
