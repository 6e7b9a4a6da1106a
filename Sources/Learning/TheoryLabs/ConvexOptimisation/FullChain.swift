/// arXiv 2511.03548's instance for SAM's population risk, as others restate it [P*]: z in {0, 1}^D, W in R^(D x T), a
/// scalar s,
///
///     f = ½ Σ_{i, j>=2} z_i W_ij² + ½ Σ_{i, j>=2} relu(W_ij - δ (W_i,j-1 + λ 1[j = 2]))²
///       + ½ γ relu(Σ_i v_i W_i1 + s + δ₁)²,   v_i = 1 if z_i = 1 else -1/(2(d - 1)), d = T D + 1.
///
/// At 0 only the last term has a gradient, of about 1e-17; SAM gives it length r. On a row with z_i = 0 in every sample
/// the perturbation then fires a link, whose gradient fires the next one at full strength.
package struct FullChain<Scalar: BinaryFloatingPoint & Sendable>: GradientOracle {
    package let sample: BitSample
    /// T.
    package let columns: Int
    package let constants: ChainConstants
    private let delta: Scalar
    /// The mean of z_i over the sample.
    private let shares: [Scalar]
    /// v_i where z_i = 0.
    private let unseen: Scalar

    package init(sample: BitSample, columns: Int, delta: Double, constants: ChainConstants) {
        self.sample = sample
        self.columns = columns
        self.constants = constants
        self.delta = Scalar(delta)
        shares = (0..<sample.coordinates).map { i in
            Scalar((0..<sample.samples).count { sample[$0, i] }) / Scalar(sample.samples)
        }
        unseen = Scalar(-1 / (2 * Double(columns * sample.coordinates)))
    }

    /// d: W row-major, then s.
    package var dimension: Int { columns * sample.coordinates + 1 }

    /// Σ_i v_i W_i1 + s + δ₁ in sample k.
    private func trigger(_ weights: UnsafeBufferPointer<Scalar>, _ k: Int) -> Scalar {
        var sum = weights[dimension - 1] + Scalar(constants.shift)
        for i in 0..<sample.coordinates { sum += (sample[k, i] ? 1 : unseen) * weights[i * columns] }
        return sum
    }

    /// - Complexity: O(D · (T + n)).
    package func gradient(at weights: UnsafeBufferPointer<Scalar>, into gradient: UnsafeMutableBufferPointer<Scalar>) {
        let lambda = Scalar(constants.lambda)
        for i in 0..<sample.coordinates {
            let (first, share) = (i * columns, shares[i])
            gradient[first] = 0
            for j in 1..<max(columns, 1) {
                let previous = weights[first + j - 1] + (j == 1 ? lambda : 0)
                let residual = max(weights[first + j] - delta * previous, 0)
                gradient[first + j] = share * weights[first + j] + residual
                gradient[first + j - 1] -= delta * residual
            }
        }
        gradient[dimension - 1] = 0
        let weight = Scalar(constants.gamma) / Scalar(sample.samples)
        for k in 0..<sample.samples {
            let pull = weight * max(trigger(weights, k), 0)
            guard pull > 0 else { continue }
            gradient[dimension - 1] += pull
            for i in 0..<sample.coordinates { gradient[i * columns] += (sample[k, i] ? 1 : unseen) * pull }
        }
    }
}

extension FullChain<Double> {
    /// ½ Σ relu(residual)², which no z changes.
    private func residualRisk(_ weights: [Double]) -> Double {
        (0..<sample.coordinates).reduce(0) { sum, i in
            (1..<max(columns, 1)).reduce(sum) { sum, j in
                let previous = weights[i * columns + j - 1] + (j == 1 ? constants.lambda : 0)
                let residual = max(weights[i * columns + j] - delta * previous, 0)
                return sum + residual * residual / 2
            }
        }
    }

    /// Σ_{j>=2} W_ij².
    package func squaredRow(_ weights: [Double], _ i: Int) -> Double {
        weights[(i * columns + 1)..<(i + 1) * columns].reduce(0) { $0 + $1 * $1 }
    }

    package func empiricalRisk(_ weights: [Double]) -> Double {
        let seen = (0..<sample.coordinates).reduce(0) { $0 + shares[$1] * squaredRow(weights, $1) / 2 }
        let triggers = weights.withUnsafeBufferPointer { weights in
            (0..<sample.samples).reduce(0) { sum, k in
                let pull = max(trigger(weights, k), 0)
                return sum + pull * pull
            }
        }
        return seen + residualRisk(weights) + constants.gamma / 2 * triggers / Double(sample.samples)
    }

    /// F(W, s): half of all z see a row. The trigger's share is exact where it has one sign for all z, as after every
    /// run from 0; else the mean of its square is an upper bound on it, of at most 1e-9 times the seed's square.
    package func populationRisk(_ weights: [Double]) -> Double {
        let rows = (0..<sample.coordinates).reduce(0) { $0 + squaredRow(weights, $1) / 4 }
        return rows + residualRisk(weights) + constants.gamma / 2 * triggerRisk(weights)
    }

    /// E relu(Σ_i v_i W_i1 + s + δ₁)².
    private func triggerRisk(_ weights: [Double]) -> Double {
        let base = weights[dimension - 1] + constants.shift
        var (greatest, mean, variance) = (base, base, 0.0)
        for i in 0..<sample.coordinates {
            let (one, other) = (weights[i * columns], unseen * weights[i * columns])
            greatest += max(one, other)
            mean += (one + other) / 2
            variance += (one - other) * (one - other) / 4
        }
        return greatest <= 0 ? 0 : mean * mean + variance
    }
}
