import Analysis
import ArgumentParser
import Reports
import Results

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Hold measures against each other: which predicts the target better?",
        discussion: """
            difference is the size of the first rank correlation less that of the second, low and high its 95 % \
            bootstrap interval; Williams' t and Steiger's Z test it, given that both share the target and the \
            networks. gain_first is what the first adds to the share of the target's rank variance that the second \
            predicts, cross-validated.

            Example: basin compare pair-proxy-fashion-mnist pair_proxy weight_norm_l2 hessian_trace
            """)

    @OptionGroup var study: StudyArgument

    @Argument(help: "Two columns or more.")
    var measures: [String]

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The column to predict. Default: the study's target.")
    var against: String?

    func validate() throws {
        let columns = measures.flatMap(splitAtCommas)
        guard columns.count > 1 else {
            throw ValidationError(
                "Name two different columns or more, which are held against each other: \(columns.count) is named.")
        }
        var known: Set<String> = []
        for column in columns where !known.insert(column).inserted {
            throw ValidationError("Name two different columns or more: '\(column)' is named twice.")
        }
    }

    func run() throws {
        let columns = measures.flatMap(splitAtCommas)
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try selection.population(of: store.study(study.reference), in: store)
        remarkOnLab(population)
        let target = against ?? population.study.target
        guard !columns.contains(target) else {
            throw ValidationError("'\(target)' is what is to be predicted. Name measures that predict it.")
        }
        try output.print(
            PredictorComparison(of: population, columns, target: against).table, hasRemarks: true, of: [population],
            target: against)
    }
}
