import Results

/// All that is concluded of a study's models when a run ends: what `basin run` computes and the results file keeps.
///
///     let analysis = try StudyAnalysis(of: store.study(named: "pair-proxy-mnist"), in: store)
///     try analysis.record(in: store)  // of the module Recording
public struct StudyAnalysis: Sendable {
    public let population: Population
    public let claims: Claims
    public let replication: Replication
    /// Nil where no model has a value of the study's target, as after a run that left it out.
    public let correlations: MeasureCorrelations?
    /// Nil also where the models are no sample.
    public let verdicts: StudyVerdicts?

    /// Analyses a study by the claims and published figures that the results file has of it.
    ///
    /// - Throws: `ResultsError` when the file cannot be read.
    /// - Complexity: that of the verdicts, 2,000 resamples a measure and up to 999 permutations a condition.
    public init(of population: Population, in store: ResultsStore) throws {
        let study = population.study
        self.population = population
        claims = Claims(try store.findings(of: study.id).map(\.claim), of: population)
        replication = Replication(try store.published(of: study.id), of: population)
        let hasTarget = population.columns.contains(study.target)
        correlations = hasTarget ? try MeasureCorrelations(of: population) : nil
        verdicts =
            hasTarget && population.isSample
            ? try StudyVerdicts(of: population, rounding: RoundingRanges(of: population, in: store)) : nil
    }

    /// The same of the models that the results file has now.
    public init(of study: StudyRecord, in store: ResultsStore) throws {
        try self.init(of: Population(of: study, in: store), in: store)
    }
}

extension Population {
    /// Whether the models were drawn at random, by their seeds, from a population that p values and verdicts are about.
    /// Others were chosen: 'basin verdict' judges them where somebody asks.
    public var isSample: Bool { kind.isDrawn }
}
