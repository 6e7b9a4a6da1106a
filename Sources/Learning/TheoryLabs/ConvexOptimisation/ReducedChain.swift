/// The spurious row of `FullChain` alone, with losses that may be flat [O]: w in R^T,
///
///     F_S = ½ Σ_{j>=2} relu(w_j - δ w_(j-1) - ρ s)²,   f = F_S + z h_ρ(|w_(j>=2)|),   s = sqrt(1 + δ²).
///
/// No sample has z = 1; half of the population has. Started at -ε₀ e_1.
package struct ReducedChain<Scalar: BinaryFloatingPoint & Sendable>: GradientOracle {
    private let delta: Scalar
    /// ρ s.
    private let slack: Scalar
    private let hinge: FlatHinge

    package init(delta: Double, rho: Double) {
        self.delta = Scalar(delta)
        slack = Scalar(rho * (1 + delta * delta).squareRoot())
        hinge = FlatHinge(rho: rho)
    }

    package func gradient(at weights: UnsafeBufferPointer<Scalar>, into gradient: UnsafeMutableBufferPointer<Scalar>) {
        gradient[0] = 0
        for j in 1..<weights.count {
            let residual = max(weights[j] - delta * weights[j - 1] - slack, 0)
            gradient[j] = residual
            gradient[j - 1] -= delta * residual
        }
    }
}

extension ReducedChain<Double> {
    package func empiricalRisk(_ weights: [Double]) -> Double {
        (1..<weights.count).reduce(0) {
            let residual = max(weights[$1] - delta * weights[$1 - 1] - slack, 0)
            return $0 + residual * residual / 2
        }
    }

    /// F(w) = F_S(w) + ½ h_ρ(|w_(j>=2)|).
    package func populationRisk(_ weights: [Double]) -> Double {
        empiricalRisk(weights) + hinge.value(norm(Array(weights.dropFirst()))) / 2
    }
}

/// What SAM does on a chain, link by link. [O]
package struct ChainFormulas: Sendable {
    package let stepSize: Double
    package let delta: Double
    package let radius: Double
    package let rho: Double

    package init(stepSize: Double, delta: Double, radius: Double, rho: Double) {
        self.stepSize = stepSize
        self.delta = delta
        self.radius = radius
        self.rho = rho
    }

    /// s = sqrt(1 + δ²), the length of a link's gradient.
    private var slant: Double { (1 + delta * delta).squareRoot() }

    /// q* = (r - ρ) s / (1 - δη): the residual at the perturbed point of a link far down the chain.
    package var residual: Double { (radius - rho) * slant / (1 - delta * stepSize) }

    /// ρ / (δη): a link far down the chain fires the next one iff r is beyond.
    package var sustainingRadius: Double { rho / (delta * stepSize) }

    /// Approximately, for K links of equal strength: ½ h_ρ of the root of η² q*² [(1 - δ)² (K - 1) + 1].
    ///
    /// Nil where the chain does not sustain itself.
    package func populationRisk(links: Int) -> Double? {
        guard links > 0, rho == 0 || radius > sustainingRadius else { return nil }
        let squared = stepSize * stepSize * residual * residual * ((1 - delta) * (1 - delta) * Double(links - 1) + 1)
        return FlatHinge(rho: rho).value(squared.squareRoot()) / 2
    }

    /// w_1 … w_T of the reduced chain from -ε₀ e_1, by the recursion: a residual a > 0 becomes q = a + r s under SAM's
    /// perturbation; the link moves by -ηq, the one before by ηδq; the next residual is δηq - ρ s.
    ///
    /// - Precondition: no link fires twice: η (1 + δ²) q >= a.
    package func reducedChain(kick: Double, columns: Int) -> [Double] {
        var weights = [Double](repeating: 0, count: columns)
        weights[0] = -kick
        var residual = delta * kick - rho * slant
        for j in 1..<columns where residual > 0 {
            let q = residual + radius * slant
            precondition(stepSize * (1 + delta * delta) * q >= residual)
            weights[j] = -stepSize * q
            weights[j - 1] += stepSize * delta * q
            residual = delta * stepSize * q - rho * slant
        }
        return weights
    }
}
