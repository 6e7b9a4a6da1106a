import Analysis
import Results

/// A study's report: Markdown and pictures, made of the results file alone.
///
/// The same rows give the same bytes: nothing in it tells when or where it was written.
public struct StudyReport: Sendable {
    /// The text of `report.md`.
    public let markdown: String
    /// The pictures that the text shows, by file name.
    public let pictures: [(name: String, svg: String)]
    private let folderName: String

    /// - Throws: `UnknownColumn` when the study's target was not measured.
    public init(of population: Population, in store: ResultsStore) throws {
        let claims = Claims(try store.findings(of: population.study.id).map(\.claim), of: population)
        let sections: [ReportSection] =
            [
                .head(population, target: population.study.target),
                .claims(claims, of: population.study),
                .figures(try store.figures(of: population.study.id), ModelFactors(of: population)),
            ]
            + (!population.isSample
                ? [try .labRanks([population]), .experiments([population])] : try Self.judged(population, in: store))
            + [
                try .measures(population),
                .failures(population),
                .provenance(population, runs: try Self.runs(behind: population, in: store)),
            ]
        folderName = population.study.name
        markdown = sections.map(\.markdown).filter { !$0.isEmpty }.joined(separator: "\n")
        pictures = sections.flatMap(\.pictures)
    }

    /// What is said of each measure as a predictor, over networks that were drawn by their seeds.
    private static func judged(_ population: Population, in store: ResultsStore) throws -> [ReportSection] {
        let correlations = try MeasureCorrelations(of: population)
        let verdicts = try Verdicts(of: population)
        return [
            .verdicts(verdicts),
            .replication(try store.replication(of: population.study)),
            .ranking(correlations),
            try .repetitions(population, target: correlations.target),
            try .groupings(population, target: correlations.target),
            try .robustness(population, target: correlations.target),
            .conditioning(population, verdicts),
            try .scatters(population, correlations),
            try .reparameterisation(population),
            try .matrix(population),
        ]
    }

    /// The runs that made the models, those of earlier versions and other studies included from which models were taken
    /// over.
    private static func runs(behind population: Population, in store: ResultsStore) throws -> [RunRecord] {
        let models = population.models + population.failed + population.copies + population.failedCopies
        let named = Set(models.map(\.runID))
        return try store.studies().flatMap { try store.runs(of: $0.id) }
            .filter { $0.studyID == population.study.id || named.contains($0.id) }
    }

    /// Writes the report into a folder of the study's name; pictures of an older report there are removed.
    ///
    /// - Returns: the path of `report.md`.
    /// - Throws: `ReportNotWritten` when the folder cannot be written; each file is written whole or not at all.
    public func write(into parent: String) throws -> String {
        try ReportFolder(parent: parent, name: folderName).write(markdown, pictures)
    }
}

/// A part of a report: its text and the pictures that it shows.
struct ReportSection: Sendable {
    var markdown: String
    var pictures: [(name: String, svg: String)] = []

    init(_ lines: [String], pictures: [(name: String, svg: String)] = []) {
        markdown = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
        self.pictures = pictures
    }
}
