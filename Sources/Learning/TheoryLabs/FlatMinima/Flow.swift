import Foundation

/// A solution of dy/dt = rate(y), by Dormand and Prince's pair of orders 5 and 4 with steps that follow the error.
///
/// Source: Dormand and Prince, *A family of embedded Runge–Kutta formulae* (J. Comp. Appl. Math. 6, 1980).
package enum Flow {
    /// y(time).
    ///
    /// - Parameter tolerance: of a step's error, relative to the largest element of y.
    /// - Throws: `ModelFailed` when y is no longer finite or a million steps do not suffice.
    /// - Complexity: about time · rate / tolerance^(1/5) evaluations of `rate`.
    package static func state(
        from start: [Double], after time: Double, tolerance: Double = 1e-14, rate: ([Double]) -> [Double]
    ) throws(ModelFailed) -> [Double] {
        var (state, elapsed) = (start, 0.0)
        var first = rate(start)
        var step = min(time, 1e-3 / max(1e-300, first.reduce(0) { max($0, abs($1)) }))
        for _ in 0..<1_000_000 where !Task.isCancelled {
            guard elapsed < time else { return state }
            step = min(step, time - elapsed)
            let (next, last, error) = attempt(state, first, step, rate)
            guard next.allSatisfy(\.isFinite) else { throw ModelFailed("the flow is not finite after time \(elapsed)") }
            let scale = tolerance * max(1e-300, next.reduce(0) { max($0, abs($1)) })
            if error <= scale {
                elapsed = step == time - elapsed ? time : elapsed + step
                (state, first) = (next, last)
            }
            step *= error > 0 ? min(4, max(0.2, 0.9 * pow(scale / error, 0.2))) : 4
        }
        throw ModelFailed("the flow takes more than a million steps")
    }

    /// The next state, the rate there, and the largest difference between the two formulas.
    private static func attempt(
        _ state: [Double], _ first: [Double], _ step: Double, _ rate: ([Double]) -> [Double]
    ) -> (next: [Double], last: [Double], error: Double) {
        var slopes = [first]
        var next = state
        for row in tableau {
            next = state
            for (weight, slope) in zip(row, slopes) where weight != 0 {
                for i in next.indices { next[i] += step * weight * slope[i] }
            }
            slopes.append(rate(next))
        }
        var error = 0.0
        for i in next.indices {
            let difference = zip(errorWeights, slopes).reduce(0) { $0 + $1.0 * $1.1[i] }
            error = max(error, abs(step * difference))
        }
        return (next, slopes[6], error)
    }

    /// The rows of stages 2 to 7; the last one is the solution of order 5.
    private static let tableau: [[Double]] = [
        [1 / 5],
        [3 / 40, 9 / 40],
        [44 / 45, -56 / 15, 32 / 9],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
        [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]

    private static let errorWeights: [Double] = [
        71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40,
    ]
}
