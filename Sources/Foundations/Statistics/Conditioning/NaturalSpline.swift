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
    precondition(degreesOfFreedom > 0, "a spline of \(degreesOfFreedom) degrees of freedom")
    guard variable.constancy == nil else { return [] }
    let places: [Double]
    switch placement {
    case .ranks: places = midranks(variable.values).map { $0 / Double(variable.values.count) }
    case .normalScores: places = normalScores(of: variable) ?? []
    }
    let sorted = places.sorted()
    let distinct = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    guard let first = distinct.first, let last = distinct.last else { return [] }
    let knots: [Double]
    if distinct.count <= degreesOfFreedom + 1 {
        knots = distinct
    } else {
        let shares = (0...degreesOfFreedom).map { share -> Double in
            let share = Double(share) / Double(degreesOfFreedom)
            return switch placement {
            case .ranks: gsl_stats_quantile_from_sorted_data(distinct, 1, distinct.count, share)
            case .normalScores: first + share * (last - first)
            }
        }
        knots = shares.indices.filter { $0 == 0 || shares[$0] != shares[$0 - 1] }.map { shares[$0] }
    }
    guard knots.count > 2 else { return [places] }

    func cube(_ place: Double, over knot: Double) -> Double {
        let reach = max(place - knot, 0)
        return reach * reach * reach
    }
    /// d_k of equation 5.5.
    func bend(_ place: Double, _ knot: Double) -> Double {
        (cube(place, over: knot) - cube(place, over: last)) / (last - knot)
    }
    let nextToLast = knots[knots.count - 2]
    return [places]
        + knots.dropLast(2).map { knot in places.map { bend($0, knot) - bend($0, nextToLast) } }
}
