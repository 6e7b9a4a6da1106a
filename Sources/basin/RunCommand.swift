import Analysis
import ArgumentParser
import Datasets
import Definitions
import Diagnostics
import Foundation
import LinearAlgebra
import Recording
import Reports
import Results
import Running
import StudyFiles
import Version

/// `--jobs`, shared by the commands that work.
struct WorkOptions: ParsableArguments {
    @Option(name: .long, help: "Networks at a time. Default: one a core.", transform: wholeNumber(in: 1...1024))
    var jobs: Int = min(1024, ProcessInfo.processInfo.activeProcessorCount)
}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Train or import a study's networks and measure them, or make a lab's models, or go on with that.",
        discussion: """
            What is finished is never computed again: the same command continues after an interruption, and adds \
            measures that are missing. Ctrl-C keeps every finished network, and of those under way each that has \
            trained for two seconds. Several runs may work on one results file.

            --rounding K trains the study in K other arithmetics after it: all is equal but the initial weights, each \
            of which is moved by at most one unit in the last place. It prints the range of each correlation over \
            them, as 'basin correlate STUDY --rounding' does. They are studies of their own, STUDY-rounding-1 and so \
            on, whose weights are not kept; --limit, --shard and --measures hold for each.

            Example: basin run pair-proxy-fashion-mnist --jobs 2 --db fashion.sqlite
            Example: basin run pair-proxy-fashion-mnist --rounding 8
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var dataFolder: DataFolderOptions
    @OptionGroup var work: WorkOptions

    @Option(name: .long, help: "Work on at most so many networks.", transform: wholeNumber(in: 1...Int.max))
    var limit: Int?

    @Option(name: .long, help: "Work on the I-th of N parts of the population only: I/N.")
    var shard: String?

    @Option(name: .long, help: "Take these measures instead of the study's, separated by commas.")
    var measures: String?

    @Flag(name: .long, help: "Do not keep weights. Measures added later then train anew.")
    var discardWeights = false

    @Flag(name: .long, help: "Train those networks again that failed.")
    var retryFailed = false

    @Option(
        name: .long, help: "Train the study in so many other arithmetics, too, and print the ranges.",
        transform: wholeNumber(in: 1...1000))
    var rounding: Int?

    @Flag(name: .long, help: "List what would be done and what it would cost on this machine; do nothing.")
    var plan = false

    @OptionGroup var output: TableOptions

    func validate() throws {
        if shard != nil { _ = try parsedShard }
    }

    func run() async throws {
        let options = RunOptions(
            jobs: work.jobs, limit: limit, shard: try parsedShard, measures: try measures.map(namedMeasures),
            discardWeights: discardWeights, retryFailed: retryFailed)
        let file = try study.load(in: database)
        // A study that has no other arithmetic is refused before anything is made.
        let others = try (0..<(rounding ?? 0)).map { try file.rounded($0 + 1) }
        if plan { return try showPlan(of: file, others, options) }
        for file in [file] + others {
            try await runStudy(file, options: options, training: true, dataFolder: dataFolder, database: database)
        }
        if !others.isEmpty { try showRanges(of: file) }
    }

    /// How far the other arithmetics move the correlations of the study, as far as they are there.
    private func showRanges(of file: StudyFile) throws {
        let store = try ResultsStore.openReadOnly(at: database.path)
        let study = try store.study(
            StudyReference(file.specification.name, preferring: file.specification.definition.digest()))
        let population = try Population(of: study, in: store)
        guard population.columns.contains(study.target) else { return }
        let ranges = try RoundingRanges(of: population, in: store)
        if ranges.absence == nil { try output.print(ranges.table, hasRemarks: true) }
        if let remark = ranges.remark { say("basin: \(remark)") }
    }

    private func showPlan(of file: StudyFile, _ others: [StudyFile], _ options: RunOptions) throws {
        let locator = DatasetLocator(dataFolder: dataFolder.folder)
        let path = try database.path
        let hasFile = FileManager.default.fileExists(atPath: path)
        let plan = try StudyPlan(
            of: file, options: options.of(file), then: others, options: others.first.map(options.of) ?? options,
            store: hasFile ? ResultsStore.openReadOnly(at: path) : nil
        ) { try locator.load($0) }
        try output.print(plan.table)
        say("basin: \(plan.summary(jobs: options.jobs))")
    }

    private var parsedShard: RunOptions.Shard? {
        get throws {
            guard let shard else { return nil }
            let parts = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
            guard parts.count == 2, let index = parts[0], let count = parts[1],
                let parsed = RunOptions.Shard(index: index, count: count)
            else { throw ValidationError("--shard is I/N with 1 <= I <= N, such as 1/4, not '\(shard)'.") }
            return parsed
        }
    }
}

struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Take more measures of a study's finished networks.",
        discussion: """
            Works on kept weights; networks whose weights were discarded are trained anew from their seeds, and models \
            of a theory lab are made anew.

            Example: basin measure pair-proxy-fashion-mnist --measures hessian_trace,weight_norm_l1
            """)

    @OptionGroup var study: StudyArgument
    @OptionGroup var database: DatabaseOption
    @OptionGroup var dataFolder: DataFolderOptions
    @OptionGroup var work: WorkOptions

    @Option(name: .long, help: "Measures, separated by commas (see 'basin measures').")
    var measures: String

    func run() async throws {
        let options = RunOptions(jobs: work.jobs, measures: try namedMeasures(measures))
        let file = try study.load(in: database)
        // A study that was never run has no networks to measure, and is not entered.
        let store = try ResultsStore.openReadOnly(at: database.path)
        _ = try store.study(
            StudyReference(
                file.specification.name, digest: file.specification.definition.digest(), file: study.study))
        try store.close()
        try await runStudy(file, options: options, training: false, dataFolder: dataFolder, database: database)
    }
}

extension Provenance {
    /// What this program is, and what it runs on.
    static func ofThisProgram() -> Provenance {
        let commit = SourceCommit.ofThisBuild
        return .ofThisMachine(
            basinVersion: Version.basinVersion, gitCommit: commit?.hash, isGitDirty: commit?.isDirty,
            blasLibrary: BLASKernel.library, blasKernel: BLASKernel.name)
    }
}

extension RunOptions {
    /// The same for this study: weights in another arithmetic are not kept, as nothing but its correlations is asked of
    /// it.
    fileprivate func of(_ file: StudyFile) -> RunOptions {
        var options = self
        if file.specification.definition.rounding != 0 { options.discardWeights = true }
        return options
    }
}

private func namedMeasures(_ list: String) throws -> [String] {
    var known: Set<String> = []
    let names = splitAtCommas(list).filter { known.insert($0).inserted }
    guard !names.isEmpty else { throw ValidationError("--measures names no measure.") }
    return names
}

func splitAtCommas(_ list: String) -> [String] {
    list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
}

/// Runs a study until it is done or Ctrl-C, with progress on standard error.
private func runStudy(
    _ file: StudyFile, options: RunOptions, training: Bool, dataFolder: DataFolderOptions, database: DatabaseOption
) async throws {
    let locator = DatasetLocator(dataFolder: dataFolder.folder)
    let store = try ResultsStore.open(at: database.path)
    let runner = try StudyRunner(file: file, store: store, options: options.of(file)) { try locator.load($0) }
    let printer = ProgressPrinter(title: "\(file.specification.name) v\(runner.study.version)")
    let ticker = Task {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(5))
            printer.tick()
        }
    }
    defer { ticker.cancel() }
    do {
        _ = try await interruptible {
            try await runner.run(provenance: .ofThisProgram(), training: training) { printer.show($0) }
        }
    } catch {
        printer.end()
        guard error is CancellationError else { throw error }
        let underWay = file.specification.definition.kind.interruptionRemark
        throw Interruption(kept: "what was finished is kept\(underWay); the same command goes on from there")
    }
    printer.end()
    let population = try Population(of: runner.study, in: store)
    let (unit, isAsItIs) = (file.specification.definition.kind.unit, file.specification.definition.rounding == 0)
    if isAsItIs { sayWhatIsMissing(in: population, unit: unit) }
    sayWhatFailed(in: population, unit: unit)
    // What is concluded is concluded of the study as it is; other arithmetics say how far to trust it.
    guard isAsItIs else { return }
    let analysis = try StudyAnalysis(of: population, in: store)
    try analysis.record(in: store)
    sayWhatDisagrees(analysis.claims, of: population.study.name)
    sayWhatWasFound(analysis, in: database)
}

/// A measure without a value is no failure, but nobody should learn of it from an empty column.
private func sayWhatIsMissing(in population: Population, unit: String) {
    for column in population.columns {
        let records = ((try? population.measurements(column)) ?? []).compactMap { $0 }
        guard let first = records.first(where: { $0.value == nil }) else { continue }
        let count = records.count { $0.value == nil }
        say(
            """
            basin: \(column) has no value for \(count) of \(records.count) \(unit): \
            \(first.reason ?? "no reason was given")
            """
        )
    }
}

private func sayWhatFailed(in population: Population, unit: String) {
    guard !population.failed.isEmpty else { return }
    let (failed, name) = (counted(population.failed.count, of: unit), population.study.name)
    let view =
        population.study.rounding == 0 ? "failed" : "rounding_models WHERE study = '\(name)' AND status = 'failed'"
    say("basin: \(failed) failed; basin sql \"SELECT * FROM \(view)\" lists them")
}

/// What was found, what to know of it, and what to type next: a line each.
private func sayWhatWasFound(_ analysis: StudyAnalysis, in database: DatabaseOption) {
    let population = analysis.population
    if let finding = analysis.verdicts?.finding(of: population) { say("basin: found: \(finding.plainText)") }
    if let health = Health(of: population) {
        say("basin: know: \(HealthText(health, of: population).summary)")
    }
    let file = database.db.map { " --db \($0.shellWord)" } ?? ""
    say("basin: next: basin report \(population.study.name.shellWord)\(file) --format html --open")
}

/// A claim that does not hold is a result, which nobody should have to look for.
private func sayWhatDisagrees(_ claims: Claims, of study: String) {
    let count = claims.evaluations.count
    let unmeasured = count - claims.agreeing - claims.disagreeing
    guard claims.disagreeing + unmeasured > 0 else { return }
    let parts = [
        (claims.disagreeing, claims.disagreeing == 1 ? "does not hold" : "do not hold"),
        (unmeasured, "could not be measured"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    say(
        "basin: of \(counted(count, "claim")) \(parts.joined(separator: " and ")); "
            + "basin sql \"SELECT * FROM claims WHERE study = '\(study)' AND agrees IS NOT 1\" lists them")
}
