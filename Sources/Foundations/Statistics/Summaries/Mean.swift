extension SummaryStatistic {
    /// The sum in the order of the models, by their number.
    public static let mean = SummaryStatistic("mean") { sample throws(UndefinedSummary) in
        let values = sample.column.values
        let mean = values.reduce(0, +) / Double(values.count)
        guard mean.isFinite else { throw .overflow(variable: sample.column.name) }
        return SummaryNumber(mean)
    }
}
