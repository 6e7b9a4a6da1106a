import CGSL

/// Of how many independent ones correlated variables have the worth: Σ_i [λ_i ≥ 1] + λ_i - ⌊λ_i⌋ over the eigenvalues λ
/// of their correlation matrix, each at least 0.
///
/// The number of variables where none are correlated, 1 where all are copies. A guide, not a correction: what decides
/// is the maximum over permutations (`WestfallYoung`). Eigenvalues below 0, which pairs of incomplete columns may
/// cause, count as 0.
///
/// Source: Li and Ji, Heredity 95, 2005, equation 5.
///
/// - Parameter correlations: count x count, symmetric, finite.
/// - Returns: nil when GSL finds no eigenvalues, as where a correlation is not finite.
/// - Complexity: O(count³).
public func independentNumber(correlations: [[Double]]) -> Double? {
    let count = correlations.count
    precondition(correlations.allSatisfy { $0.count == count }, "correlations need a square matrix")
    guard count > 0 else { return 0 }
    guard correlations.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    _ = GSL.handlesErrorsQuietly
    guard let matrix = gsl_matrix_alloc(count, count), let values = gsl_vector_alloc(count),
        let workspace = gsl_eigen_symm_alloc(count)
    else { return nil }
    defer {
        gsl_matrix_free(matrix)
        gsl_vector_free(values)
        gsl_eigen_symm_free(workspace)
    }
    for (i, row) in correlations.enumerated() {
        for (j, value) in row.enumerated() { gsl_matrix_set(matrix, i, j, value) }
    }
    guard gsl_eigen_symm(matrix, values, workspace) == GSL_SUCCESS else { return nil }
    return (0..<count).reduce(0) { sum, index in
        // A whole number that rounding moved is that number.
        let value = max(0, gsl_vector_get(values, index))
        let whole = value.rounded()
        if abs(value - whole) < 1e-9 { return sum + (whole >= 1 ? 1 : 0) }
        return sum + (value >= 1 ? 1 : 0) + value - value.rounded(.down)
    }
}
