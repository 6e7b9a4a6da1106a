import Statistics

/// Columns correlated with a target over all models, within each group, and with the group held fixed: whether a
/// correlation belongs to the networks or to the difference between the groups.
public struct GroupedCorrelations: Sendable {
    /// What raw and partial correlation say together, by the rule of verdicts (`VerdictRule.trial`).
    public enum Outcome: Sendable, Hashable {
        /// The raw one stands, and at least half of it goes.
        case fromTheGroups
        /// The raw one stands; given the group it has the other sign and a p below the level.
        case reversed
        /// The raw one stands, and so does the partial one.
        case holds
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
        /// p after Holm's correction over the predictors; nil for a column that may not predict.
        public let rawHolm: Double?
        /// In the order of the labels.
        public let within: [Correlation]
        /// The partial correlation given the group.
        public let given: Correlation
        public let givenHolm: Double?
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
        let rule = rule ?? VerdictRule(networks: population.models.count)
        let labels = grouping.distinctLabels
        let columns = (measures ?? population.columns.filter(population.mayPredict)).filter { $0 != target }
        var raw: [Correlation] = []
        var given: [Correlation] = []
        for column in columns {
            raw.append(try population.correlation(column, target, bootstrap: nil))
            given.append(try population.correlation(column, target, given: grouping))
        }
        let predictors = columns.map(population.mayPredict)
        let rawHolm = holmAdjusted(zip(raw, predictors).map { $1 ? $0.pValue : nil })
        let givenHolm = holmAdjusted(zip(given, predictors).map { $1 ? $0.pValue : nil })
        var rows: [Row] = []
        for (index, column) in columns.enumerated() {
            var within: [Correlation] = []
            for label in labels {
                within.append(try population.correlation(column, target, within: label, of: grouping))
            }
            let stands = (rawHolm[index] ?? raw[index].pValue ?? 1) < rule.level
            let trial = rule.trial(
                of: Column(column, try population.values(column)), with: Column(target, try population.values(target)),
                given: Factor(grouping.name, grouping.labels), stands: stands,
                corrected: givenHolm[index] ?? given[index].pValue)
            rows.append(
                Row(
                    measure: column, mayPredict: predictors[index], raw: raw[index], rawHolm: rawHolm[index],
                    within: within, given: given[index], givenHolm: givenHolm[index],
                    outcome: Self.outcome(trial, stands: stands, level: rule.level)))
        }
        self.grouping = grouping
        self.labels = labels
        self.target = target
        self.rows = rows
    }

    private static func outcome(_ trial: Statistics.Verdict.Trial, stands: Bool, level: Double) -> Outcome {
        switch trial.outcome {
        case .survived: .holds
        case .reversed: .reversed
        case .lost: .fromTheGroups
        case .open, .weakened, .indistinct:
            stands ? .open : (trial.correctedPValue ?? 1) < level ? .masked : .neither
        case .notApplicable: .undefined
        }
    }
}
