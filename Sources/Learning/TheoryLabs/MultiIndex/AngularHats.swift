import Foundation
import LinearAlgebra

extension MultiIndexProblem {
    /// A narrow hat around each point: an interpolator that is 0 almost everywhere [O].
    ///
    /// A network without biases has no hats along a line, but along an angle: in the plane of the first two axes, with
    /// a point at angle θ_i (mod π) and distance ρ_i, the hat is
    /// ρ(x) [c₁ (|sin(θ-θ_i-h)| + |sin(θ-θ_i+h)|) + c₂ (|sin(θ-θ_i-h/2)| + |sin(θ-θ_i+h/2)|)] with c₂ = -c₁ cos h /
    /// cos(h/2), which makes it 0 for angles farther than h from θ_i, and c₁ = y_i / (2 ρ_i tan(h/2)). Each |·| is two
    /// rectifiers. No kink lies on a point.
    ///
    /// - Parameter share: h as a share of the distance to the nearest other point's angle, below 1.
    /// - Throws: `ModelFailed` when two points have one angle, or a point lies at the plane's origin.
    /// - Precondition: the rectifier; dimension ≥ 2.
    /// - Complexity: O(samples · log(samples) + samples · dimension).
    package func angularHats(share: Double) throws(ModelFailed) -> HomogeneousNetwork {
        precondition(activation == .relu && dimension >= 2 && share > 0 && share < 1)
        let angles = (0..<samples).map { i -> Double in
            let angle = atan2(inputs[i, 1], inputs[i, 0])
            return angle < 0 ? angle + .pi : angle
        }
        let order = angles.indices.sorted { angles[$0] < angles[$1] }
        var (outer, directions) = ([Double](), [Double]())
        for (place, i) in order.enumerated() where labels[i] != 0 {
            let next = place + 1 < samples ? angles[order[place + 1]] : angles[order[0]] + .pi
            let previous = place > 0 ? angles[order[place - 1]] : angles[order[samples - 1]] - .pi
            // A single point is its own neighbour at π: half of it is room enough.
            let half = share * min(next - angles[i], angles[i] - previous, .pi / 2)
            let distance = (inputs[i, 0] * inputs[i, 0] + inputs[i, 1] * inputs[i, 1]).squareRoot()
            guard half > 1e-12, distance > 0 else {
                throw ModelFailed("two points have the same angle: no room for a hat")
            }
            let far = labels[i] / (2 * distance * tan(half / 2))
            let near = -far * cos(half) / cos(half / 2)
            for (kink, weight) in [(-half, far), (half, far), (-half / 2, near), (half / 2, near)] {
                outer += [weight, weight]
                directions += [angles[i] + kink, angles[i] + kink + .pi]
            }
        }
        // sin(θ - β) ρ = -sin β x₀ + cos β x₁.
        return HomogeneousNetwork(
            .relu, outer: outer,
            inner: Matrix(rows: outer.count, columns: dimension) { row, column in
                column == 0 ? -sin(directions[row]) : column == 1 ? cos(directions[row]) : 0
            })
    }
}
