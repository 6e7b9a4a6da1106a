extension SummaryStatistic {
    /// The least value.
    public static let minimum = SummaryStatistic("minimum") { sample throws(UndefinedSummary) in
        SummaryNumber(sample.column.values.min() ?? sample.column.values[0])
    }
}
