import Analysis
import Results
import Statistics

extension ReportSection {
    /// Granulated coefficients where the study has a grid of two hyperparameters or more.
    static func robustness(_ population: Population, target: String) throws -> ReportSection {
        let repeating = Repetitions.repeating
        guard population.axes.filter({ !repeating.contains($0.name) }).count > 1 else { return ReportSection([]) }
        let found = try Robustness(of: population, target: target)
        return ReportSection([
            "## One hyperparameter at a time", "",
            "Does a measure follow `\(target)` when a single hyperparameter changes? `psi` is Kendall's coefficient over networks that "
                + "differ in that one alone, `psi_mean` the mean (Jiang et al., arXiv 1912.02178); `cmi` the least normalised mutual "
                + "information over sets of at most two hyperparameters held fixed. Sign errors (Dziugaite et al., arXiv 2010.11924) "
                + "are over environments in which one hyperparameter goes between two values: 0 is always right, 0.5 chance. `pgdl` "
                + "is 100 times cmi for the generalization gap (arXiv 2012.07976).",
            "", "    basin robustness \(population.study.name)", "", found.table.render(.markdown),
        ])
    }
}
