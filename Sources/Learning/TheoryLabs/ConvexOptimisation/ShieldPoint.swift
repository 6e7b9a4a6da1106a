/// Three empirical minimisers of `ShieldProblem`, with everything about them in closed form. [P*, traces O]
package enum ShieldPoint: String, CaseIterable, Sendable {
    /// e_I for a coordinate that the sample does not see: flat to the sample, bad in the population.
    case flatBad = "flat-bad"
    /// ρ e_d, on the edge of the flat ball: sharp, and good.
    case sharpGood = "sharp-good"
    /// The centre of the flat ball: as flat as the bad one, and good.
    case origin

    package func weights(_ problem: ShieldProblem, spurious: Int) -> [Double] {
        (0..<problem.dimension).map { index in
            switch self {
            case .flatBad: index == spurious ? 1 : 0
            case .sharpGood: index == problem.dimension - 1 ? problem.hinge.rho : 0
            case .origin: 0
            }
        }
    }

    /// ¼ (1 - ρ)², 0, 0.
    package func populationRisk(_ hinge: FlatHinge) -> Double { self == .flatBad ? hinge.value(1) / 2 : 0 }

    /// h_ρ(r), r²/2, h_ρ(r).
    package func sharpnessAwareRisk(_ hinge: FlatHinge, radius: Double) -> Double {
        self == .sharpGood ? hinge.value(hinge.rho + radius) : hinge.value(radius)
    }

    /// The outer trace of the population's Hessian. Half of all z see e_I, and with it the last axis and half of the
    /// others.
    ///
    /// The mean over z of a trace that is affine in the number of axes seen.
    package func populationTrace(_ hinge: FlatHinge, coordinates: Int) -> Double {
        let half = Double(coordinates) / 2
        switch self {
        case .flatBad:
            // Unseen, the distance is 0: flat unless ρ is 0.
            let others = (Double(coordinates) - 1) / 2
            let unseen = hinge.rho == 0 ? others + 1 : 0
            return (1 + (others + 1) * hinge.slopeOverDistance(1) + unseen) / 2
        case .sharpGood: return hinge.rho == 0 ? half + 1 : 1
        case .origin: return hinge.rho == 0 ? half + 1 : 0
        }
    }
}
