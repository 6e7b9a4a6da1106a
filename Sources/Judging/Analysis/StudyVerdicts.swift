import Measures
import Statistics

/// Each measure of a population judged as a predictor of one target.
public struct StudyVerdicts: Sendable {
    public struct Row: Sendable {
        public let verdict: Verdict
        /// What the measure looks at besides the weights; nil for one that this program does not know.
        public let reads: String?
        /// The least and the greatest raw correlation over other arithmetics; nil where there are none.
        public let rounding: ClosedRange<Double>?
    }

    public let target: String
    /// What the study varied on purpose, held fixed in every condition: whole configurations, or its factors' main
    /// effects where too few networks repeat them; empty where networks differ in their seeds alone.
    public let design: [String]
    /// Whether whole configurations are held fixed.
    public let holdsConfigurations: Bool
    /// Columns held fixed one at a time, with the design: what came about in training.
    public let confounders: [String]
    /// Confounders that order all networks as another one does, which is held fixed for both.
    public let duplicates: [(name: String, sameAs: String)]
    /// Columns to which a measure has to add something.
    public let baseline: [String]
    /// Supported ones first, each kind by the size of its correlation.
    public let rows: [Row]

    /// Judges all columns but the target.
    ///
    /// - Parameters:
    ///   - confounders: columns to hold fixed one at a time; those of `MeasureCatalogue.confounders` that were
    ///     measured, unless given.
    ///   - baseline: columns, regime or hyperparameters; the design and all confounders unless given.
    ///   - rounding: what other arithmetics give, about the same target.
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, target: String? = nil, confounders: [String]? = nil, baseline: [String]? = nil,
        rounding: RoundingRanges? = nil, rule: VerdictRule? = nil
    ) throws(UnknownColumn) {
        let target = target ?? population.study.target
        let rule = rule ?? VerdictRule(networks: population.models.count)
        self.target = target
        let names = (confounders ?? MeasureCatalogue.confounders.filter(population.columns.contains))
            .reduce(into: [String]()) { kept, name in
                // The design is held fixed with every confounder.
                let isDesign = !population.columns.contains(name) && (try? population.grouping(named: name)) != nil
                if name != target, !isDesign, !kept.contains(name) { kept.append(name) }
            }
        func errors(_ name: String) throws(UnknownColumn) -> [Double?]? {
            let errors = try population.standardErrors(name)
            return errors.contains { ($0 ?? 0) > 0 } ? errors : nil
        }
        var held: [Confounder] = []
        for name in names {
            held.append(Confounder(Column(name, try population.values(name)), standardErrors: try errors(name)))
        }
        var base: [Column]?
        if let baseline {
            base = []
            for name in baseline { base? += try population.covariates(name) }
        }
        var candidates: [Candidate] = []
        for name in population.columns where name != target {
            candidates.append(
                Candidate(
                    Column(name, try population.values(name)), standardErrors: try errors(name),
                    mayPredict: population.mayPredict(name)))
        }
        let evidence = Evidence(
            target: Column(target, try population.values(target)), targetErrors: try errors(target),
            candidates: candidates, factors: population.designFactors,
            seeds: population.seeds, confounders: held, baseline: base)
        design = rule.design(of: evidence).names
        holdsConfigurations = rule.design(of: evidence).holdsConfigurations
        self.confounders = evidence.confounders.map(\.name)
        duplicates = names.compactMap { name in evidence.duplicates[name].map { (name, $0) } }
        self.baseline = baseline ?? (design + self.confounders)
        let order = Verdict.Word.allCases
        func place(_ verdict: Verdict) -> (Int, Double) {
            (verdict.word.flatMap(order.firstIndex) ?? order.count, -abs(verdict.raw.estimate ?? 0))
        }
        rows = rule.judge(evidence).sorted { place($0) < place($1) }.map {
            let range = try? rounding?[$0.measure]?.raw.get()
            return Row(
                verdict: $0, reads: population.about($0.measure)?.readingList,
                rounding: range.map { $0.least...$0.greatest })
        }
    }
}

extension StudyVerdicts.Row {
    /// The share of the measure's variance that is not its own sampling error; nil for an exact measure.
    public var reliability: Reliability? { try? verdict.reliability?.get() }

    /// The same of the target, over all networks and of what the design leaves of it.
    public var targetReliability: Reliability? { try? verdict.targetReliability?.get() }
    public var targetReliabilityWithin: Reliability? { try? verdict.targetReliabilityWithin?.get() }

    /// The raw correlation to be expected without both errors; nil where neither is known.
    public var noiseFree: Double? {
        let known = [reliability, targetReliability].compactMap(\.self)
        guard let rho = verdict.raw.estimate, !known.isEmpty else { return nil }
        return known.reduce(rho as Double?) { rho, reliability in
            rho.flatMap { try? reliability.withoutNoise($0).get() }
        }
    }
}

extension VerdictRule {
    /// The rule for a population of this size. Many networks leave little to chance, and each resample, permutation and
    /// fold takes as much time as there are networks: above `MeasureCorrelations.mostForBootstrap` there are fewer of
    /// them.
    init(networks: Int) {
        self.init()
        guard networks > MeasureCorrelations.mostForBootstrap else { return }
        bootstrap = nil
        permutation.permutations = 99
        gain.repeats = 1
    }
}

extension Population {
    /// Regime and grid, to be held fixed. The axes, unless what follows from them tells more networks apart.
    var designFactors: [Factor] {
        guard let byAxes = Grouping.configuration(axes) ?? axes.first, let whole = configuration ?? groupings.first
        else { return [] }
        let groupings = byAxes.splitsAlike(whole) ? axes : groupings
        return groupings.map { Factor($0.name, $0.labels) }
    }

    /// What the design is called where it alone is held fixed.
    var designNames: [String] {
        let rows = Column("", [Double?](repeating: 0, count: models.count))
        return VerdictRule().design(of: Evidence(target: rows, candidates: [], factors: designFactors)).names
    }

    /// The seeds of the models; nil where one has none.
    var seeds: [UInt64]? {
        let seeds = models.compactMap { model -> UInt64? in model.seed }
        return seeds.count == models.count ? seeds : nil
    }

    /// What tells the configurations apart, one label a model; nil where all are trained alike.
    var configurationLabels: [String?]? { (configuration ?? groupings.first)?.labels }
}
