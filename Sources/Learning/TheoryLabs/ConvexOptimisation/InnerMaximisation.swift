/// Where an ascent on the sphere ended.
package struct InnerMaximum: Sendable {
    /// Of length r.
    package let perturbation: [Double]
    package let value: Double
    /// Gradients computed.
    package let effort: Int
}

/// The largest value of a convex function within distance r, by v ← r ∇F(w + v) / |∇F(w + v)| from each start.
///
/// F is convex, so F(w + v') >= F(w + v) + ∇F(w + v) · (v' - v), and the new v maximises the right side: no step
/// descends. The limit is a stationary point and need not be the greatest; starts along the axes make it so here.
///
/// - Parameters:
///   - starts: perturbations v; each is ascended from, the first best one wins.
///   - risk: F and its gradient at w + v, for v.
/// - Complexity: at most `steps` gradients a start.
package func ascendWithin(
    radius: Double, starts: [[Double]], steps: Int = 1000, risk: ([Double]) -> (value: Double, gradient: [Double])
) -> InnerMaximum {
    var best: InnerMaximum?
    var effort = 0
    for start in starts {
        var (v, here) = (start, risk(start))
        effort += 1
        for _ in 0..<steps {
            let length = norm(here.gradient)
            guard length > 0 else { break }
            let next = here.gradient.map { radius * ($0 / length) }
            let there = risk(next)
            effort += 1
            // At rounding, up and down are the same.
            guard there.value > here.value * (1 + 1e-15) else { break }
            (v, here) = (next, there)
        }
        if best.map({ here.value > $0.value }) ?? true {
            best = InnerMaximum(perturbation: v, value: here.value, effort: 0)
        }
    }
    return InnerMaximum(perturbation: best?.perturbation ?? [], value: best?.value ?? 0, effort: effort)
}
