import LinearAlgebra

extension MultiIndexProblem {
    /// The quadratic interpolator xᵀMx with the least |M|_F, as a network of M's eigenvectors [O].
    ///
    /// - Throws: `ModelFailed` when no quadratic function fits.
    /// - Precondition: the quadratic activation.
    /// - Complexity: O(samples³ + samples² · dimension²).
    package func minimumFrobenius() throws(ModelFailed) -> HomogeneousNetwork {
        precondition(activation == .quadratic)
        guard let forms = SymmetricForms(self) else {
            throw ModelFailed("a singular value decomposition did not converge")
        }
        var solution = forms.correction(labels)
        solution = zip(solution, forms.correction(forms.residuals(solution))).map { $0 + $1 }
        let scale = labels.reduce(0) { max($0, abs($1)) }
        guard forms.residuals(solution).allSatisfy({ abs($0) <= 1e-8 * scale }) else {
            throw ModelFailed("no quadratic function fits these labels")
        }
        guard let network = forms.network(forms.matrix(solution)) else {
            throw ModelFailed("an eigenvalue decomposition did not converge")
        }
        return network
    }
}
