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

    /// "bootstrap", "bootstrap of 24 configurations", "analytic".
    public var name: String { configurations.map { "\(kind.rawValue) of \($0) configurations" } ?? kind.rawValue }
}

extension Correlation {
    /// The interval that tables, pictures and the results file show: the bootstrap's where one was drawn, otherwise the
    /// analytic one; nil where that one has no bounds.
    public var shownInterval: ShownInterval? { shownInterval(analytic: .analytic) }

    /// - Parameter kind: which analytic interval to show where no bootstrap was drawn.
    func shownInterval(analytic kind: IntervalKind) -> ShownInterval? {
        if let bootstrap {
            return bootstrap.bounds.map {
                ShownInterval(
                    bounds: $0, kind: bootstrap.kind == .bca ? .bca : .bootstrap, configurations: bootstrap.clusters)
            }
        }
        let bounds = kind == .fieller ? (try? outcome.get())?.fiellerInterval : interval
        return bounds.map { ShownInterval(bounds: $0, kind: kind, configurations: nil) }
    }

    /// Why no interval is shown; nil where one is.
    func reasonWithoutInterval(analytic kind: IntervalKind = .analytic) -> String? {
        guard shownInterval(analytic: kind) == nil else { return nil }
        if let none = bootstrap?.reason { return none }
        guard let estimate else { return reason }
        if removal != .both, !covariates.isEmpty {
            return "A semi-partial correlation has no analytic interval: ask for the bootstrap's."
        }
        // A perfect one may be off by a rounding error.
        return abs(estimate) > 1 - 1e-12
            ? "A coefficient of ±1 has no analytic interval: its Fisher's z is infinite."
            : "\(count) networks are too few for an analytic interval."
    }
}

extension MeasureCorrelations {
    /// More networks than this are not resampled: a bootstrap of 100,000 takes a minute a measure. At 2,000 simulated
    /// networks already its bounds and the analytic ones differ by less than a tenth of their width.
    public static let mostForBootstrap = 5000

    /// The intervals of all rows in words, as "95 % bootstrap interval over the networks".
    var intervalText: String {
        let shown = rows.compactMap(\.correlation.shownInterval)
        if shown.contains(where: { $0.kind == .analytic }) {
            return "95 % analytic interval (Fisher's z with the variance of Bonett and Wright)"
        }
        return "95 % bootstrap interval over the "
            + (shown.compactMap(\.configurations).max().map { "\($0) configurations" } ?? "networks")
    }
}
