import Analysis
import Results

/// A study's report, made of the results file alone.
public struct StudyReport: Reported {
    public let report: Report

    /// - Parameter statedDigests: SHA-256 of each data file that the catalogue states, by "dataset/file"; the report
    ///   says where the models saw others.
    /// - Throws: `UnknownColumn` when the study's target was not measured.
    public init(of population: Population, in store: ResultsStore, statedDigests: [String: String] = [:]) throws {
        let restriction = RestrictionText(of: [population])
        let stated = try store.findings(of: population.study.id).map(\.claim)
        let published = try store.replication(of: population.study)
        // What a study claims, and others published, is about all of its networks.
        let claims = Claims(restriction == nil ? stated : [], of: population)
        let runs = try Self.runs(behind: population, in: store)
        let health = Health(of: population)
        let study: [ReportSection] = [
            .claims(claims, of: population.study),
            .figures(try store.figures(of: population.study.id), ModelFactors(of: population)),
            .replication(restriction == nil ? published : [], of: population.study.name),
            try .training(population, in: store),
        ]
        let networks: [ReportSection]
        var summary: Prose?
        if population.isSample {
            let judged = try Judged(population, in: store)
            summary = judged.verdicts.finding(of: population)
            networks =
                try Self.answer(judged, population, health) + study
                + Self.evidence(judged, population, health, in: store)
        } else {
            networks =
                [.health(population, health)] + study + [try .labRanks([population]), .experiments([population])]
        }
        let background: [ReportSection] = [
            try .measures(population), .behindMeasures(population), .failures(population),
        ]
        report = Report(
            name: population.reportName, summary: summary,
            [
                .head(population),
                .restriction(restriction, leavesOut: !stated.isEmpty || !published.isEmpty),
                .otherData(runs: runs, stated: statedDigests),
            ]
                + (networks + background).map { $0.restricted(by: restriction) }
                + [
                    .making(population, target: population.study.target), .provenance(runs: runs),
                    .dataFiles(runs: runs),
                ])
    }

    /// What several sections show of networks that were drawn by their seeds.
    private struct Judged {
        let correlations: MeasureCorrelations
        let verdicts: StudyVerdicts
        let clusters: MeasureClusters
        /// The best-judged predictor with a correlation.
        let chosen: String?

        init(_ population: Population, in store: ResultsStore) throws {
            correlations = try MeasureCorrelations(of: population)
            verdicts = try StudyVerdicts(of: population, rounding: RoundingRanges(of: population, in: store))
            clusters = try MeasureClusters(of: population)
            chosen =
                verdicts.rows.first { population.mayPredict($0.verdict.measure) && $0.verdict.raw.estimate != nil }?
                .verdict
                .measure
        }
    }

    /// What was found, for readers who stop there.
    private static func answer(
        _ judged: Judged, _ population: Population, _ health: Health?
    ) throws -> [ReportSection] {
        [
            .warning(population, health), .finding(judged.verdicts, population), .health(population, health),
            .verdicts(judged.verdicts, judged.clusters, of: population),
            try .chosen(judged.chosen, population, judged.correlations),
            try .networks(population, judged.verdicts, health, chosen: judged.chosen),
            try .verdictsWithoutCollapsed(population, health, beside: judged.verdicts),
            .contrast(try Contrast(of: population, judged.correlations), of: population),
        ]
    }

    /// What stands behind it.
    private static func evidence(
        _ judged: Judged, _ population: Population, _ health: Health?, in store: ResultsStore
    ) throws -> [ReportSection] {
        let (correlations, verdicts) = (judged.correlations, judged.verdicts)
        return [try .rounding(population, target: correlations.target, in: store)]
            + (try ReportSection.repetitions(population, target: correlations.target))
            + [
                try .groupings(population, target: correlations.target),
                try .robustness(population, target: correlations.target),
            ]
            + ReportSection.conditioning(population, verdicts)
            + [
                try .scatters(population, correlations, besides: judged.chosen),
                try .alongTraining(population),
                try .reparameterisation(population),
                .clusters(judged.clusters),
            ]
    }

    /// The runs that made the models, those of earlier versions and other studies included from which models were taken
    /// over.
    static func runs(behind population: Population, in store: ResultsStore) throws -> [RunRecord] {
        let models = population.models + population.failed + population.copies + population.failedCopies
        let named = Set(models.map(\.runID))
        return try store.studies().flatMap { try store.runs(of: $0.id) }
            .filter { $0.studyID == population.study.id || named.contains($0.id) }
    }
}
