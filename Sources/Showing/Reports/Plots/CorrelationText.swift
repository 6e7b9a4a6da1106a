import Statistics
import Typography

extension Correlation {
    /// The coefficient in a line: "ρ = −0.226, n = 100, p = 0.024".
    package var plotText: String {
        let given = covariates.isEmpty ? "" : " given \(covariates.joined(separator: ", "))"
        switch outcome {
        case .success(let estimate):
            let p = pValueText(estimate.pValue)
            return "\(method.symbol) = \(fixed(estimate.value, decimals: 3))\(given), n = \(count), "
                + "p \(p.hasPrefix("<") ? p : "= \(p)")"
        case .failure(let undefined):
            return "\(method.symbol)\(given) is undefined. \(undefined)"
        }
    }
}

extension CorrelationMethod {
    /// The coefficient's letter.
    var symbol: String {
        switch self {
        case .spearman: "ρ"
        case .pearson: "r"
        case .kendall: "τ"
        }
    }
}
