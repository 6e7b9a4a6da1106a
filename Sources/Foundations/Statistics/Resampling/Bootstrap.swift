import CGSL

/// How to resample for a bootstrap interval.
///
/// Rows (or clusters of rows) are drawn with replacement by GSL's `mt19937` (`gsl_rng_uniform_int`, seeded as
/// `RandomRows` says), one whole resample after the other. Equal seeds and row counts draw the same rows, so intervals
/// of several measures share their resamples.
public struct Bootstrap: Sendable, Hashable {
    public var seed: UInt64
    public var resamples: Int
    public var level: Double
    public var kind: Kind

    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// Quantiles of the coefficient over resamples.
        case percentile
        /// Bias-corrected and accelerated: quantiles moved by the bias of the resamples' median and by how fast the
        /// standard error changes with the coefficient (Efron, JASA 82, 1987).
        case bca
    }

    /// - Precondition: at least one resample, a level between 0 and 1.
    public init(seed: UInt64, resamples: Int = 2000, level: Double = 0.95, kind: Kind = .percentile) {
        precondition(resamples > 0 && level > 0 && level < 1, "a bootstrap of \(resamples) resamples at \(level)")
        self.seed = seed
        self.resamples = resamples
        self.level = level
        self.kind = kind
    }

    /// The interval between quantiles of the coefficient over resamples, interpolated linearly as NumPy does.
    ///
    /// Resamples whose coefficient is undefined (a constant column, say) are left out and counted apart.
    func interval(_ sample: ResampledCorrelation) -> BootstrapInterval {
        var sample = sample
        let draws = draws(units: sample.units) { sample.coefficient(of: $0) }
        guard kind == .bca, draws.failure == nil else {
            return result(draws, kind: kind, clusters: sample.clusters, draws.interval(percentiles, level: level))
        }
        func corrected(_ correction: BiasCorrection) -> Result<BootstrapInterval.Bounds, NoInterval> {
            guard let lower = correction.share(percentiles.lower), let upper = correction.share(percentiles.upper)
            else {
                return .failure(.correctionOutOfRange)
            }
            return draws.interval((lower, upper), level: level, correction)
        }
        let outcome = BiasCorrection.of(&sample, sorted: draws.values).flatMap(corrected)
        return result(draws, kind: kind, clusters: sample.clusters, outcome)
    }

    /// The percentile interval of any statistic of some units, from the same resamples as a correlation of as many
    /// units; percentile whatever the kind.
    ///
    /// - Parameters:
    ///   - clusters: their number where units are clusters, nil where they are rows.
    ///   - statistic: of the numbers of the units drawn; nil where it is undefined, which is left out and counted
    ///     apart.
    func percentileInterval(units: Int, clusters: Int?, of statistic: ([Int32]) -> Double?) -> BootstrapInterval {
        let draws = draws(units: units, of: statistic)
        return result(draws, kind: .percentile, clusters: clusters, draws.interval(percentiles, level: level))
    }

    /// The share of resamples that may be undefined.
    static let mostDegenerate = 0.05

    private var percentiles: (lower: Double, upper: Double) { ((1 - level) / 2, (1 + level) / 2) }

    /// A statistic over resamples, in ascending order, without the undefined ones.
    private struct Draws {
        let values: [Double]
        let failure: NoInterval?

        /// Rounding errors of equal coefficients are far below the steps between different ones.
        static let leastSpread = 1e-14

        func interval(
            _ shares: (lower: Double, upper: Double), level: Double, _ correction: BiasCorrection? = nil
        ) -> Result<BootstrapInterval.Bounds, NoInterval> {
            if let failure { return .failure(failure) }
            func quantile(_ share: Double) -> Double {
                gsl_stats_quantile_from_sorted_data(values, 1, values.count, share)
            }
            let bounds = ConfidenceInterval(lower: quantile(shares.lower), upper: quantile(shares.upper), level: level)
            guard bounds.upper - bounds.lower > Self.leastSpread else { return .failure(.noWidth) }
            return .success(.init(interval: bounds, correction: correction))
        }
    }

    private func draws(units: Int, of statistic: ([Int32]) -> Double?) -> Draws {
        // A single cluster has one resample, itself.
        if units < 2 { return Draws(values: [], failure: .oneCluster) }
        var rows = RandomRows(seed: seed)
        var drawn = [Int32](repeating: 0, count: units)
        var values: [Double] = []
        values.reserveCapacity(resamples)
        for _ in 0..<resamples {
            rows.draw(below: units, into: &drawn)
            if let value = statistic(drawn) { values.append(value) }
        }
        values.sort()
        // Quantiles of those that happened to work would describe them, not the statistic.
        let degenerate = resamples - values.count
        let failure: NoInterval? =
            Double(degenerate) > Self.mostDegenerate * Double(resamples)
            ? .degenerate(degenerate, of: resamples)
            : (values.last ?? 0) - (values.first ?? 0) <= Draws.leastSpread ? .noSpread : nil
        return Draws(values: values, failure: failure)
    }

    private func result(
        _ draws: Draws, kind: Kind, clusters: Int?, _ outcome: Result<BootstrapInterval.Bounds, NoInterval>
    ) -> BootstrapInterval {
        let degenerate = draws.failure == .oneCluster ? 0 : resamples - draws.values.count
        return BootstrapInterval(
            outcome: outcome, kind: kind, resamples: resamples, degenerate: degenerate, clusters: clusters, seed: seed)
    }
}

/// An interval over resamples and how it was drawn.
public struct BootstrapInterval: Sendable, Hashable {
    /// Nil if more than one resample in twenty was degenerate, all were alike, or a BCa interval has no correction;
    /// `reason` says which.
    public var bounds: ConfidenceInterval? { (try? outcome.get())?.interval }
    /// Why there are no bounds; nil when there are.
    public var reason: String? {
        if case .failure(let none) = outcome { none.description } else { nil }
    }
    public let kind: Bootstrap.Kind
    /// All resamples, the degenerate ones included.
    public let resamples: Int
    /// Resamples in which the coefficient was undefined.
    public let degenerate: Int
    /// How many clusters were drawn in each resample; nil when single rows were.
    public let clusters: Int?
    public let seed: UInt64
    /// BCa's z₀: the normal quantile of the share of resamples below the estimate; nil for other kinds.
    public var biasCorrection: Double? { (try? outcome.get())?.correction?.bias }
    /// BCa's a, a sixth of the skewness of the jackknife's values; nil for other kinds.
    public var acceleration: Double? { (try? outcome.get())?.correction?.acceleration }

    struct Bounds: Hashable {
        var interval: ConfidenceInterval
        var correction: BiasCorrection?
    }

    private let outcome: Result<Bounds, NoInterval>

    init(
        outcome: Result<Bounds, NoInterval>, kind: Bootstrap.Kind, resamples: Int, degenerate: Int, clusters: Int?,
        seed: UInt64
    ) {
        self.outcome = outcome
        self.kind = kind
        self.resamples = resamples
        self.degenerate = degenerate
        self.clusters = clusters
        self.seed = seed
    }
}

/// Why a bootstrap has no interval.
enum NoInterval: Error, Hashable, CustomStringConvertible {
    case oneCluster
    case degenerate(Int, of: Int)
    /// All resamples have one value, as those of a perfect correlation.
    case noSpread
    /// Nearly all have: both bounds are that value.
    case noWidth
    /// All resamples lie on one side of the estimate.
    case oneSided
    /// Without one row or cluster there is no correlation. Counts from 1.
    case jackknifeUndefined(unit: Int, isCluster: Bool)
    case correctionOutOfRange

    var description: String {
        switch self {
        case .oneCluster: "All rows are in one cluster, so there is nothing to draw from."
        case .degenerate(let count, let all):
            "\(count) of \(all) resamples have no correlation, as few rows make all the difference."
        case .noSpread: "All resamples have the same correlation, which would feign certainty."
        case .noWidth: "Nearly all resamples have the same correlation: as both bounds it would feign certainty."
        case .oneSided: "All resamples lie on one side of the estimate, so their bias cannot be corrected."
        case .jackknifeUndefined(let unit, let isCluster):
            "Without \(isCluster ? "cluster" : "row") \(unit) there is no correlation, so no acceleration is known."
        case .correctionOutOfRange: "The correction for bias and acceleration leaves the range of quantiles."
        }
    }
}

/// A correlation whose rows, or clusters of rows, can be drawn again.
struct ResampledCorrelation {
    private let x, y: Variable
    private let covariates: [Variable]
    private let method: CorrelationMethod
    /// Nil for Kendall's tau, whose resamples are made as columns.
    private let counted: CountedCorrelation?
    private let rowsOfUnit: [[Int]]
    private var counts: [Double]
    /// The number of clusters; nil when single rows are drawn.
    let clusters: Int?
    var units: Int { rowsOfUnit.count }

    init(
        _ x: Variable, _ y: Variable, method: CorrelationMethod, given covariates: [Variable],
        removal: CovariateRemoval, clusters labels: [Int]?
    ) {
        self.x = x
        self.y = y
        self.covariates = covariates
        self.method = method
        counted =
            method == .kendall
            ? nil : CountedCorrelation(x, y, method: method, given: covariates, removal: removal)
        let count = x.values.count
        rowsOfUnit = labels == nil ? (0..<count).map { [$0] } : rowsByBlock(labels, count: count).map(\.rows)
        clusters = labels == nil ? nil : rowsOfUnit.count
        counts = [Double](repeating: 0, count: count)
    }

    /// The coefficient of a resample that consists of `drawn` units; nil where it is undefined.
    mutating func coefficient(of drawn: [Int32]) -> Double? {
        guard let counted else { return plain(drawn.flatMap { rowsOfUnit[Int($0)] }) }
        for row in counts.indices { counts[row] = 0 }
        var total = drawn.count
        if clusters == nil {
            for unit in drawn { counts[Int(unit)] += 1 }
        } else {
            total = 0
            for unit in drawn {
                for row in rowsOfUnit[Int(unit)] { counts[row] += 1 }
                total += rowsOfUnit[Int(unit)].count
            }
        }
        return counted.value(counts: counts, total: total)
    }

    /// The coefficient of all rows but those of one unit; of all rows for nil.
    mutating func coefficient(without unit: Int?) -> Double? {
        let missing = unit.map { rowsOfUnit[$0] } ?? []
        guard let counted else {
            let left = Set(missing)
            return plain(counts.indices.filter { !left.contains($0) })
        }
        for row in counts.indices { counts[row] = 1 }
        for row in missing { counts[row] = 0 }
        return counted.value(counts: counts, total: counts.count - missing.count)
    }

    private func plain(_ rows: [Int]) -> Double? {
        func resampled(_ variable: Variable) -> Variable { Variable(variable.name, rows.map { variable.values[$0] }) }
        let fit = Statistics.coefficient(
            resampled(x), resampled(y), method: method, given: covariates.map(resampled))
        return (try? fit.get())?.value
    }
}
