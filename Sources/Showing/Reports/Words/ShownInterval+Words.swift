import Analysis
import Statistics

extension ShownInterval {
    /// "bootstrap", "bootstrap of 24 configurations", "analytic".
    public var name: String { configurations.map { "\(kind.rawValue) of \($0) configurations" } ?? kind.rawValue }
}

extension Correlation {
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
