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
        let numbers: [ReportSection] =
            population.isSample
            ? try Self.judged(population, health, replication: restriction == nil ? published : [], in: store)
            : [try .labRanks([population]), .experiments([population])]
        let figures = try store.figures(of: population.study.id)
        let networks: [ReportSection] =
            [
                .health(population, health), .claims(claims, of: population.study),
                .figures(figures, ModelFactors(of: population)), try .training(population, in: store),
            ] + numbers + [try .measures(population), .behindMeasures(population), .failures(population)]
        report = Report(
            name: population.reportName,
            [
                .head(population, target: population.study.target),
                .restriction(restriction, leavesOut: !stated.isEmpty || !published.isEmpty),
                .otherData(runs: runs, stated: statedDigests),
            ]
                + networks.map { $0.restricted(by: restriction) }
                + [.provenance(runs: runs), .dataFiles(runs: runs)])
    }

    /// What is said of each measure as a predictor, over networks that were drawn by their seeds.
    private static func judged(
        _ population: Population, _ health: Health?, replication: [ReplicationRecord], in store: ResultsStore
    ) throws -> [ReportSection] {
        let correlations = try MeasureCorrelations(of: population)
        let verdicts = try StudyVerdicts(of: population, rounding: RoundingRanges(of: population, in: store))
        let clusters = try MeasureClusters(of: population)
        return [
            .contrast(try Contrast(of: population, correlations), of: population),
            .verdicts(verdicts, clusters),
            try .verdictsWithoutCollapsed(population, health, beside: verdicts),
            .replication(replication),
            .ranking(correlations),
            try .rounding(population, target: correlations.target, in: store),
        ]
            + (try ReportSection.repetitions(population, target: correlations.target))
            + [
                try .groupings(population, target: correlations.target),
                try .robustness(population, target: correlations.target),
            ]
            + ReportSection.conditioning(population, verdicts)
            + [
                try .scatters(population, correlations),
                try .alongTraining(population),
                try .reparameterisation(population),
                .clusters(clusters),
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
