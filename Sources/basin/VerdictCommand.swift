import Analysis
import ArgumentParser
import Diagnostics
import Recording
import Reports
import Results
import Statistics

struct VerdictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verdict",
        abstract: "Judge each measure of a study as a predictor of the target, in one word.",
        discussion: """
            supported: the rank correlation stands after correction, and survives design and confounders held fixed, \
            also if these were known with a tenth of noise; fragile: not with noise. masked: it shows only with \
            something held fixed. open: what could refute it could not be tried, or cannot be told. unstable: a \
            condition weakens it, or configurations contradict each other. confounded: it goes or turns. undetectable \
            at this n: it does not stand. not a predictor: the measure reads the labels that it would have to predict.

            given is the condition that the measure survives least, configuration being regime and grid together; \
            given_rho takes columns as lines, given_curved as curves, which decides; least_reliability is what those \
            columns need to have, unmeasured the strength of an unmeasured one in units of the strongest measured; \
            before_training is the word with the design alone; gain is what the measure adds to the share of the \
            target's rank variance that the baseline predicts; detectable is the size of rho that four of five such \
            studies find.

            Example: basin verdict pair-proxy-fashion-mnist --confounders dead_units,epochs
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions
    @OptionGroup var selection: RestrictionOption

    @Option(name: .long, help: "The column to predict. Default: the study's target.")
    var against: String?

    @Option(
        name: .long, parsing: .upToNextOption,
        help:
            """
            Columns to hold fixed, one at a time and all at once. Default: train_loss, epochs, dead_units and \
            feature_rank, where measured.
            """
    )
    var confounders: [String] = []

    @Option(
        name: .long, parsing: .upToNextOption,
        help: "Columns that a measure has to add something to. Default: regime, grid and the confounders.")
    var baseline: [String] = []

    @Flag(name: .long, help: "One sentence a measure instead of a table.")
    var sentences = false

    @Flag(name: .long, help: "Judge without the networks whose test accuracy is that of chance.")
    var withoutCollapsed = false

    func run() throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let whole = try selection.population(of: store.study(study.reference), in: store)
        remarkOnLab(whole)
        let population = try judged(whole, withoutCollapsed: withoutCollapsed)
        let target = against ?? population.study.target
        let confounders = try names(confounders, of: "--confounders")
        let baseline = try names(baseline, of: "--baseline")
        guard !((confounders ?? []) + (baseline ?? [])).contains(target) else {
            throw ValidationError("'\(target)' is what is to be predicted: it is no confounder and no baseline.")
        }
        let verdicts = try StudyVerdicts(
            of: population, target: against, confounders: confounders, baseline: baseline,
            rounding: RoundingRanges(of: population, target: against, in: store))
        if sentences {
            let restriction = RestrictionText(of: [population], target: against)
            remarkOnRestriction(restriction)
            let condition = restriction.map { ", where \($0.condition.withVisibleControlsOnOneLine)" } ?? ""
            try writeToStandardOutput(
                verdicts.rows.map { "\($0.verdict.measure)\(condition): \($0.sentence)\n" }.joined())
        } else {
            try output.print(verdicts.table, hasRemarks: true, of: [population], target: against)
        }
    }

    /// The columns that an option names; nil where it was not given.
    private func names(_ given: [String], of option: String) throws -> [String]? {
        guard !given.isEmpty else { return nil }
        let names = given.flatMap(splitAtCommas)
        guard !names.isEmpty else {
            throw ValidationError("\(option) names no column; leave it out for its default.")
        }
        return names
    }
}
