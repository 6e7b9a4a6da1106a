import Foundation

/// A point of the plane under f = (x y - 1)², whose minima are the hyperbola x y = 1.
///
/// The simplest loss with a symmetry that rescales, (c x, y / c), and so with minima of every sharpness. Source: [P,
/// arXiv 2509.11386] for the example, the flow and what it conserves; formulas [O].
package struct Hyperbola: Sendable, Equatable {
    package var x: Double
    package var y: Double

    package init(x: Double, y: Double) { (self.x, self.y) = (x, y) }

    /// The minimum (e^s, e^-s): flattest at s = 0.
    package init(s: Double) { self.init(x: exp(s), y: exp(-s)) }

    package var loss: Double { (x * y - 1) * (x * y - 1) }

    /// s of the minimum with this ratio of coordinates: ½ log(x / y).
    package var s: Double { 0.5 * (log(x) - log(y)) }

    /// C = x² - y², which gradient descent on f conserves as its step goes to 0.
    package var imbalance: Double { (x - y) * (x + y) }

    package var squaredNorm: Double { x * x + y * y }

    /// The Hessian's trace, 2 (x² + y²): at a minimum 4 cosh 2s.
    package var trace: Double { 2 * squaredNorm }

    /// The Hessian's largest eigenvalue; at a minimum the trace, as the other one is 0 along the valley.
    package var largestCurvature: Double {
        let mixed = 4 * x * y - 2
        return squaredNorm + (imbalance * imbalance + mixed * mixed).squareRoot()
    }

    // MARK: Maximal variation

    /// f°(r) = max over |u| ≤ r of f(this + u) - f(this), exactly up to rounding.
    ///
    /// x y changes by h(u) = y u_1 + x u_2 + u_1 u_2, quadratic: its largest and its least value over the disc are
    /// global optima of trust-region problems [O].
    package func variation(radius: Double) -> Bracket {
        let residual = x * y - 1
        let (rise, fall) = extremes(radius: radius)
        func variation(_ rise: Double, _ fall: Double) -> Double {
            max(rise * (2 * residual + rise), fall * (fall - 2 * residual), 0)
        }
        return Bracket(
            attained: variation(rise.attained, fall.attained), bound: variation(rise.bound, fall.bound))
    }

    /// The most by which x y can rise, and by which it can fall.
    private func extremes(radius: Double) -> (rise: Bracket, fall: Bracket) {
        // Along (1, 1) / √2 and (1, -1) / √2.
        let linear = [(y + x) * 0.5.squareRoot(), (y - x) * 0.5.squareRoot()]
        let rise = TrustRegion(linear: linear, curvatures: [1, -1], radius: radius).value
        let fall = TrustRegion(linear: linear, curvatures: [-1, 1], radius: radius).value
        return (rise, fall)
    }

    /// √f°(r) at the minimum of this s to third order in r [O]: r N + r² / N² + r³ (1 - 4 / N⁴) / (2 N), N² = 2 cosh
    /// 2s.
    package static func rootExpansion(s: Double, radius r: Double) -> Double {
        let squared = 2 * cosh(2 * s)
        let norm = squared.squareRoot()
        return r * norm + r * r / squared + r * r * r * (1 - 4 / (squared * squared)) / (2 * norm)
    }

    /// f° of the flattest minimum, s = 0: (√2 r + r² / 2)² [O].
    package static func leastVariation(radius r: Double) -> Double {
        let root = 2.0.squareRoot() * r + 0.5 * r * r
        return root * root
    }

    /// The distance of the flattest minimum to {f = ε}: √2 (√(1 + √ε) - 1) [O].
    package static func greatestDistance(level: Double) -> Double {
        // √(1 + a) - 1 without cancellation.
        let root = level.squareRoot()
        return 2.0.squareRoot() * root / ((1 + root).squareRoot() + 1)
    }

    // MARK: Flow

    /// After a time of the flow -∇(½ C²), which slides along the hyperbolas x y = constant towards x = y [P].
    package func flowed(time: Double) throws(ModelFailed) -> Hyperbola {
        let state = try Flow.state(from: [x, y], after: time) { state in
            let (x, y) = (state[0], state[1])
            let imbalance = (x - y) * (x + y)
            return [-2 * imbalance * x, 2 * imbalance * y]
        }
        return Hyperbola(x: state[0], y: state[1])
    }

    /// s after a time of the flow from the minimum of this s [O]: tanh s(t) = tanh(s) e^(-8 t).
    package static func flowed(s: Double, time: Double) -> Double { atanh(tanh(s) * exp(-8 * time)) }
}
