import Statistics

/// What a study says of its measures once the networks that learned nothing are left out: a few of them lie far from
/// all others in every column, and can make a correlation or hide one.
public struct VerdictsWithoutCollapsed: Sendable {
    /// A measure with another word.
    public struct Change: Sendable {
        public let measure: String
        public let with: Verdict
        public let without: Verdict
    }

    /// Networks that were left out.
    public let count: Int
    public let verdicts: StudyVerdicts
    /// In the order of the verdicts with all networks.
    public let changes: [Change]

    /// Judges the rest as the study was judged, by its target and the default confounders.
    ///
    /// Nil where no network collapsed, or it is not known of any.
    /// - Throws: `UnknownColumn`.
    /// - Complexity: that of the verdicts.
    public init?(
        of population: Population, _ health: Health, beside verdicts: StudyVerdicts
    ) throws(UnknownColumn) {
        guard !health.collapsedRows.isEmpty else { return nil }
        count = health.collapsedRows.count
        let rest = try StudyVerdicts(of: population.without(health.collapsedRows))
        self.verdicts = rest
        let found = Dictionary(rest.rows.map { ($0.verdict.measure, $0.verdict) }) { first, _ in first }
        changes = verdicts.rows.compactMap { row in
            guard let without = found[row.verdict.measure], without.word != row.verdict.word else { return nil }
            return Change(measure: row.verdict.measure, with: row.verdict, without: without)
        }
    }
}
