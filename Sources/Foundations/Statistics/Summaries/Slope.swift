extension SummaryStatistic {
    /// Least squares of the column's logarithm against that of the other: the exponent of a power law.
    public static let slope = SummaryStatistic("slope", isOverAnother: true) { sample throws(UndefinedSummary) in
        guard let other = sample.other else { throw .noOtherColumn }
        switch powerLaw(sample.column, over: other) {
        case .success(let law): return SummaryNumber(law.exponent, standardError: law.standardError)
        case .failure(let undefined): throw .powerLaw(undefined)
        }
    }
}
