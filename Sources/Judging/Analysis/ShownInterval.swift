import Statistics

/// How an interval beside a coefficient is found.
public enum IntervalKind: String, Sendable, CaseIterable {
    /// Percentiles over resampled networks, or configurations.
    case bootstrap
    /// The same, bias-corrected and accelerated.
    case bca
    /// Fisher's z; for Spearman with the variance of Bonett and Wright.
    case analytic
    /// Fisher's z with the variance of Fieller, Hartley and Pearson; Spearman's rho alone.
    case fieller
}

/// An interval and how it was found.
public struct ShownInterval: Sendable, Hashable {
    public let bounds: ConfidenceInterval
    public let kind: IntervalKind
    /// How many configurations were drawn again as a whole; nil where networks were.
    public let configurations: Int?
}

extension Correlation {
    /// The interval that tables, pictures and the results file show: the bootstrap's where one was drawn, otherwise the
    /// analytic one; nil where that one has no bounds.
    public var shownInterval: ShownInterval? { shownInterval(analytic: .analytic) }

    /// - Parameter kind: which analytic interval to show where no bootstrap was drawn.
    package func shownInterval(analytic kind: IntervalKind) -> ShownInterval? {
        if let bootstrap {
            return bootstrap.bounds.map {
                ShownInterval(
                    bounds: $0, kind: bootstrap.kind == .bca ? .bca : .bootstrap, configurations: bootstrap.clusters)
            }
        }
        let bounds = kind == .fieller ? (try? outcome.get())?.fiellerInterval : interval
        return bounds.map { ShownInterval(bounds: $0, kind: kind, configurations: nil) }
    }
}

extension MeasureCorrelations {
    /// More networks than this are not resampled: a bootstrap of 100,000 takes a minute a measure. At 2,000 simulated
    /// networks already its bounds and the analytic ones differ by less than a tenth of their width.
    public static let mostForBootstrap = 5000
}
