extension HeldColumns {
    /// The partial rank correlation given these columns.
    func partial(_ x: Variable, _ y: Variable, names: [String]) -> Correlation {
        func made(_ outcome: Result<Correlation.Estimate, UndefinedCorrelation>) -> Correlation {
            Correlation(
                method: .spearman, covariates: names, removal: .both, count: count, outcome: outcome, remark: nil,
                bootstrap: nil)
        }
        let degrees = residualDegrees - 1
        guard degrees > 0 else { return made(.failure(.tooFewRows(count, least: count + 1 - degrees))) }
        var residuals: [[Double]] = []
        for variable in [x, y] {
            guard let left = remainder(of: midranks(variable.values)) else {
                return made(.failure(.determined(variable: variable.name, covariates: names)))
            }
            residuals.append(left)
        }
        guard let rho = productMoment(residuals[0], residuals[1]) else { return made(.failure(.outOfRange)) }
        let covariates = count - 2 - degrees
        return made(
            .success(
                Correlation.Estimate(
                    value: rho, pValue: studentPValue(correlation: rho, degreesOfFreedom: degrees),
                    pValueKind: .studentT, degreesOfFreedom: degrees,
                    interval: fisherInterval(rho, method: .spearman, count: count, covariates: covariates),
                    fiellerInterval: fisherInterval(
                        rho, method: .spearman, count: count, covariates: covariates, variance: .fieller))))
    }

    /// For so many the columns are gone through once.
    private static let ordersAtOnce = 8

    /// Whether holding these columns fixed changes the correlation of `x` and `y`, two columns of scores, by more than
    /// columns of nothing to do with them: their rows change places, all together (see `disagreementTest`).
    ///
    /// Orders in which the columns determine x or y count as extreme; 1e-10 of the change is granted to rounding.
    /// - Returns: nil where the columns determine x or y, or sums leave the range of numbers.
    /// - Complexity: O(n k) an order for k columns.
    func changeTest(_ x: [Double], _ y: [Double], _ permutation: Permutation) -> DisagreementTest? {
        guard let x = unit(x), let y = unit(y) else { return nil }
        let raw = min(max(dot(x, y), -1), 1)
        func differences(_ orders: [[Int32]]) -> [Double?] {
            explained(x, y, orders: orders).map { explained in
                let (leftX, leftY) = (1 - explained.x, 1 - explained.y)
                guard leftX > 1e-12, leftY > 1e-12 else { return nil }
                return min(max((raw - explained.both) / (leftX * leftY).squareRoot(), -1), 1) - raw
            }
        }
        var order = x.indices.map { Int32($0) }
        guard let observed = differences([order])[0] else { return nil }
        let threshold = abs(observed) * (1 - 1e-10) - 1e-13
        var rows = RandomRows(seed: permutation.seed)
        var extreme = 0
        for start in stride(from: 0, to: permutation.permutations, by: Self.ordersAtOnce) {
            let orders = (start..<min(start + Self.ordersAtOnce, permutation.permutations)).map { _ in
                order.withUnsafeMutableBufferPointer { rows.shuffle($0) }
                return order
            }
            extreme += differences(orders).count { abs($0 ?? .infinity) >= threshold }
        }
        return DisagreementTest(
            raw: raw, partial: raw + observed, difference: observed,
            pValue: Double(1 + extreme) / Double(permutation.permutations + 1), permutations: permutation.permutations,
            seed: permutation.seed)
    }
}
