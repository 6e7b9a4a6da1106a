extension SummaryStatistic {
    /// The rank correlation of the two columns.
    public static let spearman = SummaryStatistic("spearman", isOverAnother: true) {
        sample throws(UndefinedSummary) in
        SummaryNumber(try rankCorrelation(sample).value)
    }

    /// The two-sided p of the rank correlation. No claim is about it, but papers publish it.
    public static let spearmanPValue = SummaryStatistic("p_value", isOverAnother: true) {
        sample throws(UndefinedSummary) in
        SummaryNumber(try rankCorrelation(sample).pValue)
    }

    private static func rankCorrelation(_ sample: SummarySample) throws(UndefinedSummary) -> Correlation.Estimate {
        guard let other = sample.other else { throw .noOtherColumn }
        switch correlate(sample.column, other).outcome {
        case .success(let estimate): return estimate
        case .failure(let undefined): throw .correlation(undefined)
        }
    }
}
