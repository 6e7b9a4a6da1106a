import Statistics

/// Columns correlated with a target over all models, within each group, and with the group held fixed: whether a
/// correlation belongs to the networks or to the difference between the groups.
public struct GroupedCorrelations: Sendable {
    /// What raw and partial correlation say together, by the rule of verdicts (`VerdictRule.judge`).
    public enum Outcome: Sendable, Hashable {
        /// The raw one stands; more than half of it goes, and what is left is not told from nothing.
        case fromTheGroups
        /// The raw one stands; given the group it has the other sign and a p below the level.
        case reversed
        /// The raw one stands, and so does the partial one, at least half as large or no smaller than by chance.
        case holds
        /// The raw one stands; more than half of it goes, and what is left is told from nothing.
        case weakened
        /// The raw one stands; whether the partial one does cannot be told.
        case open
        /// The raw one does not stand; given the group it does.
        case masked
        /// Neither stands.
        case neither
        /// One of the two is undefined.
        case undefined
    }

    public struct Row: Sendable {
        public let measure: String
        public let mayPredict: Bool
        public let raw: Correlation
        /// p corrected over the predictors as verdicts correct it; nil for a column that may not predict.
        public let rawCorrected: Double?
        /// In the order of the labels.
        public let within: [Correlation]
        /// The partial correlation given the group.
        public let given: Correlation
        public let outcome: Outcome
    }

    public let grouping: Grouping
    public let labels: [String]
    public let target: String
    public let rows: [Row]

    /// - Parameter measures: the columns to correlate; nil for all predictors.
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, by grouping: Grouping, target: String? = nil, measures: [String]? = nil,
        rule: VerdictRule? = nil
    ) throws(UnknownColumn) {
        let target = target ?? population.study.target
        var rule = rule ?? VerdictRule(networks: population.models.count)
        (rule.bootstrap, rule.showsBackground) = (nil, false)
        let labels = grouping.distinctLabels
        let columns = (measures ?? population.columns.filter(population.mayPredict)).filter { $0 != target }
        let evidence = Evidence(
            target: Column(target, try population.values(target)),
            candidates: try columns.map { column throws(UnknownColumn) in
                Candidate(Column(column, try population.values(column)), mayPredict: population.mayPredict(column))
            },
            factors: [Factor(grouping.name, grouping.labels)])
        var rows: [Row] = []
        for (column, verdict) in zip(columns, rule.judge(evidence)) {
            guard let trial = verdict.trials.first else { continue }
            var within: [Correlation] = []
            for label in labels {
                within.append(try population.correlation(column, target, within: label, of: grouping))
            }
            rows.append(
                Row(
                    measure: column, mayPredict: population.mayPredict(column), raw: verdict.raw,
                    rawCorrected: verdict.correctedPValue, within: within, given: trial.partial,
                    outcome: Self.outcome(trial, verdict, level: rule.level)))
        }
        self.grouping = grouping
        self.labels = labels
        self.target = target
        self.rows = rows
    }

    private static func outcome(
        _ trial: Statistics.Verdict.Trial, _ verdict: Statistics.Verdict, level: Double
    ) -> Outcome {
        switch trial.outcome {
        case .survived: .holds
        case .reversed: .reversed
        case .lost: .fromTheGroups
        case .weakened: .weakened
        case .open, .unresolved, .indistinct:
            (verdict.correctedPValue ?? verdict.raw.pValue ?? 1) < level
                ? .open : (trial.correctedPValue ?? trial.pValue ?? 1) < level ? .masked : .neither
        case .notApplicable: .undefined
        }
    }
}
