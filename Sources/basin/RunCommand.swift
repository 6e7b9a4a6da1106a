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
        abstract: "Train and measure a study's networks, or make a lab's models, or go on with that.",
        discussion: """
            What is finished is never computed again: the same command continues after an interruption, and adds \
            measures that are missing. Ctrl-C keeps every finished network, and of those under way each that has \
            trained for two seconds. Several runs may work on one results file.

            Example: basin run pair-proxy-fashion-mnist --jobs 2 --db fashion.sqlite
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
        if plan { return try showPlan(options) }
        try await runStudy(
            study.load(in: database), options: options, training: true, dataFolder: dataFolder, database: database)
    }

    private func showPlan(_ options: RunOptions) throws {
        let locator = DatasetLocator(dataFolder: dataFolder.folder)
        let path = try database.path
        let hasFile = FileManager.default.fileExists(atPath: path)
        let plan = try StudyPlan(
            of: study.load(in: database), store: hasFile ? ResultsStore.openReadOnly(at: path) : nil, options: options
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
    let runner = try StudyRunner(file: file, store: store, options: options) { try locator.load($0) }
    let commit = SourceCommit.ofThisBuild
    let provenance = Provenance.ofThisMachine(
        basinVersion: basinVersion, gitCommit: commit?.hash, isGitDirty: commit?.isDirty,
        blasLibrary: BLASKernel.library, blasKernel: BLASKernel.name)
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
            try await runner.run(provenance: provenance, training: training) { printer.show($0) }
        }
    } catch {
        printer.end()
        guard error is CancellationError else { throw error }
        let underWay = file.specification.definition.kind.interruptionRemark
        throw Interruption(kept: "what was finished is kept\(underWay); the same command goes on from there")
    }
    printer.end()
    let population = try Population(of: runner.study, in: store)
    sayWhatIsMissing(in: population, unit: file.specification.definition.kind.unit)
    let analysis = try StudyAnalysis(of: population, in: store)
    try analysis.record(in: store)
    sayWhatDisagrees(analysis.claims, of: population.study.name)
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
    if !population.failed.isEmpty {
        let failed = counted(population.failed.count, of: unit)
        say("basin: \(failed) failed; basin sql \"SELECT * FROM failed\" lists them")
    }
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
