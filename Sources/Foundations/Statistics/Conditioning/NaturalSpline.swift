import CGSL

/// A natural cubic spline of a column's ranks, as columns that least squares fits beside a constant.
///
/// Ranks are taken as shares of the greatest, so that knots lie where rows do: at the least and the greatest rank and
/// at equal shares of the rows between them. Between two knots the curve is cubic, it and two derivatives are
/// continuous, and its second derivative is 0 at both ends (Hastie, Tibshirani and Friedman, The Elements of
/// Statistical Learning, 2nd edition, equations 5.4 and 5.5). One degree of freedom is a line.
///
/// Where there are no more distinct values than a knot each takes, each is a knot: the columns then hold the values
/// fixed as categories, so that nothing with few levels is a line.
///
/// - Parameter degreesOfFreedom: the most columns; fewer where there are fewer distinct values.
/// - Returns: no column for a constant one (`Spread`).
/// - Precondition: at least one degree of freedom; finite values.
/// - Complexity: O(n log n + n · degrees of freedom).
func naturalSpline(of variable: Variable, degreesOfFreedom: Int) -> [[Double]] {
    precondition(degreesOfFreedom > 0, "a spline of \(degreesOfFreedom) degrees of freedom")
    guard variable.constancy == nil else { return [] }
    let ranks = midranks(variable.values)
    let places = ranks.map { $0 / Double(ranks.count) }
    let sorted = places.sorted()
    let distinct = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    let knots: [Double]
    if distinct.count <= degreesOfFreedom + 1 {
        knots = distinct
    } else {
        let shares = (0...degreesOfFreedom).map {
            gsl_stats_quantile_from_sorted_data(sorted, 1, sorted.count, Double($0) / Double(degreesOfFreedom))
        }
        knots = shares.indices.filter { $0 == 0 || shares[$0] != shares[$0 - 1] }.map { shares[$0] }
    }
    guard let last = knots.last, knots.count > 2 else { return [places] }

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
