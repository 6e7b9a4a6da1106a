import Statistics

/// How an interval beside a coefficient was found.
public enum IntervalKind: String, Sendable, CaseIterable {
    /// Percentiles over resampled networks.
    case bootstrap
    /// Fisher's z with the variance of Bonett and Wright.
    case analytic
}

extension Correlation {
    /// The interval that tables, pictures and the results file show: the bootstrap's where one was drawn, otherwise the
    /// analytic one; nil where that one has no bounds.
    public var shownInterval: (bounds: ConfidenceInterval, kind: IntervalKind)? {
        if let bootstrap { return bootstrap.bounds.map { ($0, .bootstrap) } }
        return interval.map { ($0, .analytic) }
    }
}

extension MeasureCorrelations {
    /// More networks than this are not resampled: a bootstrap of 100,000 takes a minute a measure. At 2,000 simulated
    /// networks already its bounds and the analytic ones differ by less than a tenth of their width.
    public static let mostForBootstrap = 5000

    /// The intervals of all rows in words, as "95 % bootstrap interval over the networks".
    var intervalText: String {
        rows.contains { $0.correlation.shownInterval?.kind == .analytic }
            ? "95 % analytic interval (Fisher's z with the variance of Bonett and Wright)"
            : "95 % bootstrap interval over the networks"
    }
}
