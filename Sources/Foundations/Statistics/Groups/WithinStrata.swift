import CGSL
import Glibc

/// Correlations within strata (regimes, depths), and their weighted mean.
public struct WithinStrata: Sendable, Hashable {
    public let method: CorrelationMethod
    /// Every stratum, in the order in which its label first occurs, those that are left out of the mean included.
    public let strata: [Stratum]
    public let pooled: Result<Pooled, UndefinedPooling>

    public struct Stratum: Sendable, Hashable {
        public let label: String
        public let correlation: Correlation
        /// The stratum's part in the mean, as a share of 1; nil where it is left out.
        public let weight: Double?
        /// Why it is left out; nil where it is not.
        public let reason: String?
    }

    /// The mean over strata of Fisher's z, as a correlation.
    public struct Pooled: Sendable, Hashable {
        /// tanh of the weighted mean of z, in -1...1.
        public let value: Double
        public let fisherZ: Double
        /// Of `fisherZ`.
        public let standardError: Double
        /// tanh of `fisherZ` ∓ its reach.
        public let interval: ConfidenceInterval
        /// Two-sided, normal, of the hypothesis that the mean of z is 0.
        public let pValue: Double
        /// Rows of the strata that entered.
        public let count: Int
        /// Nil for a single stratum.
        public let heterogeneity: Heterogeneity?
    }

    /// Whether strata differ by more than chance: Cochran's Q (Biometrics 10, 1954).
    public struct Heterogeneity: Sendable, Hashable {
        /// Σ (z - z̄)²/variance, with z̄ weighted by 1/variance.
        public let q: Double
        /// One less than the number of strata.
        public let degreesOfFreedom: Int
        /// The chance of a larger Q if all strata have one correlation: of χ².
        public let pValue: Double
    }

    public var leftOut: [Stratum] { strata.filter { $0.weight == nil } }
}

/// Why strata have no mean correlation.
public enum UndefinedPooling: Error, Sendable, Hashable, CustomStringConvertible {
    case noStratum(leftOut: Int)

    public var description: String {
        switch self {
        case .noStratum(0): "There is no stratum."
        case .noStratum(1): "The only stratum has no correlation that could be averaged."
        case .noStratum(let leftOut): "None of the \(leftOut) strata has a correlation that could be averaged."
        }
    }
}

/// Correlates two variables within each stratum, and averages Fisher's z with weights n - 3 (Kendall's tau: n - 4).
///
/// The standard error of the mean is √(Σ w² v)/Σ w, with each stratum's variance v of z: 1/(n - 3) for Pearson, that of
/// `variance` for Spearman, 0.437/(n - 4) for Kendall, as `fisherInterval` has it. Strata whose correlation is
/// undefined, of fewer than 4 rows (tau: 5), or with a coefficient of ±1, whose z is infinite, are listed with their
/// reason and left out; leaving out the latter pulls the mean towards 0. Rows without a label are in no stratum.
///
/// Source: Hedges and Olkin, Statistical Methods for Meta-Analysis (1985), chapter 11.
/// - Parameter labels: the stratum of each row.
/// - Precondition: variables and labels have the same number of rows; a level between 0 and 1.
/// - Complexity: O(n log n).
public func withinStrata(
    _ x: Variable, _ y: Variable, strata labels: [String?], method: CorrelationMethod = .spearman,
    level: Double = 0.95, variance: RankVariance = .bonettWright
) -> WithinStrata {
    precondition(
        x.values.count == y.values.count && x.values.count == labels.count, "variables to correlate differ in length")
    precondition(level > 0 && level < 1, "an interval at \(level)")
    let lost = method == .kendall ? 4 : 3
    var rowsOfLabel: [String: [Int]] = [:]
    var distinct: [String] = []
    for (row, label) in labels.enumerated() {
        guard let label else { continue }
        if rowsOfLabel[label] == nil { distinct.append(label) }
        rowsOfLabel[label, default: []].append(row)
    }

    var members: [(label: String, correlation: Correlation, fisher: FisherZ?)] = []
    for label in distinct {
        let rows = rowsOfLabel[label] ?? []
        let correlation = correlate(
            Variable(x.name, rows.map { x.values[$0] }), Variable(y.name, rows.map { y.values[$0] }), method: method)
        let fisher = correlation.estimate.flatMap { FisherZ($0, method: method, count: rows.count, variance: variance) }
        members.append((label, correlation, fisher))
    }
    let entered = members.compactMap { member in
        member.fisher.map { (z: $0.value, variance: $0.variance, weight: Double(member.correlation.count - lost)) }
    }
    let total = entered.reduce(0) { $0 + $1.weight }
    let strata = members.map { member in
        WithinStrata.Stratum(
            label: member.label, correlation: member.correlation,
            weight: member.fisher.map { _ in Double(member.correlation.count - lost) / total },
            reason: member.fisher == nil ? reasonToLeaveOut(member.correlation, least: lost + 1) : nil)
    }
    guard !entered.isEmpty else {
        return WithinStrata(method: method, strata: strata, pooled: .failure(.noStratum(leftOut: strata.count)))
    }

    let mean = entered.reduce(0) { $0 + $1.weight * $1.z } / total
    let error = entered.reduce(0) { $0 + $1.weight * $1.weight * $1.variance }.squareRoot() / total
    return WithinStrata(
        method: method, strata: strata,
        pooled: .success(
            WithinStrata.Pooled(
                value: tanh(mean), fisherZ: mean, standardError: error,
                interval: FisherZ(value: mean, variance: error * error).interval(level: level),
                pValue: reported(pValue: 2 * gsl_cdf_ugaussian_Q(abs(mean) / error)),
                count: entered.reduce(0) { $0 + Int($1.weight) + lost },
                heterogeneity: heterogeneity(entered.map { ($0.z, $0.variance) }))))
}

private func heterogeneity(_ strata: [(z: Double, variance: Double)]) -> WithinStrata.Heterogeneity? {
    guard strata.count > 1 else { return nil }
    let precision = strata.reduce(0) { $0 + 1 / $1.variance }
    let mean = strata.reduce(0) { $0 + $1.z / $1.variance } / precision
    let q = strata.reduce(0) { $0 + ($1.z - mean) * ($1.z - mean) / $1.variance }
    return WithinStrata.Heterogeneity(
        q: q, degreesOfFreedom: strata.count - 1, pValue: reported(pValue: gsl_cdf_chisq_Q(q, Double(strata.count - 1)))
    )
}

private func reasonToLeaveOut(_ correlation: Correlation, least: Int) -> String {
    if case .failure(let undefined) = correlation.outcome {
        if case .tooFewRows(let count, _) = undefined {
            return UndefinedCorrelation.tooFewRows(count, least: least).description
        }
        return undefined.description
    }
    return correlation.count < least
        ? UndefinedCorrelation.tooFewRows(correlation.count, least: least).description
        : "The coefficient is \((correlation.estimate ?? 0) > 0 ? "1" : "-1"), whose Fisher's z is infinite."
}
