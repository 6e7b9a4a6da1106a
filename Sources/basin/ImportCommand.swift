import ArgumentParser
import Analysis
import Diagnostics
import Measures
import Parameters
import Recording
import Reports
import Results
import StudyFiles

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over what other programs computed.",
        discussion: "Example: basin import measures mine.csv --study pair-proxy-fashion-mnist --reads training-inputs",
        subcommands: [ImportMeasuresCommand.self])
}

struct ImportMeasuresCommand: ParsableCommand {
    private static let words = MeasureStatements.readings.map(\.word).joined(separator: ", ")

    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "Record measures of a study's networks that another program computed.",
        discussion: """
            FILE is CSV: one column position, label or digest says which network a row is of, each other one is a \
            measure; NAME_standard_error has the standard errors of NAME. The measures join correlations, verdicts and \
            reports, marked as external with the file's digest.

            A measure may be called a predictor once it is said what it reads besides the weights, with --reads for \
            all columns or in a header file: NAME: {reads: [training-inputs], sign: "-", title: Mine}. What reads \
            unseen labels is none. A file with the same columns takes the place of an earlier one.

            Example: basin import measures mine.csv --study pair-proxy-fashion-mnist --reads training-inputs --sign +
            Example: basin import measures mine.csv --study pair-proxy-fashion-mnist --header mine.yml
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(name: .long, help: "The study whose networks were measured.")
    var study: String

    @Option(name: .long, help: "What the measures read, separated by commas: \(words).")
    var reads: String?

    @Option(name: .long, help: "The correlation with the target that their theory predicts: +, - or none.")
    var sign: String?

    @Option(name: .long, help: "A YAML file that says the same of each column.")
    var header: String?

    @OptionGroup var database: DatabaseOption
    @OptionGroup var output: TableOptions

    func validate() throws {
        if header != nil, reads != nil || sign != nil {
            throw ValidationError("--header says what --reads and --sign say: give it or them.")
        }
        _ = try statedReads
        if let sign, MeasureDescription.Sign(rawValue: sign) == nil {
            throw ValidationError("--sign is +, - or none, not '\(sign.shortened)'.")
        }
    }

    func run() throws {
        let file = try MeasureFile(path: file)
        let said = try header.map { try MeasureStatements(path: $0, columns: file.columns.map(\.name)).byColumn }
        let measures = try file.columns.map { column in
            let statement =
                try said.map { $0[column.name] ?? .init() }
                ?? .init(reads: statedReads, sign: sign.flatMap { .init(rawValue: $0) })
            return ExternalMeasure(
                name: column.name, title: statement.title, reads: statement.reads,
                predictedSign: statement.sign ?? .none, file: file.name,
                digest: file.digest)
        }
        let store = try ResultsStore.open(at: database.path)
        let record = try store.study(StudyArgument.reference(to: study))
        let population = try Population(of: record, in: store)
        let settings = Set(population.models.flatMap { ParameterValue.all(in: $0.hyperparameters).keys })
        for measure in measures where population.external[measure.name] == nil {
            guard !population.columns.contains(measure.name), !settings.contains(measure.name),
                !MeasureDescription.all.contains(where: { $0.id == measure.name })
            else { throw TakenColumn(column: measure.name) }
        }
        let models = try store.models(of: record.id).filter { $0.outcome == .trained }
        let rows = try file.models(
            among: models.map {
                .init(
                    position: $0.position, label: $0.label,
                    digests: Set([$0.digest, $0.weightsDigest].compactMap(\.self)))
            })
        let values = file.columns.flatMap { column in
            rows.enumerated().map { row, model in
                let value = column.values[row].map {
                    MeasurementRecord(
                        measure: column.name, value: $0, standardError: column.errors?[row] ?? 0)
                }
                let none = MeasurementRecord(
                    measure: column.name, status: .undefined, reason: "\(file.name) has no value")
                return (modelID: models[model].id, measurement: value ?? none)
            }
        }
        let run = try store.beginRun(
            of: record.id, jobs: 1, options: ["import": file.name, "sha256": file.digest],
            provenance: .ofThisProgram())
        let count: Int
        do {
            count = try store.record(external: measures, values: values, study: record.id, run: run)
        } catch {
            try? store.endRun(run, outcome: .failed)
            throw error
        }
        try store.endRun(run, outcome: .finished)
        try StudyAnalysis(of: record, in: store).record(in: store)
        try show(measures, file, count: count, of: models.count, record)
    }

    /// Nil where nothing was said.
    private var statedReads: Set<MeasureDescription.Reading>? {
        get throws {
            guard let reads else { return nil }
            var found: Set<MeasureDescription.Reading> = []
            for word in splitAtCommas(reads) {
                guard let known = MeasureStatements.readings.first(where: { $0.word == word }) else {
                    let words = MeasureStatements.readings.map(\.word)
                    throw ValidationError(
                        "--reads has no '\(word.shortened)'. \(suggestion(for: word, among: words))")
                }
                if let reading = known.reading { found.insert(reading) }
            }
            return found
        }
    }

    private func show(
        _ measures: [ExternalMeasure], _ file: MeasureFile, count: Int, of models: Int, _ study: StudyRecord
    ) throws {
        var table = Table(["measure", "values", "of", "reads", "sign", "predictor"])
        for (measure, column) in zip(measures, file.columns) {
            let about = measure.description
            table.append([
                .text(measure.name), .integer(column.values.count { $0 != nil }), .integer(models),
                Cell(about?.readingList, because: "Nobody said what it reads: --reads or a header file does."),
                .text(measure.predictedSign.rawValue), .text(about?.mayPredict == true ? "yes" : "no"),
            ])
        }
        try output.print(table, hasRemarks: true)
        say("basin: \(counted(count, "measurement")) of \(study.name) new or changed, from \(file.name)")
    }
}

/// A column that is something else already.
struct TakenColumn: RequestError {
    let column: String

    var description: String {
        "'\(column)' is a measure or a hyperparameter of Basin's or of this study. Give the column another name."
    }
}
