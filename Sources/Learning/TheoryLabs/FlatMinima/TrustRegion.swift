/// The maximum of pᵀu + ½ uᵀ diag(q) u over the ball |u| ≤ r, globally, whatever the signs of q.
///
/// u is a maximiser if and only if (λ - q_i) u_i = p_i with λ ≥ max(0, q) and λ (|u| - r) = 0; and for every such λ
///
///     pᵀu + ½ uᵀ diag(q) u ≤ ½ λ r² + ½ Σ p_i² / (λ - q_i)    on the whole ball,
///
/// so that the value at u is certified from above by the dual one at λ, up to rounding. Source: Moré and Sorensen,
/// *Computing a trust region step* (SIAM J. Sci. Stat. Comput. 4, 1983).
package struct TrustRegion: Sendable {
    /// u.
    package let point: [Double]
    package let value: Bracket

    /// - Parameters:
    ///   - linear: p.
    ///   - curvatures: q, as many as p.
    ///   - radius: r, not negative.
    /// - Complexity: O(dimension · iterations).
    package init(linear: [Double], curvatures: [Double], radius: Double) {
        precondition(linear.count == curvatures.count && radius >= 0)
        guard radius > 0 else {
            point = linear.map { _ in 0 }
            value = Bracket(attained: 0, bound: 0)
            return
        }
        let least = max(0, curvatures.max() ?? 0)
        // λ = least + shift: differences stay exact where λ comes close to the largest curvature.
        let secular = SecularEquation(linear: linear, distances: curvatures.map { least - $0 })
        let shift = secular.length(at: 0) <= radius ? 0 : secular.root(radius: radius)
        var point = secular.point(at: shift)
        if shift > 0 {
            let factor = radius / norm(point)
            point = point.map { factor * $0 }
        } else if least > 0, let top = secular.distances.firstIndex(of: 0) {
            // The hard case: what is left of the radius goes along the largest curvature.
            point[top] += max(0, radius * radius - dot(point, point)).squareRoot()
        }
        self.point = point
        let attained = point.indices.reduce(0) { sum, i in sum + point[i] * (linear[i] + 0.5 * curvatures[i] * point[i])
        }
        let dual = 0.5 * (least + shift) * radius * radius + 0.5 * dot(linear, secular.point(at: shift))
        value = Bracket(attained: attained, bound: max(dual, attained))
    }
}

/// Σ p_i² / (shift + d_i)² = r², d the distances of the curvatures from the largest one, or from 0.
private struct SecularEquation {
    let linear: [Double]
    let distances: [Double]

    func point(at shift: Double) -> [Double] { zip(linear, distances).map { $0 == 0 ? 0 : $0 / (shift + $1) } }

    func length(at shift: Double) -> Double { norm(point(at: shift)) }

    /// Newton's method on 1 / length, which is nearly linear in the shift and concave: from below it does not
    /// overshoot.
    func root(radius: Double) -> Double {
        // Each term alone, and all of them at the least distance, bound the root.
        var low = zip(linear, distances).reduce(0) { max($0, abs($1.0) / radius - $1.1) }
        var high = max(norm(linear) / radius, low)
        var shift = low
        for _ in 0..<200 {
            let point = point(at: shift)
            let size = norm(point)
            if size > radius { low = shift } else { high = shift }
            var slope = 0.0
            for (u, distance) in zip(point, distances) where u != 0 { slope += u * u / (shift + distance) }
            let next = shift + (size / radius - 1) * size * size / slope
            let previous = shift
            shift = next > low && next < high ? next : 0.5 * (low + high)
            if abs(shift - previous) <= 1e-16 * shift || high - low <= 2e-16 * high { break }
        }
        return shift
    }
}
