import CGSL

/// The association of two columns given confounders that were measured with noise, as it would be given the confounders
/// themselves.
///
/// Noise in a confounder leaves part of it free to link what nothing else links. With reliability λ (the share of its
/// variance, beside the design, that is no noise) a confounder's normal scores z = √λ t + √(1 - λ) e hold t's Hermite
/// polynomials weakened: E[He_d(z) | t] = λ^(d/2) He_d(t). So the columns ψ_d = He_d(z)/λ^(d/2) have the covariances
/// with x, y and other confounders that those of t have, and variances too large by a known amount, λ^-d - 1, which is
/// taken off (errors in variables by corrected moments: Fuller, Measurement Error Models, 1987, section 2.2). With B
/// the coefficients so found, c = mean of xy less Σ_xψ B is the covariance given t, and the rows'
/// (x - ψB_x)(y - ψB_y) - Σ_d B_xd B_yd (λ^-d - 1) He_d(z)² give its standard error.
///
/// Limits: t and e are normal in the scale of ranks, and independent; t acts through polynomials of degree 4 at most
/// (of 3 or 2 where there are fewer rows to each confounder: higher ones cannot be told apart then), each confounder
/// by itself. Where the confounders' corrected covariances have no inverse (two that correlate more
/// than their noise allows) the least eigenvalue counts as 0.05, which corrects too much rather than too little.
package struct NoisyConfounders {
    /// Of the polynomials, for so many rows to each confounder. With more than these the corrected covariances of
    /// studies of 50 rows and one confounder, or of 100 and four, have no inverse, and no effect is found.
    static func degree(rows: Int, confounders: Int) -> Int {
        let each = rows / max(confounders, 1)
        return each < 60 ? 2 : each < 150 ? 3 : 4
    }

    static let leastEigenvalue = 0.05

    /// Hermite columns of confounders beside a design.
    struct Columns: Sendable {
        /// Of variance 1, column after column.
        fileprivate let values: [[Double]]
        /// The confounder and degree of each.
        fileprivate let origins: [(confounder: Int, degree: Int)]
        /// Means of the products of each two, row after row.
        fileprivate let moments: [Double]
        fileprivate let residualDegrees: Int

        /// - Parameter degree: of the polynomials; by the number of rows unless given.
        init(of confounders: [Variable], beside design: HeldColumns, degree: Int? = nil) {
            let count = design.count
            let degree = degree ?? NoisyConfounders.degree(rows: count, confounders: confounders.count)
            var values: [[Double]] = []
            var origins: [(confounder: Int, degree: Int)] = []
            let root = Double(count).squareRoot()
            for (index, confounder) in confounders.enumerated() {
                for (order, column) in hermiteScores(of: confounder, degree: degree).enumerated() {
                    // A thirtieth of the column's length: what the design determines otherwise has no noise to speak
                    // of.
                    guard let rest = design.remainder(of: column), dot(rest, rest) > 1e-3 * dot(column, column),
                        let unit = unit(rest)
                    else { continue }
                    values.append(unit.map { $0 * root })
                    origins.append((index, order + 1))
                }
            }
            let all = values
            moments = all.flatMap { first in all.map { dot(first, $0) / Double(count) } }
            (self.values, self.origins) = (values, origins)
            residualDegrees = max(1, design.residualDegrees - values.count - 1)
        }
    }

    /// x and y beside the design, and their means of products.
    private let x, y: [Double]
    private let covariance: Double
    private let columns: Columns
    /// Means of the products of each column with x and y.
    private let withX, withY: [Double]

    /// - Parameters:
    ///   - x: scores of ranks; so `y`.
    ///   - degree: of the polynomials; by the number of rows unless given.
    /// - Returns: nil where the design leaves nothing of x or y.
    package init?(
        _ x: [Double], _ y: [Double], design: HeldColumns, confounders: [Variable], degree: Int? = nil
    ) {
        guard let x = design.remainder(of: x), let y = design.remainder(of: y) else { return nil }
        self.init(rests: x, y, Columns(of: confounders, beside: design, degree: degree))
    }

    /// - Parameters: what the design leaves of x and y, and of the confounders.
    init(rests x: [Double], _ y: [Double], _ columns: Columns) {
        let count = Double(x.count)
        (self.x, self.y, self.columns) = (x, y, columns)
        covariance = dot(x, y) / count
        withX = columns.values.map { dot($0, x) / count }
        withY = columns.values.map { dot($0, y) / count }
    }

    /// The covariance of x and y given the confounders without noise, over its standard error: Student's t.
    ///
    /// - Parameter reliabilities: of each confounder, above 0 and at most 1.
    /// - Returns: nil where nothing of x or y may be left, or sums leave the range of numbers.
    /// - Complexity: O(n k + k³) for k columns.
    package func statistic(reliabilities: [Double]) -> (t: Double, degreesOfFreedom: Int)? {
        let count = Double(x.count)
        let weakening = columns.origins.map { power(reliabilities[$0.confounder], $0.degree) }
        let roots = weakening.map { $0.squareRoot() }
        let size = roots.count
        var moments = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                moments[row * size + column] =
                    columns.moments[row * size + column] / (roots[row] * roots[column])
            }
            moments[row * size + row] -= 1 / weakening[row] - 1
        }
        guard let inverse = SymmetricInverse(moments, size: size, least: Self.leastEigenvalue) else { return nil }
        let scaledX = zip(withX, roots).map(/)
        let betaX = inverse.times(scaledX)
        let betaY = inverse.times(zip(withY, roots).map(/))
        let covariance = zip(scaledX, betaY).reduce(covariance) { $0 - $1.0 * $1.1 }
        // In units of the columns as they are.
        let (slopesX, slopesY) = (zip(betaX, roots).map(/), zip(betaY, roots).map(/))
        let excesses = (0..<size).map { betaX[$0] * betaY[$0] * (1 / weakening[$0] - 1) }
        let shares = shares(slopesX, slopesY, excesses)
        let spread = gsl_stats_tss(shares, 1, shares.count)
        let error = (spread * count / Double(columns.residualDegrees)).squareRoot() / count
        let t = covariance / error
        return t.isFinite ? (t, columns.residualDegrees) : nil
    }

    /// (x - ψB_x)(y - ψB_y) less the known excess, of each row: column by column, so that rows go side by side.
    private func shares(_ slopesX: [Double], _ slopesY: [Double], _ excesses: [Double]) -> [Double] {
        var (leftX, leftY, excess) = (x, y, [Double](repeating: 0, count: x.count))
        for (index, column) in columns.values.enumerated() {
            let (slopeX, slopeY, factor) = (slopesX[index], slopesY[index], excesses[index])
            for row in column.indices {
                let value = column[row]
                leftX[row] -= slopeX * value
                leftY[row] -= slopeY * value
                excess[row] += factor * value * value
            }
        }
        for row in leftX.indices { leftX[row] = leftX[row] * leftY[row] - excess[row] }
        return leftX
    }

    private func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { value, _ in value * base }
    }
}

/// The inverse of a symmetric matrix whose eigenvalues are taken to be at least a given one.
private struct SymmetricInverse {
    private let size: Int
    private var vectors: [Double] = []
    private var values: [Double] = []

    /// - Parameter entries: row after row.
    /// - Returns: nil where GSL gives up or an entry is not finite.
    init?(_ entries: [Double], size: Int, least: Double) {
        self.size = size
        guard size > 0 else { return }
        guard entries.allSatisfy(\.isFinite) else { return nil }
        precondition(GSL.handlesErrorsQuietly)
        guard let matrix = gsl_matrix_alloc(size, size), let vectors = gsl_matrix_alloc(size, size),
            let values = gsl_vector_alloc(size), let workspace = gsl_eigen_symmv_alloc(size)
        else { return nil }
        defer {
            gsl_matrix_free(matrix)
            gsl_matrix_free(vectors)
            gsl_vector_free(values)
            gsl_eigen_symmv_free(workspace)
        }
        for row in 0..<size {
            for column in 0..<size { gsl_matrix_set(matrix, row, column, entries[row * size + column]) }
        }
        guard gsl_eigen_symmv(matrix, values, vectors, workspace) == GSL_SUCCESS else { return nil }
        self.values = (0..<size).map { max(gsl_vector_get(values, $0), least) }
        self.vectors = (0..<size).flatMap { row in (0..<size).map { gsl_matrix_get(vectors, row, $0) } }
    }

    func times(_ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: size)
        for index in 0..<size {
            var share = 0.0
            for row in 0..<size { share += vectors[row * size + index] * vector[row] }
            share /= values[index]
            for row in 0..<size { result[row] += share * vectors[row * size + index] }
        }
        return result
    }
}
