extension SummaryStatistic {
    /// That of the one model that is selected.
    public static let value = SummaryStatistic("value") { sample throws(UndefinedSummary) in
        guard sample.selected == 1 else { throw .notOneModel(sample.selected) }
        return SummaryNumber(sample.column.values[0])
    }
}
