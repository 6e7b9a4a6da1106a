import CGSL

/// The normal quantiles of a column's ranks, (rank - 1/2)/n, in units of their standard deviation; nil for a constant
/// one.
///
/// - Complexity: O(n log n).
package func normalScores(of variable: Variable) -> [Double]? {
    guard variable.constancy == nil else { return nil }
    return normalScores(ofRanks: midranks(variable.values))
}

func normalScores(ofRanks ranks: [Double]) -> [Double]? {
    let count = Double(ranks.count)
    return standardised(ranks.map { gsl_cdf_ugaussian_Pinv(($0 - 0.5) / count) })
}

/// Hermite polynomials of a column's normal scores, of degree 1 to `degree`, each with mean 0 and variance 1 over the
/// rows.
///
/// Of a normal number z that was measured with reliability λ, as z + noise, they are the functions that noise leaves as
/// they are but for their size: the degree d is weakened by λ^(d/2) (Mehler's formula). There are no more of them than
/// distinct values less one.
/// - Complexity: O(n (log n + degree)).
package func hermiteScores(of variable: Variable, degree: Int) -> [[Double]] {
    normalScores(of: variable).map { hermiteScores(ofScores: $0, degree: degree) } ?? []
}

func hermiteScores(ofScores scores: [Double], degree: Int) -> [[Double]] {
    var levels: Set<Double> = []
    for value in scores where levels.count <= degree { levels.insert(value) }
    var (before, current) = ([Double](repeating: 1, count: scores.count), scores)
    var columns: [[Double]] = []
    for order in 1...max(1, min(degree, levels.count - 1)) {
        guard let column = standardised(current) else { break }
        columns.append(column)
        let (root, next) = (Double(order).squareRoot(), Double(order + 1).squareRoot())
        let following = current.indices.map { (scores[$0] * current[$0] - root * before[$0]) / next }
        (before, current) = (current, following)
    }
    return columns
}

/// The column less its mean, in units of its standard deviation (n in the denominator); nil where it has none.
private func standardised(_ column: [Double]) -> [Double]? {
    unit(column).map { unit in unit.map { $0 * Double(column.count).squareRoot() } }
}
