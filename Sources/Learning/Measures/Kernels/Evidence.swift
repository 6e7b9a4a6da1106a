import Foundation

/// MacKay's evidence for a Gaussian prior of precision α, with the Gauss–Newton matrix G for the curvature: at the one
/// α with α |θ|² = γ(α) = Σ n λ/(n λ + α), which is the evidence's only maximum (MacKay, Neural Computation 4, 1992).
struct Evidence {
    let alpha: Double
    /// γ(α).
    let effectiveDimension: Double
    /// -n L - α|θ|²/2 - ½ Σ ln(1 + n λ/α).
    let logarithm: Double

    /// - Parameters:
    ///   - spectrum: the nonzero eigenvalues λ of G.
    ///   - squaredNorm: |θ|².
    /// - Returns: nil where the parameters or the curvature are all 0.
    init?(spectrum: [Double], count: Int, loss: Double, squaredNorm: Double) {
        let scaled = spectrum.map { $0 * Double(count) }
        guard squaredNorm > 0, (scaled.max() ?? 0) > 0 else { return nil }
        func dimension(_ alpha: Double) -> Double { scaled.reduce(0) { $0 + $1 / ($1 + alpha) } }
        // The left side grows with α and the right one falls.
        var (low, high) = (-200.0, 200.0)
        while high - low > 1e-15 * max(1, abs(low) + abs(high)) {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if exp(middle) * squaredNorm > dimension(exp(middle)) { high = middle } else { low = middle }
        }
        let alpha = exp((low + high) / 2)
        self.alpha = alpha
        effectiveDimension = dimension(alpha)
        logarithm =
            -Double(count) * loss - 0.5 * alpha * squaredNorm
            - 0.5 * scaled.reduce(0) { $0 + log1p($1 / alpha) }
    }
}

extension PointView {
    /// MacKay's evidence; throws where there is none.
    func evidence() throws(UndefinedEvidence) -> Evidence {
        guard let spectrum = gaussNewtonSpectrum else { throw .noSpectrum }
        guard
            let found = Evidence(
                spectrum: spectrum, count: count, loss: loss,
                squaredNorm: sumOfSquares(network.parameters, network.parameters.indices))
        else { throw .nothing }
        return found
    }
}

enum UndefinedEvidence: Error {
    case noSpectrum, nothing

    var value: MeasuredValue {
        switch self {
        case .noSpectrum: .noDecomposition
        case .nothing: .undefined("the parameters or the curvature are all 0")
        }
    }
}

extension ViewChoice {
    /// With so few points that the Gram matrix has `GramMatrix.mostRows` rows at most.
    func limited(for subject: Subject) -> ViewChoice {
        var choice = self
        let most = max(1, GramMatrix.mostRows / subject.architecture.classCount)
        choice.points = min(points ?? most, most)
        return choice
    }
}
