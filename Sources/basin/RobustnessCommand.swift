import Analysis
import ArgumentParser
import Reports
import Results

struct RobustnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "robustness",
        abstract: "Whether measures follow the target as one hyperparameter changes at a time.",
        discussion: """
            tau is Kendall's over all networks. psi is its mean with one hyperparameter changing and all others fixed, \
            psi_mean their mean (Jiang et al., arXiv 1912.02178); cmi the least normalised mutual information of \
            measure and target over all sets of at most two hyperparameters held fixed, cmi_given that set: 0 where \
            the measure does not vary while the set is fixed. The sign \
            errors (Dziugaite et al., arXiv 2010.11924) are over environments, in each of which one hyperparameter \
            goes between two values: 0 is always right, 0.5 chance, 1 always wrong; error_90 is what nine of ten \
            environments do not exceed. pgdl scores the generalization gap by the rule of the competition's program \
            (arXiv 2012.07976): over any two hyperparameters of both networks of a pair, a tie counting as minus.

            Example: basin robustness batch-size-fashion-mnist
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The column to predict. Default: the study's target.")
    var against: String?

    @Option(
        name: .long, help: "Leave out environments of fewer pairs of networks; 1 unless given.",
        transform: wholeNumber(in: 1...Int.max))
    var leastPairs = 1

    @Flag(name: .long, help: "The sign error of every environment instead.")
    var environments = false

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try selection.population(of: store.study(study.reference), in: store)
        remarkOnLab(population)
        let found = try Robustness(of: population, target: against, leastPairs: leastPairs)
        try output.print(
            environments ? found.environments : found.table, hasRemarks: true, of: [population], target: against)
    }
}
