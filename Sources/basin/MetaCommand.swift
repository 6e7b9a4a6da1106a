import Analysis
import ArgumentParser
import Reports
import Results

struct MetaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meta",
        abstract: "Pool correlations over repetitions of a study with random effects.",
        discussion: """
            Repetitions are the values of a hyperparameter of one study, such as training subsets, or several studies. \
            rho is the mean correlation of a repetition (Paule and Mandel), low and high its 95 % interval (Hartung \
            and Knapp); next_low and next_high are where the true correlation of another repetition is to be expected \
            (what is measured there scatters more). tau is the spread of the true correlations between repetitions, on \
            Fisher's scale; i_squared the share of the spread that is not chance.

            Example: basin meta pair-proxy-mnist-subsets --over data.seed
            Example: basin meta pair-proxy-mnist pair-proxy-fashion-mnist
            """)

    @Argument(help: "Names of studies (see 'basin studies'), paths of study files, or patterns with *.")
    var studies: [String]

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The regime or hyperparameter of one study whose values are its repetitions.")
    var over: String?

    @Option(name: .long, help: "The column to correlate with. Default: the study's target.")
    var against: String?

    @Flag(name: .long, help: "The correlations of every repetition instead of their mean.")
    var each = false

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let names = try studies.map { try StudyArgument.reference(to: $0) }
        let populations = try FamilySelection(matching: names, in: store).studies.map {
            try selection.population(of: $0, in: store)
        }
        if over != nil, populations.count > 1 {
            throw ValidationError("--over takes one study, not \(populations.count).")
        }
        let found =
            try over.map { try Repetitions(of: populations[0], over: $0, target: against) }
            ?? Repetitions(of: populations, target: against)
        // Several studies are held against the target of the first.
        try output.print(
            each ? found.eachTable : found.table, hasRemarks: true, of: populations, target: found.target)
    }
}
