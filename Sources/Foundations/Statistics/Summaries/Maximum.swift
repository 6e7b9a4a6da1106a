extension SummaryStatistic {
    /// The greatest value.
    public static let maximum = SummaryStatistic("maximum") { sample throws(UndefinedSummary) in
        SummaryNumber(sample.column.values.max() ?? sample.column.values[0])
    }
}
