/// Why a correlation has no value; the description is a sentence for a report.
public enum UndefinedCorrelation: Error, Sendable, Hashable, CustomStringConvertible {
    case tooFewRows(Int, least: Int)
    /// Rows count from 1.
    case notFinite(variable: String, row: Int)
    case constant(variable: String)
    /// The spread of a variable is so small against its size that differences are rounding errors (`Spread`).
    case constantWithinRounding(variable: String)
    /// Sums leave the range of double precision, whatever the unit.
    case outOfRange
    /// Nothing of a variable is left once the covariates are accounted for.
    case determined(variable: String, covariates: [String])
    case notPartial(CorrelationMethod)
    /// Conditioning was asked for, but there is no covariate, or none that varies.
    case nothingHeldFixed(covariates: [String])
    /// A permutation within blocks has nothing to exchange in it.
    case blockOfOneRow(label: Int)
    /// Permuting within blocks leaves the variable as it is.
    case constantWithinBlocks(variable: String)

    public var description: String {
        switch self {
        case .tooFewRows(let count, let least):
            (count == 1 ? "There is 1 complete row" : "There are \(count) complete rows")
                + ", fewer than the \(least) it takes."
        case .notFinite(let variable, let row):
            "\(variable) has a value that is not finite in row \(row)."
        case .constant(let variable):
            "\(variable) has the same value in every row."
        case .constantWithinRounding(let variable):
            "\(variable) varies by no more than rounding errors."
        case .outOfRange:
            "The values are too large or too small to be summed."
        case .determined(let variable, let covariates):
            "\(variable) is a linear function of \(covariates.joined(separator: ", "))"
                + " (of their ranks if ranks are correlated), so nothing of it is left to correlate."
        case .notPartial(let method):
            "A partial correlation is not offered for \(method.rawValue): its p value has no known distribution."
        case .nothingHeldFixed(let covariates):
            covariates.isEmpty
                ? "There is no covariate to hold fixed."
                : "Nothing is held fixed: constant in every row: \(covariates.joined(separator: ", "))."
        case .blockOfOneRow(let label):
            "Block \(label) has 1 row, so there is nothing to exchange within it."
        case .constantWithinBlocks(let variable):
            "\(variable) has the same value throughout each block, so exchanging rows within blocks changes nothing."
        }
    }
}
