/// The distance of a point to a level set of f, from its maximal variation f°: the least r with f°(r) ≥ ε.
///
/// f° and the distance are inverse to each other [P, arXiv 2509.11386]: f rises by ε somewhere at distance r, and
/// nowhere nearer.
package enum LevelSetDistance {
    /// The distance, attained by a point, and a bound from below: where the upper bound of f° reaches ε.
    ///
    /// Nil when f° does not reach ε within a radius of 10⁶, or is not a number.
    ///
    /// - Parameters:
    ///   - level: ε, positive.
    ///   - variation: f°, growing with the radius.
    /// - Complexity: about 15 evaluations of `variation` a side.
    package static func bracket(level: Double, of variation: (Double) -> Bracket) -> Bracket? {
        bracket(level: level, attained: { variation($0).attained }, bound: { variation($0).bound })
    }

    /// The same where f° is known from below and from above by two functions.
    package static func bracket(
        level: Double, attained: (Double) -> Double, bound: (Double) -> Double
    ) -> Bracket? {
        guard let attained = radius(where: level, attained), let bound = radius(where: level, bound) else { return nil }
        return Bracket(attained: attained, bound: min(bound, attained))
    }

    /// The least r with value(r) ≥ level, by false position on the roots, which grow about linearly at a minimum.
    private static func radius(where level: Double, _ value: (Double) -> Double) -> Double? {
        func excess(_ radius: Double) -> Double {
            let value = value(radius)
            return value > 0 ? value.squareRoot() - level.squareRoot() : value.isNaN ? .nan : -level.squareRoot()
        }
        var (low, high) = (0.0, 1.0)
        var (below, above) = (-level.squareRoot(), excess(1))
        while above < 0 {
            (low, below) = (high, above)
            high *= 2
            guard high < 2e6 else { return nil }
            above = excess(high)
        }
        guard !above.isNaN else { return nil }
        var (rose, fell) = (false, false)
        for _ in 0..<100 where above > 0 {
            let guess = (low * above - high * below) / (above - below)
            let middle = min(max(guess, low.nextUp), high.nextDown)
            guard middle > low, middle < high, high - low > 4e-16 * high else { break }
            let found = excess(middle)
            // A second step to the same side halves the other side's weight (Illinois).
            if found >= 0 {
                if rose { below *= 0.5 }
                (high, above, rose, fell) = (middle, found, true, false)
            } else {
                if fell { above *= 0.5 }
                (low, below, rose, fell) = (middle, found, false, true)
            }
        }
        return high
    }
}
