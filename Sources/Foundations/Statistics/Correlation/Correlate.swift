/// Correlates two variables, with `covariates` held fixed if there are any.
///
/// - Spearman's rho is the product-moment correlation of midranks. Up to ten rows without ties its p value counts all
///   orders (R's `cor.test`); else it is Student's t on n - 2 degrees of freedom, as SciPy's `spearmanr` has it, but no
///   less than 2/n!, the share of the orders that are as extreme as equal or opposite ranks: none is without ties, and
///   ±1 is not with ties or covariates.
/// - Pearson's r has the p value of Student's t.
/// - Kendall's tau-b has an exact p value for few rows without ties, otherwise a normal one (SciPy's `kendalltau`).
/// - A partial correlation (Spearman, Pearson) is that of the residuals after least squares on the covariates, of
///   midranks for Spearman; each linearly independent covariate takes one degree of freedom.
/// - A semi-partial (part) correlation is that of one variable's residuals with the other variable as it is: what the
///   one adds to the covariates in explaining the other (Cohen and others, Applied Multiple Regression, section 3.3).
///   It is 0 just when the partial correlation is, so it has the p value of that: the t test of a regression's
///   coefficient.
///
/// No p value is 0 (`reported(pValue:)`), and a coefficient of ±1 has no analytic interval.
///
/// Input that has no correlation (a constant but for rounding, as `Spread` has it, too few rows, a value that is not
/// finite) gives an undefined outcome that says why, never NaN. A covariate that is constant in that sense holds
/// nothing fixed. Values of any size have a correlation: columns are scaled where squares would leave the range of
/// numbers.
///
/// - Parameters:
///   - removal: the variables from which covariates are removed: both for a partial correlation.
///   - bootstrap: resampling for an interval; nil for none.
///   - clusters: a label a row. The bootstrap then draws whole clusters with replacement, such as the configurations
///     that several seeds repeat, since their rows are no independent observations (Davison and Hinkley, Bootstrap
///     Methods and their Application, section 3.8). The p value and the analytic interval take no notice of them.
/// - Precondition: all variables, and `clusters`, have the same number of rows.
/// - Complexity: O(n log n + n k²) for n rows and k covariates, times the number of resamples.
public func correlate(
    _ x: Variable, _ y: Variable, method: CorrelationMethod = .spearman, given covariates: [Variable] = [],
    removedFrom removal: CovariateRemoval = .both, bootstrap: Bootstrap? = nil, clusters: [Int]? = nil
) -> Correlation {
    let count = x.values.count
    precondition(
        ([y] + covariates).allSatisfy { $0.values.count == count } && clusters?.count ?? count == count,
        "variables to correlate differ in length")
    let outcome = coefficient(x, y, method: method, given: covariates, removedFrom: removal)
    var interval: BootstrapInterval?
    if let bootstrap, case .success = outcome {
        interval = bootstrap.interval(
            ResampledCorrelation(
                x, y, method: method, given: covariates, removal: removal, clusters: clusters))
    }

    // Fisher's z is no variance-stabilising map for a semi-partial correlation.
    let hasInterval = removal == .both || covariates.isEmpty
    func analytic(_ fit: Fit, _ variance: RankVariance) -> ConfidenceInterval? {
        hasInterval
            ? fisherInterval(fit.value, method: method, count: count, covariates: fit.rank, variance: variance) : nil
    }
    return Correlation(
        method: method, covariates: covariates.map(\.name), removal: removal, count: count,
        outcome: outcome.map { fit in
            Correlation.Estimate(
                value: fit.value, pValue: fit.pValue, pValueKind: fit.pValueKind,
                degreesOfFreedom: fit.degreesOfFreedom, interval: analytic(fit, .bonettWright),
                fiellerInterval: method == .spearman ? analytic(fit, .fieller) : nil)
        },
        remark: (try? outcome.get()).flatMap { remark(on: covariates, rank: $0.rank) },
        bootstrap: interval)
}

private func remark(on covariates: [Variable], rank: Int) -> String? {
    guard rank < covariates.count else { return nil }
    let names = covariates.map(\.name).joined(separator: ", ")
    return rank == 0
        ? "Nothing was held fixed: constant in every row: \(names)."
        : "\(covariates.count) covariates (\(names)) count as \(rank): "
            + "the rest is constant or a linear function of others."
}

/// A coefficient with its p value.
struct Fit {
    let value: Double
    let pValue: Double
    let pValueKind: PValueKind
    let degreesOfFreedom: Int?
    /// The number of linearly independent covariates.
    let rank: Int
}

/// The coefficient with its p value.
func coefficient(
    _ x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable],
    removedFrom removal: CovariateRemoval = .both
) -> Result<Fit, UndefinedCorrelation> {
    if let undefined = objection(to: x, y, method: method, given: covariates) { return .failure(undefined) }
    if method == .kendall {
        let (tau, p, kind) = kendallTau(x.values, y.values)
        return .success(Fit(value: tau, pValue: p, pValueKind: kind, degreesOfFreedom: nil, rank: 0))
    }
    return reduced(x, y, method: method, given: covariates).flatMap { columns in
        guard let r = productMoment(columns.x, columns.y) else { return .failure(.outOfRange) }
        if method == .spearman, covariates.isEmpty, let p = ExactSpearman.pValue(columns.x, columns.y) {
            return .success(Fit(value: r, pValue: p, pValueKind: .exact, degreesOfFreedom: nil, rank: 0))
        }
        var value = r
        if removal != .both, !covariates.isEmpty {
            let part = productMoment(
                removal.applies(to: 0) ? columns.x : scored(x, method),
                removal.applies(to: 1) ? columns.y : scored(y, method))
            guard let part else { return .failure(.outOfRange) }
            value = part
        }
        let degrees = x.values.count - 2 - columns.rank
        var p = studentPValue(correlation: r, degreesOfFreedom: degrees)
        let share = shareOfPerfectOrders(x.values.count)
        if method == .spearman, p < share {
            let isUntied = covariates.isEmpty && [columns.x, columns.y].allSatisfy { Set($0).count == $0.count }
            if isUntied || isPerfect(r) { p = share }
        }
        return .success(
            Fit(value: value, pValue: p, pValueKind: .studentT, degreesOfFreedom: degrees, rank: columns.rank))
    }
}

/// The share of all orders of so many rows that are the same or the opposite one: 2/n!, the least that a two-sided
/// p value by orders can be; 0 where that is no number.
private func shareOfPerfectOrders(_ count: Int) -> Double {
    // 177! is beyond all numbers.
    count > 177 ? 0 : (2...max(count, 2)).reduce(2.0) { $0 / Double($1) }
}

/// What keeps the variables from being correlated at all, found before any computation; nil for nothing.
func objection(
    to x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable]
) -> UndefinedCorrelation? {
    let count = x.values.count
    if method == .kendall, !covariates.isEmpty { return .notPartial(method) }
    guard count >= 3 + covariates.count else { return .tooFewRows(count, least: 3 + covariates.count) }
    for variable in [x, y] + covariates {
        if let row = variable.values.firstIndex(where: { !$0.isFinite }) {
            return .notFinite(variable: variable.name, row: row + 1)
        }
    }
    return x.constancy ?? y.constancy
}

/// Columns whose product-moment correlation is the coefficient: ranks for Spearman, residuals given covariates.
struct ReducedColumns {
    var x: [Double]
    var y: [Double]
    /// The number of linearly independent covariates.
    var rank: Int
}

/// - Precondition: `objection` has none; the method is not Kendall's.
func reduced(
    _ x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable]
) -> Result<ReducedColumns, UndefinedCorrelation> {
    var columns = [scored(x, method), scored(y, method)]
    var rank = 0
    if !covariates.isEmpty {
        let model = LinearModel(covariates: covariates.map { held($0, method) })
        for (index, variable) in [x, y].enumerated() {
            switch model.remainder(of: columns[index]) {
            case .residuals(let residuals, let independent):
                columns[index] = residuals
                rank = independent
            case .nothing:
                return .failure(.determined(variable: variable.name, covariates: covariates.map(\.name)))
            case .failed:
                return .failure(.outOfRange)
            }
        }
    }
    return .success(ReducedColumns(x: columns[0], y: columns[1], rank: rank))
}

/// The values that the coefficient multiplies: midranks, or the values themselves for Pearson.
func scored(_ variable: Variable, _ method: CorrelationMethod) -> [Double] {
    method == .pearson ? variable.values : midranks(variable.values)
}

/// The same of a covariate: zeros where it is constant but for rounding, whose ranks would be those of noise.
func held(_ covariate: Variable, _ method: CorrelationMethod) -> [Double] {
    covariate.constancy == nil
        ? scored(covariate, method) : [Double](repeating: 0, count: covariate.values.count)
}
