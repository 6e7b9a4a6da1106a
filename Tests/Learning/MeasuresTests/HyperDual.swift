import Foundation

/// A number with two independent infinitesimals: f + a ε₁ + b ε₂ + c ε₁ε₂ with ε₁² = ε₂² = 0.
///
/// Evaluating a function at x + ε₁ e_i + ε₂ e_j gives its exact second derivative by x_i and x_j in c: no step size and
/// no cancellation. Source: Fike and Alonso, *The development of hyper-dual numbers for exact second-derivative
/// calculations* (AIAA 2011-886).
struct HyperDual {
    var value: Double
    var first = 0.0
    var second = 0.0
    var mixed = 0.0

    init(_ value: Double, first: Double = 0, second: Double = 0, mixed: Double = 0) {
        (self.value, self.first, self.second, self.mixed) = (value, first, second, mixed)
    }

    /// g(self) for a function with this value and these derivatives at `value`.
    private func composed(_ g: Double, _ slope: Double, _ curvature: Double) -> HyperDual {
        HyperDual(
            g, first: slope * first, second: slope * second, mixed: slope * mixed + curvature * first * second)
    }

    static func + (a: HyperDual, b: HyperDual) -> HyperDual {
        HyperDual(a.value + b.value, first: a.first + b.first, second: a.second + b.second, mixed: a.mixed + b.mixed)
    }

    static func - (a: HyperDual, b: HyperDual) -> HyperDual { a + HyperDual(-1) * b }

    static func * (a: HyperDual, b: HyperDual) -> HyperDual {
        HyperDual(
            a.value * b.value, first: a.value * b.first + a.first * b.value,
            second: a.value * b.second + a.second * b.value,
            mixed: a.value * b.mixed + a.first * b.second + a.second * b.first + a.mixed * b.value)
    }

    static func exp(_ x: HyperDual) -> HyperDual {
        let e = Foundation.exp(x.value)
        return x.composed(e, e, e)
    }

    static func log(_ x: HyperDual) -> HyperDual {
        x.composed(Foundation.log(x.value), 1 / x.value, -1 / (x.value * x.value))
    }

    /// The identity above 0, and `slope` times it elsewhere.
    static func rectified(_ x: HyperDual, slope: Double = 0) -> HyperDual { x.value > 0 ? x : HyperDual(slope) * x }
}
