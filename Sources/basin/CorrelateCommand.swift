import ArgumentParser
import Reports
import Results
import Statistics

extension CorrelationMethod: ExpressibleByArgument {}

struct CorrelateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correlate",
        abstract: "Correlate each measure of a study's networks with the target.",
        discussion: """
            p is two-sided; p_holm is corrected for the number of measures that may be called predictors; low and high \
            bound a 95 % bootstrap interval over the networks.

            Example: basin correlate pair-proxy-fashion-mnist --given dead_units
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    @Option(name: .long, help: "The column to correlate with. Default: the study's target.")
    var against: String?

    @Option(name: .long, help: "spearman, kendall or pearson.")
    var method: CorrelationMethod = .spearman

    @Option(name: .long, parsing: .upToNextOption, help: "Columns, hyperparameters or regime to hold fixed (partial correlation).")
    var given: [String] = []

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try Population(of: store.study(named: study.name), in: store)
        try output.print(
            try MeasureCorrelations(
                of: population, target: against, method: method, given: given.flatMap(splitAtCommas)
            ).table)
    }
}
