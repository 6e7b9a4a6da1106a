import CGSL

/// Where the knots of a spline lie.
package enum KnotPlacement: Sendable {
    /// At equal shares of the distinct values: as many of them between any two.
    case ranks
    /// At equal distances of the rows' normal scores, closer where rows are few: for curves that bend in the tails.
    case normalScores
}

/// A natural cubic spline of a column's ranks, as columns that least squares fits beside a constant.
///
/// Between two knots the curve is cubic, it and two derivatives are continuous, and its second derivative is 0 at both
/// ends (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, equations 5.4 and 5.5). It
/// is one of the ranks, as shares of the greatest, or of their normal scores. One degree of freedom is a line.
///
/// Where there are no more distinct values than a knot each takes, each is a knot: the columns then hold the values
/// fixed as categories, so that nothing with few levels is a line.
///
/// - Parameter degreesOfFreedom: the most columns; fewer where there are fewer distinct values.
/// - Returns: no column for a constant one (`Spread`).
/// - Precondition: at least one degree of freedom; finite values.
/// - Complexity: O(n log n + n · degrees of freedom).
package func naturalSpline(
    of variable: Variable, degreesOfFreedom: Int, knots placement: KnotPlacement = .ranks
) -> [[Double]] {
    CurvePlaces(of: variable)?.naturalSpline(degreesOfFreedom: degreesOfFreedom, knots: placement) ?? []
}

/// Where a column's rows lie on its curves, for several curves: sorting takes most of the time of one.
struct CurvePlaces: Sendable {
    /// Centred.
    let ranks: [Double]
    private let shares, scores: [Double]
    /// Ascending.
    private let distinctShares, distinctScores: [Double]

    /// - Returns: nil for a constant column.
    init?(of variable: Variable) {
        guard variable.constancy == nil else { return nil }
        let ranks = midranks(variable.values)
        let count = Double(ranks.count)
        shares = ranks.map { $0 / count }
        scores = normalScores(ofRanks: ranks) ?? []
        self.ranks = centred(ranks)
        func distinct(_ places: [Double]) -> [Double] {
            let sorted = places.sorted()
            return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
        }
        (distinctShares, distinctScores) = (distinct(shares), distinct(scores))
    }

    func hermiteScores(degree: Int) -> [[Double]] { Statistics.hermiteScores(ofScores: scores, degree: degree) }

    /// As `naturalSpline(of:degreesOfFreedom:knots:)`.
    func naturalSpline(degreesOfFreedom: Int, knots placement: KnotPlacement = .ranks) -> [[Double]] {
        precondition(degreesOfFreedom > 0, "a spline of \(degreesOfFreedom) degrees of freedom")
        let (places, distinct) =
            switch placement {
            case .ranks: (shares, distinctShares)
            case .normalScores: (scores, distinctScores)
            }
        guard let first = distinct.first, let last = distinct.last else { return [] }
        let knots: [Double]
        if distinct.count <= degreesOfFreedom + 1 {
            knots = distinct
        } else {
            let found = (0...degreesOfFreedom).map { share -> Double in
                let share = Double(share) / Double(degreesOfFreedom)
                return switch placement {
                case .ranks: gsl_stats_quantile_from_sorted_data(distinct, 1, distinct.count, share)
                case .normalScores: first + share * (last - first)
                }
            }
            knots = found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
        }
        guard knots.count > 2 else { return [places] }
        return [places] + cardinals(at: places, knots: knots)
    }
}

/// At each place the natural cubic splines that are 1 at one inner knot and 0 at all others, a column each.
///
/// With a constant and a line they span the natural splines of these knots, as truncated powers do. Unlike these they
/// are far from dependent, so that no rounding decides how many of them a fit holds fixed.
/// - Precondition: at least three knots, in increasing order; places between the first and the last.
private func cardinals(at places: [Double], knots: [Double]) -> [[Double]] {
    let inner = 1..<knots.count - 1
    let bends = inner.map { secondDerivatives(knots: knots, peak: $0) }
    // Of each row the knot to its left, the shares of that and the next, and their cubic parts.
    let lefts = places.map { place in
        // The last knot may be the greatest place but for rounding.
        (knots.firstIndex { $0 > place } ?? knots.count - 1) - 1
    }
    let parts = zip(places, lefts).map { place, left -> SIMD4<Double> in
        let width = knots[left + 1] - knots[left]
        let (a, b) = ((knots[left + 1] - place) / width, (place - knots[left]) / width)
        return SIMD4(a, b, (a * a * a - a) * width * width / 6, (b * b * b - b) * width * width / 6)
    }
    return zip(inner, bends).map { knot, bend in
        lefts.indices.map { row in
            let (left, part) = (lefts[row], parts[row])
            let value = part.z * bend[left] + part.w * bend[left + 1]
            return left == knot ? value + part.x : left + 1 == knot ? value + part.y : value
        }
    }
}

/// The second derivatives at the knots of the natural cubic spline that is 1 at knot `peak` and 0 at all others.
private func secondDerivatives(knots: [Double], peak: Int) -> [Double] {
    precondition(GSL.handlesErrorsQuietly)
    let values = knots.indices.map { $0 == peak ? 1.0 : 0 }
    guard let spline = gsl_spline_alloc(basin_gsl_cspline(), knots.count) else { return knots.map { _ in 0 } }
    defer { gsl_spline_free(spline) }
    gsl_spline_init(spline, knots, values, knots.count)
    return knots.map { gsl_spline_eval_deriv2(spline, $0, nil) }
}
