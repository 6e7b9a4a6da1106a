import LinearAlgebra
import Networks

/// The maximal variation of a network's loss at a point: searched from below, certified from above [O].
///
/// The second-order expansion has its global maximum over the ball by a trust region; `NetworkRemainder` bounds what is
/// beyond it. The search begins at that maximum, and at the ends of the sharpest directions and the gradient. Below the
/// radius at which a unit can switch, the gap is of third order.
package struct NetworkVariation: Sendable {
    private let loss: NetworkLoss
    private let parameters: [Double]
    /// Where the parameters that move stand among all of them.
    private let free: [Int]
    private let start: Double
    /// The gradient in the Hessian's eigenvectors.
    private let slopes: [Double]
    private let eigen: SymmetricEigendecomposition
    package let remainder: NetworkRemainder

    /// - Parameter hasBiases: whether biases move too.
    /// - Throws: `ModelFailed` when the Hessian is not finite.
    package init(of loss: NetworkLoss, at parameters: [Double], hasBiases: Bool) throws(ModelFailed) {
        self.loss = loss
        self.parameters = parameters
        let layers = loss.architecture.layers
        free = layers.flatMap { Array(hasBiases ? $0.parameters : $0.weights) }
        start = loss.value(parameters)
        let whole = loss.hessian(parameters)
        let free = free
        let hessian = Matrix(rows: free.count, columns: free.count) { whole[free[$0], free[$1]] }
        guard let eigen = hessian.symmetricEigendecomposition() else {
            throw ModelFailed("the loss's Hessian has no eigenvalues")
        }
        self.eigen = eigen
        let gradient = loss.gradient(parameters)
        slopes = eigen.vectors.transposed * free.map { gradient[$0] }
        remainder = NetworkRemainder(of: loss, at: parameters, hasBiases: hasBiases)
    }

    /// Of the Hessian.
    package var largestCurvature: Double { eigen.values.last ?? 0 }

    /// f°(r).
    package func bracket(radius: Double) -> Bracket {
        let expansion = TrustRegion(linear: slopes, curvatures: eigen.values, radius: radius)
        let attained = attained(expansion, radius)
        return Bracket(
            attained: attained, bound: max(attained, expansion.value.bound + remainder.bound(radius: radius)))
    }

    /// An upper bound of f°(r) alone: much cheaper.
    package func bound(radius: Double) -> Double {
        TrustRegion(linear: slopes, curvatures: eigen.values, radius: radius).value.bound
            + remainder.bound(radius: radius)
    }

    private func attained(_ expansion: TrustRegion, _ radius: Double) -> Double {
        guard radius > 0 else { return 0 }
        let maximum = eigen.vectors * expansion.point
        let sharpest = eigen.vectors.column(eigen.values.count - 1)
        let gradient = eigen.vectors * slopes
        let starts = [maximum, maximum.map { -$0 }, sharpest, sharpest.map { -$0 }, gradient]
        return starts.reduce(0) { max($0, ascent(from: $1, radius)) }
    }

    /// f(this + Δ) - f(this).
    private func rise(_ step: [Double]) -> Double { loss.value(moved(step)) - start }

    private func moved(_ step: [Double]) -> [Double] {
        var moved = parameters
        for (place, change) in zip(free, step) { moved[place] += change }
        return moved
    }

    /// From a direction's end on the sphere, steps towards the end of the gradient there, for as long as f rises.
    private func ascent(from direction: [Double], _ radius: Double) -> Double {
        let length = norm(direction)
        guard length > 0 else { return 0 }
        var step = direction.map { $0 * (radius / length) }
        var best = rise(step)
        for _ in 0..<200 {
            let gradient = loss.gradient(moved(step))
            let target = free.map { gradient[$0] }
            let size = norm(target)
            guard size > 0 else { break }
            var (share, found) = (1.0, false)
            while share > 1e-3, !found {
                let mixed = zip(step, target).map { (1 - share) * $0 + share * (radius / size) * $1 }
                let length = norm(mixed)
                let next = length > 0 ? mixed.map { $0 * (radius / length) } : step
                let value = rise(next)
                if value > best * (1 + 1e-12) {
                    (step, best, found) = (next, value, true)
                }
                share *= 0.5
            }
            guard found else { break }
        }
        return best
    }
}
