/// What SA-GD with an exact inner maximiser does on `DriftProblem` from 0, in closed form. [O]
///
/// Each update moves a fresh entry of the spurious row by -η (r - ρ)_+: T - 1 entries of one length.
package struct DriftFormulas: Sendable {
    /// T.
    package let horizon: Int
    package let stepSize: Double
    package let radius: Double
    package let rho: Double

    package init(horizon: Int, stepSize: Double, radius: Double, rho: Double) {
        self.horizon = horizon
        self.stepSize = stepSize
        self.radius = radius
        self.rho = rho
    }

    package var updates: Int { horizon - 1 }

    /// κ = η sqrt(T - 1).
    package var driftScale: Double { stepSize * Double(updates).squareRoot() }

    /// (r - ρ)_+.
    package var excessRadius: Double { max(radius - rho, 0) }

    /// |w_T| = η (r - ρ)_+ sqrt(T - 1).
    package var distance: Double { driftScale * excessRadius }

    /// |(w_1 + … + w_T) / T|: sqrt((T - 1)(2T - 1) / 6T) in the place of sqrt(T - 1).
    package var averageDistance: Double {
        let t = Double(horizon)
        return stepSize * excessRadius * ((t - 1) * (2 * t - 1) / (6 * t)).squareRoot()
    }

    /// F = ½ h_ρ(|w|), as half of all z see the row.
    package func populationRisk(distance: Double) -> Double { FlatHinge(rho: rho).value(distance) / 2 }

    /// F_S's largest value within r: h_ρ(r).
    package var sharpnessAwareRisk: Double { FlatHinge(rho: rho).value(radius) }

    /// ρ (1 + 1/κ): up to here the population risk of w_T is 0.
    package var criticalRadius: Double { rho + rho / driftScale }

    /// ½ [1 + (m - 1)(1 - ρ/N)] for m entries of norm N > ρ, else 0.
    package var populationTrace: Double {
        FlatHinge(rho: rho).trace(distance: distance, dimensions: distance > 0 ? updates : 0) / 2
    }
}
