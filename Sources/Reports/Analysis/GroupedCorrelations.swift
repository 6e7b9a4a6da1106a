import Statistics

/// Columns correlated with a target over all models, within each group, and with the group held fixed: whether a
/// correlation belongs to the networks or to the difference between the groups.
public struct GroupedCorrelations: Sendable {
    /// What raw and partial correlation say together, at 5 %.
    ///
    /// The raw correlation stands if its p, after Holm's correction over the study's predictors, is below 0.05. A
    /// partial one that would refute it is judged by its own p, without correction, so that the claim that nothing is left
    /// is not made lightly; a partial one that would be a find of its own is judged by its corrected p.
    public enum Verdict: Sendable, Hashable {
        /// The raw one stands; given the group its p is 0.05 or more.
        case fromTheGroups
        /// The raw one stands; given the group it has the other sign and a p below 0.05.
        case reversed
        /// The raw one stands; given the group it has the same sign and a p below 0.05.
        case holds
        /// The raw one does not stand; given the group it does after Holm's correction.
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
        public let verdict: Verdict
    }

    public let grouping: Grouping
    public let labels: [String]
    public let target: String
    public let rows: [Row]

    /// - Parameter measures: the columns to correlate; nil for all predictors.
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, by grouping: Grouping, target: String? = nil, measures: [String]? = nil
    ) throws(UnknownColumn) {
        let target = target ?? population.study.target
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
            for label in labels { within.append(try population.correlation(column, target, within: label, of: grouping)) }
            rows.append(Row(
                measure: column, mayPredict: predictors[index], raw: raw[index], rawHolm: rawHolm[index],
                within: within, given: given[index], givenHolm: givenHolm[index],
                verdict: Self.verdict(
                    raw: raw[index], rawP: rawHolm[index] ?? raw[index].pValue, given: given[index],
                    givenP: givenHolm[index] ?? given[index].pValue)))
        }
        self.grouping = grouping
        self.labels = labels
        self.target = target
        self.rows = rows
    }

    private static func verdict(raw: Correlation, rawP: Double?, given: Correlation, givenP: Double?) -> Verdict {
        guard let rho = raw.estimate, let rawP, let partial = given.estimate, let plainP = given.pValue, let givenP
        else { return .undefined }
        guard rawP < 0.05 else { return givenP < 0.05 ? .masked : .neither }
        guard plainP < 0.05 else { return .fromTheGroups }
        return rho * partial < 0 ? .reversed : .holds
    }
}

extension GroupedCorrelations.Row {
    /// What the verdict means, with its numbers; nil where there is nothing to say.
    ///
    /// - Parameter grouping: the grouping's name.
    func words(_ grouping: String) -> String? {
        guard let rho = raw.estimate, let partial = given.estimate, let p = given.pValue else { return nil }
        let left = "given \(grouping) it is \(ReportSection.signed(partial)) (p \(NumberFormat.significant(2).string(p)))"
        let before = ReportSection.signed(rho)
        return switch verdict {
        case .fromTheGroups: "the raw correlation (\(before)) comes from the difference between the groups: \(left)"
        case .reversed: "the raw correlation (\(before)) turns its sign within the groups: \(left)"
        case .holds: "the raw correlation (\(before)) holds within the groups too: \(left)"
        case .masked: "the difference between the groups hides a correlation: raw \(before), \(left)"
        case .neither, .undefined: nil
        }
    }

    /// Whether raw and partial correlation disagree.
    var isContradicted: Bool { [.fromTheGroups, .reversed, .masked].contains(verdict) }

    /// A word or two for a table's cell.
    var verdictText: String {
        switch verdict {
        case .fromTheGroups: "between groups only"
        case .reversed: "other sign within"
        case .holds: "holds within"
        case .masked: "within groups only"
        case .neither: "neither"
        case .undefined: "undefined"
        }
    }
}
