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
            bound a 95 % interval: of a bootstrap over the networks, or, where there are more than 5,000, the analytic one of \
            Fisher's z with Bonett and Wright's variance; the column interval says which.

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
