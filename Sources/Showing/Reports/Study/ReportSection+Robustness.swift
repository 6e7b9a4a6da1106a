import Analysis
import Results
import Statistics

extension ReportSection {
    /// Granulated coefficients where the study has a grid of two hyperparameters or more.
    static func robustness(_ population: Population, target: String) throws -> ReportSection {
        let repeating = Repetitions.repeating
        guard population.axes.filter({ !repeating.contains($0.name) }).count > 1 else { return ReportSection() }
        let found = try Robustness(of: population, target: target)
        return ReportSection([
            .heading(2, "One hyperparameter at a time"),
            .paragraph(
                """
                Does a measure follow \(code: target) when a single hyperparameter changes? \(code: "psi") is \
                Kendall's coefficient over networks that differ in that one alone, \(code: "psi_mean") the mean (Jiang \
                et al., arXiv 1912.02178); \(code: "cmi") the least normalised mutual information over sets of at most \
                two hyperparameters held fixed. Sign errors (Dziugaite et al., arXiv 2010.11924) are over environments \
                in which one hyperparameter goes between two values: 0 is always right, 0.5 chance.
                """),
            .table(
                found.table.keeping(
                    ["measure"] + found.axes.map { "psi \($0)" }
                        + ["psi_mean", "cmi", "error_mean", "error_worst", "worst"]
                ) { row in found.rows[row].mayPredict }),
            .paragraph("The command has more: what reads unseen labels, all quantiles, and PGDL's score."),
            .command(["basin robustness \(population.study.name.shellWord)\(population.whereOption)"]),
        ])
    }
}
