/// The constants of `FullChain`. [P*]
package struct ChainConstants: Sendable, Equatable {
    /// λ = r / (4d(d - 1)).
    package let lambda: Double
    /// γ = λ / (max(1, η)(r + δ₁)).
    package let gamma: Double
    /// δ₁ = ηγr / (2 sqrt d - ηγ).
    package let shift: Double

    /// γ and δ₁ refer to each other: their fixed point, from δ₁ = 0.
    ///
    /// - Parameter dimension: d = T D + 1.
    package init(dimension: Int, radius: Double, stepSize: Double) {
        let d = Double(dimension)
        let lambda = radius / (4 * d * (d - 1))
        var (gamma, shift) = (0.0, 0.0)
        for _ in 0..<100 {
            gamma = lambda / (max(1, stepSize) * (radius + shift))
            let next = stepSize * gamma * radius / (2 * d.squareRoot() - stepSize * gamma)
            if next == shift { break }
            shift = next
        }
        (self.lambda, self.gamma, self.shift) = (lambda, gamma, shift)
    }
}
