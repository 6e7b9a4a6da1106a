/// What a condition holds fixed, held as finely as the rows bear: a slope of each confounder for every configuration,
/// or for the levels of every factor where those do not fit, and curves of as many degrees of freedom as are left,
/// until half of the rows' degrees of freedom beside the categories are used.
///
/// An F test finds a curve or a slope only where it is strong enough and fits in, and what it misses may still make a
/// correlation. Whatever is told from nothing has to be so with these columns, too.
package struct FinestControls: Sendable {
    package let held: HeldColumns
    private let coarse: HeldColumns
    /// The squares of the confounders' ranks beside the means of the configurations, and the products of each two,
    /// where the slopes of configurations found no place; empty where they did.
    private let unheld: [[Double]]

    /// - Parameter held: what is held less finely, of the same controls.
    /// - Complexity: O(n k²) for n rows and at most `Flexibility.mostColumns` further columns k.
    package init(_ held: HeldColumns, _ controls: Controls, _ flexibility: Flexibility) {
        let curves = controls.curves
        let ranks = curves.map(\.ranks)
        let least = max(flexibility.leastResidual, (held.count - held.categories) / 2)
        let room = max(0, min(held.residualDegrees - least, flexibility.mostColumns))
        func slopes(_ levels: [Int]) -> [[Double]] { HeldColumns.products(HeldColumns.indicators(levels), ranks) }
        let whole = controls.categories.map(slopes) ?? []
        let main = controls.factors.flatMap(slopes)
        /// With these columns, of which some may be held already; nil where they find no place.
        func adding(_ columns: [[Double]]) -> HeldColumns? {
            // So many are new at least.
            guard columns.count - held.rank <= room else { return nil }
            var wider = held
            wider.add(columns)
            return wider.rank - held.rank <= room ? wider : nil
        }
        let sloped = whole.isEmpty ? nil : adding(whole)
        var finest = sloped ?? adding(main) ?? held
        unheld = whole.isEmpty || sloped != nil ? [] : Self.products(ranks, within: controls.categories ?? [])
        let curve = (room - (finest.rank - held.rank)) / max(curves.count, 1)
        if curve > 1 {
            for places in curves {
                finest.add(places.naturalSpline(degreesOfFreedom: curve, knots: .normalScores))
            }
        }
        self.held = finest
        coarse = held
    }

    /// The squares of columns less their categories' means, and the products of each two of them.
    private static func products(_ columns: [[Double]], within categories: [Int]) -> [[Double]] {
        let means = HeldColumns(categories: categories)
        let rests = columns.map { column in means.remainder(of: column) ?? column.map { _ in 0 } }
        return rests.indices.flatMap { first in rests[first...].map { zip(rests[first], $0).map(*) } }
    }

    /// What is left of the correlation of two columns of scores; 0 with a p of 1 where the columns determine one.
    ///
    /// Where slopes of configurations found no place, the p is no less than that of the products of what is left at a
    /// place where no confounder differs from its configuration's mean: slopes s that measure and target share make
    /// products s_a s_b (w_a - w̄_a)(w_b - w̄_b), which are 0 there, so that the constant of a regression on the
    /// squares and products of these differences is free of them. It is 1 where that constant has the other sign, or is
    /// a combination of the squares and products.
    package func correlation(_ x: [Double], _ y: [Double]) -> (value: Double, pValue: Double) {
        guard let left = coarse.remainder(of: x), let right = coarse.remainder(of: y) else { return (0, 1) }
        return correlation(ofLeft: left, rest(of: left), right, rest(of: right))
    }

    /// What the finer columns leave of what the coarser ones left of a column; nil where that is nothing.
    func rest(of coarseRest: [Double]) -> [Double]? {
        var rest = coarseRest
        let before = dot(rest, rest)
        for block in held.blocks.dropFirst(coarse.blocks.count) { block.project(&rest) }
        return dot(rest, rest) > HeldColumns.leastShare * HeldColumns.leastShare * before ? rest : nil
    }

    /// The same of what the coarser columns, and `rest(of:)`, leave of both.
    func correlation(
        ofLeft coarseX: [Double], _ restX: [Double]?, _ coarseY: [Double], _ restY: [Double]?
    ) -> (value: Double, pValue: Double) {
        guard let restX, let restY, let value = productMoment(restX, restY) else { return (0, 1) }
        let degrees = max(held.residualDegrees - 1, 1)
        let pValue = studentPValue(correlation: value, degreesOfFreedom: degrees)
        guard !unheld.isEmpty else { return (value, pValue) }
        // The coarser columns leave more to tell.
        let products = zip(coarseX, coarseY).map(*)
        let steady = constantTest(
            products, beside: unheld, degreesOfFreedom: max(coarse.residualDegrees - 1 - unheld.count, 1))
        guard let steady, steady.t * value > 0 else { return (value, 1) }
        return (value, max(pValue, steady.pValue))
    }
}

/// Student's test of the constant of a least-squares fit to `column` by a constant and `columns`; nil where the
/// constant is a combination of these, or nothing is left to fit.
private func constantTest(
    _ column: [Double], beside columns: [[Double]], degreesOfFreedom: Int
) -> (t: Double, pValue: Double)? {
    var basis: [[Double]] = []
    func rest(of column: [Double]) -> [Double] {
        (0..<2).reduce(column) { rest, _ in
            basis.reduce(rest) { rest, vector in
                let share = dot(rest, vector)
                return zip(rest, vector).map { $0 - share * $1 }
            }
        }
    }
    /// What is left of a column by those before it, of length 1; nil where that is nothing.
    func direction(of column: [Double]) -> [Double]? {
        let left = rest(of: column)
        let length = dot(left, left).squareRoot()
        guard length > HeldColumns.leastShare * dot(column, column).squareRoot() else { return nil }
        return left.map { $0 / length }
    }
    for column in columns { basis += direction(of: column).map { [$0] } ?? [] }
    guard let constant = direction(of: column.map { _ in 1 }) else { return nil }
    let share = dot(rest(of: column), constant)
    basis.append(constant)
    let residual = rest(of: column)
    let spread = dot(residual, residual)
    guard spread > 0, spread.isFinite else { return nil }
    let t = share / (spread / Double(degreesOfFreedom)).squareRoot()
    return (t, studentPValue(t: t, degreesOfFreedom: Double(degreesOfFreedom)))
}
