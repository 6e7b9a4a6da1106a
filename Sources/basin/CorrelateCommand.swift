import Analysis
import ArgumentParser
import Diagnostics
import Reports
import Results
import Statistics

/// A study that the results file has in no other arithmetic, or not whole.
private struct NoRanges: RequestError {
    let description: String
}

struct CorrelateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correlate",
        abstract: "Correlate each measure of a study's networks with the target.",
        discussion: """
            p is two-sided, exact for up to ten networks without ties; p_holm is corrected for the number of measures \
            that may be called predictors, p_bh bounds the share of false finds among them (Benjamini and Hochberg). \
            low and high bound a 95 % interval; the column interval says how it was found: over networks drawn again, \
            over whole configurations where there are ten or more that seeds repeat, or by a formula, as always with \
            more than 5,000 networks.

            With --within: the mean of the correlations within the groups (Fisher's z), its p, p_heterogeneity of the \
            hypothesis that all groups have one correlation, and p_disagree of the hypothesis that the groups have \
            nothing to do with the raw one, --given left aside; a permutation test then exchanges networks within \
            groups only.

            With --rounding: the least and the greatest rho over all arithmetics in which 'basin run --rounding' has \
            trained the study, as it is included, raw and given regime and grid; changes names what is not the same in \
            all of them, the sign, or whether p is below 0.05.

            Example: basin correlate pair-proxy-fashion-mnist --given dead_units
            Example: basin correlate vanishing-advantage-500 --within regime --permutations 9999
            Example: basin correlate pair-proxy-fashion-mnist --rounding
            Example: basin correlate batch-size-mnist --where 'test_accuracy > 0.5'
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The column to correlate with. Default: the study's target.")
    var against: String?

    @Option(
        name: .long, help: "spearman, kendall or pearson; spearman unless given.",
        completion: .list(CorrelationMethod.allCases.map(\.rawValue)), transform: word())
    var method: CorrelationMethod = .spearman

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Columns, hyperparameters or regime to hold fixed (partial correlation).")
    var given: [String] = []

    @Flag(
        name: .long,
        help: "Take what is held fixed out of the measure alone, not of the target (semi-partial correlation).")
    var semipartial = false

    @Option(
        name: .long,
        help:
            "bootstrap (percentiles), bca, analytic (Bonett and Wright for ranks) or fieller; bootstrap unless given.",
        completion: .list(IntervalKind.allCases.map(\.rawValue)), transform: word())
    var interval: IntervalKind = .bootstrap

    @Option(name: .long, help: "Test by so many random orders, too.", transform: wholeNumber(in: 1...10_000_000))
    var permutations: Int?

    @Option(name: .long, help: "Regime or hyperparameter within whose groups to correlate and permute.")
    var within: String?

    @Flag(name: .long, help: "Show Spearman's rho over all arithmetics, after 'basin run STUDY --rounding K'.")
    var rounding = false

    func validate() throws {
        if rounding,
            method != .spearman || !given.isEmpty || interval != .bootstrap || permutations != nil || within != nil
        {
            throw ValidationError(
                "--rounding shows Spearman's rho, raw and given regime and grid: --against is the option it takes.")
        }
        if semipartial, given.isEmpty {
            throw ValidationError("--semipartial takes what is held fixed: --given COLUMN.")
        }
        if method == .kendall, !given.isEmpty {
            throw ValidationError("A partial correlation is not offered for Kendall's tau; use spearman.")
        }
        if interval == .fieller, method != .spearman {
            throw ValidationError("--interval fieller is for Spearman's rho; use analytic.")
        }
    }

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let population = try selection.population(of: store.study(study.reference), in: store)
        remarkOnLab(population)
        if rounding { return try showRanges(of: population, in: store) }
        var request = CorrelationRequest()
        request.target = against
        request.method = method
        request.given = given.flatMap(splitAtCommas)
        let target = against ?? population.study.target
        guard !request.given.contains(target) else {
            throw ValidationError("'\(target)' is what measures are correlated with: it cannot be held fixed.")
        }
        request.removal = semipartial ? .x : .both
        request.interval = interval
        request.permutations = permutations
        request.within = within
        try output.print(MeasureCorrelations(of: population, request).table, of: [population], target: against)
    }

    private func showRanges(of population: Population, in store: ResultsStore) throws {
        let ranges = try RoundingRanges(of: population, target: against, in: store)
        guard ranges.absence == nil else { throw NoRanges(description: ranges.remark ?? "There are no ranges.") }
        try output.print(ranges.table, hasRemarks: true, of: [population], target: against)
        if let remark = ranges.remark { say("basin: \(remark)") }
    }
}
