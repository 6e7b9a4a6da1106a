import CGSL

/// A linear model of some columns, with a constant, from which the residuals of other columns are taken.
///
/// Fitted by GSL's truncated singular value decomposition, which stays well-defined when covariates repeat each other.
/// - Complexity: O(rows · covariates²) a fit.
final class LinearModel {
    /// Singular values below this share of the largest count as zero, and so do residuals against their column.
    /// Columns of ranks are whole or half numbers: either exactly dependent (1e-16 here) or far from it.
    static let tolerance = 1e-10

    private let rows: Int
    private let design: UnsafeMutablePointer<gsl_matrix>
    private let response: UnsafeMutablePointer<gsl_vector>
    private let residual: UnsafeMutablePointer<gsl_vector>
    private let coefficients: UnsafeMutablePointer<gsl_vector>
    private let covariance: UnsafeMutablePointer<gsl_matrix>
    private let workspace: UnsafeMutablePointer<gsl_multifit_linear_workspace>

    /// - Precondition: at least one covariate, more rows than covariates, all columns of one length.
    init(covariates: [[Double]]) {
        let rows = covariates.first?.count ?? 0
        precondition(rows > covariates.count, "a linear model of \(covariates.count) columns has \(rows) rows")
        precondition(GSL.handlesErrorsQuietly)
        self.rows = rows
        design = gsl_matrix_alloc(rows, covariates.count)
        response = gsl_vector_alloc(rows)
        residual = gsl_vector_alloc(rows)
        coefficients = gsl_vector_alloc(covariates.count)
        covariance = gsl_matrix_alloc(covariates.count, covariates.count)
        workspace = gsl_multifit_linear_alloc(rows, covariates.count)
        // Centred columns instead of a column of ones: the rank then counts the covariates alone.
        for (index, covariate) in covariates.enumerated() {
            for (row, value) in centred(scaled(covariate)).enumerated() { gsl_matrix_set(design, row, index, value) }
        }
    }

    deinit {
        gsl_matrix_free(design)
        gsl_vector_free(response)
        gsl_vector_free(residual)
        gsl_vector_free(coefficients)
        gsl_matrix_free(covariance)
        gsl_multifit_linear_free(workspace)
    }

    enum Remainder {
        /// What is left of the column (as `scaled` has it), and the number of linearly independent covariates (a
        /// constant one is none).
        case residuals([Double], rank: Int)
        /// The covariates determine the column up to rounding.
        case nothing
        /// GSL gave up, as it does when sums of squares overflow.
        case failed
    }

    func remainder(of column: [Double]) -> Remainder {
        let column = centred(scaled(column))
        for row in 0..<rows { gsl_vector_set(response, row, column[row]) }
        var residualSquares = 0.0
        var rank = 0
        let fitted = gsl_multifit_linear_tsvd(
            design, response, Self.tolerance, coefficients, covariance, &residualSquares, &rank, workspace)
        guard fitted == GSL_SUCCESS,
            gsl_multifit_linear_residuals(design, response, coefficients, residual) == GSL_SUCCESS
        else { return .failed }

        let residuals = (0..<rows).map { gsl_vector_get(residual, $0) }
        let left = squares(residuals)
        let total = squares(column)
        guard left.isFinite, total.isFinite else { return .failed }
        return left > Self.tolerance * Self.tolerance * total ? .residuals(residuals, rank: rank) : .nothing
    }
}

private func squares(_ column: [Double]) -> Double {
    column.reduce(0) { $0 + $1 * $1 }
}
