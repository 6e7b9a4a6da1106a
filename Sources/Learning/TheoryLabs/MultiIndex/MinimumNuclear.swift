import Foundation
import LinearAlgebra

/// A quadratic interpolator of least nuclear norm, and how far it can be from it.
package struct NuclearSolution: Sendable {
    package let network: HomogeneousNetwork
    /// (|M|_* - dual value) / |M|_*: the norm is at most that share above the least one.
    package let relativeGap: Double
}

extension MultiIndexProblem {
    /// The quadratic interpolator xᵀMx with the least sum of |eigenvalues|, M symmetric [O].
    ///
    /// Douglas and Rachford's splitting of |M|_* and the affine conditions: soft-thresholding of eigenvalues, which
    /// reveals the rank, against projection; then Gauss–Newton on the factors u_k of M = Σ ±u_k u_kᵀ, which meets the
    /// conditions to rounding. The dual certificate is Σ ν_i x_i x_iᵀ, scaled to spectral norm at most 1.
    ///
    /// - Throws: `ModelFailed` when no quadratic function fits.
    /// - Precondition: the quadratic activation.
    /// - Complexity: O(steps · (dimension³ + samples · dimension²)), at most 3,000 steps; some hundred where the
    ///   minimum is clear.
    package func minimumNuclear() throws(ModelFailed) -> NuclearSolution {
        precondition(activation == .quadratic)
        let start = try minimumFrobenius().quadraticForm
        guard let forms = SymmetricForms(self) else {
            throw ModelFailed("a singular value decomposition did not converge")
        }
        guard let split = forms.douglasRachford(from: start), let network = forms.network(split.low) else {
            throw ModelFailed("an eigenvalue decomposition did not converge")
        }
        let solution = network.fitted(to: labels, on: inputs)
        guard let parts = solution.quadraticForm.symmetricEigendecomposition() else {
            throw ModelFailed("an eigenvalue decomposition did not converge")
        }
        let norm = parts.values.reduce(0) { $0 + abs($1) }
        let dual = forms.dualValue(subgradient: split.subgradient)
        return NuclearSolution(
            network: forms.network(solution.quadraticForm) ?? solution, relativeGap: norm > 0 ? (norm - dual) / norm : 0
        )
    }
}

extension SymmetricForms {
    /// The low-rank half of the splitting, and the subgradient of |M|_* there.
    func douglasRachford(from start: Matrix, steps: Int = 3000) -> (low: Matrix, subgradient: [Double])? {
        var position = vector(start)
        // A tenth of the mean label: eigenvalues are of the labels' order.
        let threshold = 0.1 * labels.reduce(0) { $0 + abs($1) } / Double(max(labels.count, 1))
        guard threshold > 0 else { return (start, position) }
        var low = start
        for _ in 0..<steps where !Task.isCancelled {
            guard let parts = matrix(position).symmetricEigendecomposition() else { return nil }
            low = Self.softThreshold(parts, threshold)
            let lowVector = vector(low)
            let reflected = zip(lowVector, position).map { 2 * $0 - $1 }
            let projected = zip(reflected, correction(residuals(reflected))).map { $0 + $1 }
            var change = 0.0
            for k in position.indices {
                let step = projected[k] - lowVector[k]
                position[k] += step
                change = max(change, abs(step))
            }
            if change < 1e-13 * threshold { break }
        }
        return (low, zip(position, vector(low)).map { ($0 - $1) / threshold })
    }

    private static func softThreshold(_ parts: SymmetricEigendecomposition, _ threshold: Double) -> Matrix {
        let size = parts.values.count
        let kept = (0..<size).filter { abs(parts.values[$0]) > threshold }
        let factors = kept.map { parts.values[$0] - (parts.values[$0] > 0 ? threshold : -threshold) }
        let vectors = Matrix(rows: size, columns: kept.count) { parts.vectors[$0, kept[$1]] }
        let scaled = Matrix(rows: kept.count, columns: size) { vectors[$1, $0] * factors[$0] }
        return vectors * scaled
    }

    /// ν·y for the multipliers ν whose Σ ν_i x_i x_iᵀ is nearest to the subgradient, scaled to be feasible: a lower
    /// bound of every interpolator's nuclear norm.
    func dualValue(subgradient: [Double]) -> Double {
        let multipliers = inverseGram * (conditions * subgradient)
        guard let parts = matrix(transposedProduct(multipliers)).symmetricEigendecomposition() else { return 0 }
        let norm = parts.values.reduce(0) { max($0, abs($1)) }
        return zip(multipliers, labels).reduce(0) { $0 + $1.0 * $1.1 } / max(1, norm)
    }
}

extension HomogeneousNetwork {
    /// Gauss–Newton on the inner weights, signs and number of neurons kept: the smallest steps that remove the
    /// residuals.
    func fitted(to labels: [Double], on inputs: Matrix) -> HomogeneousNetwork {
        // a w wᵀ = ± u uᵀ with u = √|a| w.
        var network = HomogeneousNetwork(
            activation, outer: outer.map { $0 < 0 ? -1 : 1 },
            inner: Matrix(rows: width, columns: dimension) { abs(outer[$0]).squareRoot() * inner[$0, $1] })
        for _ in 0..<5 {
            let u = network.preactivations(inputs)
            let residuals = zip(labels, network.outputs(inputs)).map { $0 - $1 }
            let slopes = Matrix(rows: inputs.rows, columns: width * dimension) { i, k in
                2 * network.outer[k / dimension] * u[i, k / dimension] * inputs[i, k % dimension]
            }
            guard let step = slopes.pseudoinverse(tolerance: 1e-10).map({ $0 * residuals }) else { break }
            var next = network
            for k in step.indices { next.inner.elements[k] += step[k] }
            let (old, new) = (network.squaredError(inputs, labels), next.squaredError(inputs, labels))
            guard new < old else { break }
            network = next
        }
        return network
    }

    /// mean (f(x_i) - y_i)².
    package func squaredError(_ inputs: Matrix, _ labels: [Double]) -> Double {
        zip(outputs(inputs), labels).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(max(labels.count, 1))
    }
}
