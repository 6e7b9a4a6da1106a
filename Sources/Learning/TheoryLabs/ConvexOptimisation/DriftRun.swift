import LinearAlgebra
import Randomness

/// How an iterate becomes the next: W ← W - η ∇F_S(W + V).
package enum DriftAlgorithm: String, CaseIterable, Sendable {
    /// V = 0.
    case gd
    /// V = r ∇F_S(W) / |∇F_S(W)|; 0 where the gradient is.
    case sam
    /// V the exact maximiser of F_S(W + V), in the spurious row.
    case saGD = "sa-gd"
    /// V the maximiser that ascent finds.
    case saGDAscent = "sa-gd-ascent"
}

/// The iterates w_1 … w_T of one run.
package struct DriftRun: Sendable {
    package let last: Matrix
    /// The mean of all iterates.
    package let average: Matrix
    package let start: Matrix
    /// Σ |w_(t+1) - w_t|.
    package let pathLength: Double

    /// - Parameters:
    ///   - start: w_1.
    ///   - horizon: T.
    /// - Precondition: for `saGD`, the sample has a spurious coordinate and the start is 0.
    /// - Complexity: O(T · D · (columns + n)), times the ascent's gradients where there is one.
    package init(
        _ problem: DriftProblem, algorithm: DriftAlgorithm, start: Matrix, horizon: Int, stepSize: Double,
        radius: Double,
        tie: TieRule, stream: NativeStream
    ) {
        var weights = start
        var sum = start
        var length = 0.0
        var ties = stream.child("ties")
        for t in 1..<max(horizon, 1) where !Task.isCancelled {
            let perturbed: Matrix
            switch algorithm {
            case .gd: perturbed = weights
            case .sam:
                let gradient = problem.riskAndGradient(weights).gradient
                let size = gradient.norm
                perturbed = size > 0 ? weights + gradient.mapped { radius * ($0 / size) } : weights
            case .saGD:
                guard let row = problem.sample.spurious else { preconditionFailure("no spurious coordinate") }
                perturbed =
                    weights
                    + problem.spuriousPerturbation(
                        weights, row: row, radius: radius, tie: tie, stream: &ties)
            case .saGDAscent:
                let source = stream.child("ascent").child(UInt64(t))
                perturbed =
                    weights
                    + problem.ascendedPerturbation(
                        weights, radius: radius, axes: weights.rows * 2, stream: source
                    ).perturbation
            }
            let gradient = problem.riskAndGradient(perturbed).gradient
            weights = weights - stepSize * gradient
            sum = sum + weights
            length += stepSize * gradient.norm
        }
        last = weights
        average = (1 / Double(max(horizon, 1))) * sum
        self.start = start
        pathLength = length
    }
}
