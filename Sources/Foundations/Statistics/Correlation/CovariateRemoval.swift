/// The variables from which the covariates of a correlation are removed.
public enum CovariateRemoval: String, CaseIterable, Sendable, Codable {
    /// From both: a partial correlation.
    case both
    /// From `x` alone: a semi-partial (part) correlation.
    case x
    /// From `y` alone.
    case y

    /// Whether `x` (index 0) or `y` (index 1) is replaced by its residuals.
    func applies(to index: Int) -> Bool {
        switch self {
        case .both: true
        case .x: index == 0
        case .y: index == 1
        }
    }
}
