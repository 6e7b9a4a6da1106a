import Measures
import Statistics

/// Each measure of a population judged as a predictor of one target.
public struct StudyVerdicts: Sendable {
    public struct Row: Sendable {
        public let verdict: Verdict
        /// What the measure looks at besides the weights; nil for one that this program does not know.
        public let reads: String?
    }

    public let target: String
    /// What the study varied on purpose, held fixed in every condition; empty where networks differ in their seeds
    /// alone.
    public let design: [String]
    /// Columns held fixed one at a time, with the design.
    public let confounders: [String]
    /// Columns to which a measure has to add something.
    public let baseline: [String]
    /// Supported ones first, each kind by the size of its correlation.
    public let rows: [Row]

    /// Judges all columns but the target.
    ///
    /// - Parameters:
    ///   - confounders: columns to hold fixed one at a time; those of `MeasureCatalogue.confounders` that were
    ///     measured, unless
    ///     given.
    ///   - baseline: columns, regime or hyperparameters; the design and all confounders unless given.
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, target: String? = nil, confounders: [String]? = nil, baseline: [String]? = nil,
        rule: VerdictRule? = nil
    ) throws(UnknownColumn) {
        let target = target ?? population.study.target
        let rule = rule ?? VerdictRule(networks: population.models.count)
        self.target = target
        self.confounders = (confounders ?? MeasureCatalogue.confounders.filter(population.columns.contains))
            .reduce(into: []) { kept, name in
                // The design is held fixed with every confounder.
                let isDesign = !population.columns.contains(name) && (try? population.grouping(named: name)) != nil
                if name != target, !isDesign, !kept.contains(name) { kept.append(name) }
            }
        var conditions: [Condition] = []
        for name in self.confounders { conditions.append(Condition(name, try population.covariates(name))) }
        let design = population.design
        self.design = design?.names ?? []
        var base: [Column]?
        if let baseline {
            base = []
            for name in baseline { base? += try population.covariates(name) }
        }
        self.baseline = baseline ?? (self.design + self.confounders)
        var candidates: [Candidate] = []
        for name in population.columns where name != target {
            let errors = try population.standardErrors(name)
            candidates.append(
                Candidate(
                    Column(name, try population.values(name)),
                    standardErrors: errors.contains { ($0 ?? 0) > 0 } ? errors : nil,
                    mayPredict: population.mayPredict(name)))
        }
        let evidence = Evidence(
            target: Column(target, try population.values(target)), candidates: candidates, design: design,
            confounders: conditions, configurations: population.configurationLabels, baseline: base)
        let order = Verdict.Word.allCases
        func place(_ verdict: Verdict) -> (Int, Double) {
            (verdict.word.flatMap(order.firstIndex) ?? order.count, -abs(verdict.raw.estimate ?? 0))
        }
        rows = rule.judge(evidence).sorted { place($0) < place($1) }.map {
            Row(verdict: $0, reads: population.about($0.measure)?.readingList)
        }
    }
}

extension StudyVerdicts.Row {
    /// The share of the measure's variance that is not its own sampling error; nil for an exact measure.
    public var reliability: Reliability? { try? verdict.reliability?.get() }

    /// The raw correlation to be expected without that error.
    public var noiseFree: Double? {
        guard let rho = verdict.raw.estimate else { return nil }
        return try? reliability?.withoutNoise(rho).get()
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
    /// Regime and grid, to be held fixed: all configurations as categories where there are at least three models to
    /// each; else every grouping by itself, as a number where it is one.
    var design: Condition? {
        guard !groupings.isEmpty else { return nil }
        let whole = configuration ?? groupings[0]
        let names = groupings.map(\.name)
        if whole.distinctLabels.count * 3 <= models.count {
            return Condition([whole.name], whole.indicators)
        }
        return Condition(
            names,
            groupings.flatMap { grouping in
                grouping.numbers.map { [Column(grouping.name, $0)] } ?? grouping.indicators
            })
    }

    /// What tells the configurations apart, one label a model; nil where all are trained alike.
    var configurationLabels: [String?]? { (configuration ?? groupings.first)?.labels }
}
