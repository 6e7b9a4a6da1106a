import Plots
import Analysis
import Statistics
import Typography

extension RankingPlot {
    /// A name's correlation, as a ranking shows it.
    package typealias Correlated = (
        name: String, correlation: Correlation, adjustedPValue: Double?, judgement: Judgement?
    )

    /// Correlations of one method by their size, each with the interval that tables show.
    package init(title: String, correlations: [Correlated], notes: [String] = []) {
        self.init(
            title: title, letter: correlations.first?.correlation.method.symbol ?? "",
            entries: correlations.map { name, correlation, adjusted, judgement in
                let bounds = correlation.shownInterval?.bounds
                return Entry(
                    name: name, coefficient: correlation.estimate, interval: bounds.map { $0.lower...$0.upper },
                    pValue: correlation.pValue, adjustedPValue: adjusted, count: correlation.count,
                    reason: correlation.reason, judgement: judgement)
            },
            legend: (Self.intervals(correlations.map(\.correlation)), Self.heldFixed(correlations)), notes: notes)
    }

    /// What the intervals are; nil where there are none.
    private static func intervals(_ correlations: [Correlation]) -> String? {
        let withInterval = correlations.filter { $0.shownInterval != nil }
        guard let interval = withInterval.first?.shownInterval?.bounds else { return nil }
        let resamples = Set(withInterval.map { $0.bootstrap?.resamples })
        let level = NumberFormat.significant(3).string(100 * interval.level)
        let percent = level.hasSuffix(".0") ? String(level.dropLast(2)) : level
        switch resamples.count == 1 ? resamples.first ?? nil : nil {
        case let count?:
            let clusters = withInterval.compactMap { $0.bootstrap?.clusters }.max()
            let units = clusters.map { " of \($0) configurations" } ?? ""
            return "Intervals: \(percent) %, bootstrap percentiles of \(count) resamples\(units)."
        case nil where resamples == [nil]: return "Intervals: \(percent) %, from Fisher's z."
        case nil: return "Intervals: \(percent) %."
        }
    }

    private static func heldFixed(_ correlations: [Correlated]) -> String? {
        guard let given = correlations.first?.correlation.covariates, !given.isEmpty else { return nil }
        return "Held fixed: \(given.joined(separator: ", "))."
    }
}
