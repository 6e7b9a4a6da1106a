/// h_ρ(x) = ½ max(x - ρ, 0)² of a distance x >= 0: convex, 1-smooth, and 0 on the ball of radius ρ.
package struct FlatHinge: Sendable {
    /// The radius of the flat ball.
    package let rho: Double

    package init(rho: Double) { self.rho = rho }

    package func value(_ distance: Double) -> Double {
        let excess = max(distance - rho, 0)
        return excess * excess / 2
    }

    /// h'(x) / x, by which x ↦ h(|x|) scales the vector to give its gradient; at x = 0 the limit.
    package func slopeOverDistance(_ distance: Double) -> Double {
        guard distance > rho else { return rho == 0 ? 1 : 0 }
        return 1 - rho / distance
    }

    /// The trace of the Hessian of x ↦ h(|x|) in m dimensions: 1 along the radius, h'(x)/x across it.
    ///
    /// On the sphere |x| = ρ it is the outer one: the second derivative outwards.
    package func trace(distance: Double, dimensions: Int) -> Double {
        guard dimensions > 0, distance >= rho else { return 0 }
        return 1 + Double(dimensions - 1) * slopeOverDistance(distance)
    }
}
