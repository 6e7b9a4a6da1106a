/// f(w, z) = h_ρ(sqrt(Σ_i z_i w_i² + w_d²)) for z in {0, 1}^D and w in R^(D+1): convex, 1-smooth.
/// arXiv 2511.03548's instance for SA-ERM, as others restate it [P*].
///
/// A coordinate with z_i = 0 in every sample is not seen; the last one always is.
package struct ShieldProblem: Sendable {
    package let sample: BitSample
    package let hinge: FlatHinge

    package init(sample: BitSample, rho: Double) {
        self.sample = sample
        hinge = FlatHinge(rho: rho)
    }

    /// D + 1.
    package var dimension: Int { sample.coordinates + 1 }

    private func distances(_ w: [Double]) -> [Double] {
        (0..<sample.samples).map { k in
            (0..<sample.coordinates).reduce(w[sample.coordinates] * w[sample.coordinates]) {
                sample[k, $1] ? $0 + w[$1] * w[$1] : $0
            }.squareRoot()
        }
    }

    /// F_S(w) and its gradient.
    ///
    /// - Complexity: O(n · D).
    package func riskAndGradient(_ w: [Double]) -> (value: Double, gradient: [Double]) {
        let distances = distances(w)
        let slopes = distances.map { hinge.slopeOverDistance($0) / Double(sample.samples) }
        let gradient = w.indices.map { i in
            w[i] * (0..<sample.samples).reduce(0) { i == sample.coordinates || sample[$1, i] ? $0 + slopes[$1] : $0 }
        }
        return (distances.reduce(0) { $0 + hinge.value($1) } / Double(sample.samples), gradient)
    }

    /// The largest F_S within r, by ascent from ±r along every axis.
    ///
    /// - Complexity: O(n · D²), with few steps a start.
    package func sharpnessAwareRisk(_ w: [Double], radius: Double) -> InnerMaximum {
        guard radius > 0 else {
            return InnerMaximum(perturbation: w.map { _ in 0 }, value: riskAndGradient(w).value, effort: 1)
        }
        let axes = w.indices.flatMap { axis -> [[Double]] in
            [radius, -radius].map { step in w.indices.map { $0 == axis ? step : 0.0 } }
        }
        let slanted = w.indices.map { radius * ($0 == w.count - 1 ? 0.8 : 0.6 / Double(w.count - 1).squareRoot()) }
        return ascendWithin(radius: radius, starts: [slanted] + axes) { v in
            riskAndGradient(zip(w, v).map { $0 + $1 })
        }
    }

    /// The outer trace of F_S's Hessian: that of each sample's function of its z-subspace, the last axis among it.
    package func empiricalTrace(_ w: [Double]) -> Double {
        let distances = distances(w)
        return (0..<sample.samples).reduce(0) { sum, k in
            let seen = (0..<sample.coordinates).count { sample[k, $0] } + 1
            return sum + hinge.trace(distance: distances[k], dimensions: seen)
        } / Double(sample.samples)
    }

    /// F(w) = E f(w, z), exactly.
    ///
    /// - Complexity: O(2^k) for k coordinates, the last one aside, that are not 0.
    package func populationRisk(_ w: [Double]) -> Double {
        var squared = [w[sample.coordinates] * w[sample.coordinates]]
        for entry in w.dropLast() where entry != 0 { squared = squared.flatMap { [$0, $0 + entry * entry] } }
        return squared.reduce(0) { $0 + hinge.value($1.squareRoot()) } / Double(squared.count)
    }
}
