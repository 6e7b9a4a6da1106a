import Statistics

/// Each measure of a population correlated with one target.
public struct MeasureCorrelations: Sendable {
    public struct Row: Sendable {
        public let measure: String
        /// Of the measure; nil of a column that no measure of this Basin made.
        public let family: String?
        public let correlation: Correlation
        /// The p value after Holm's correction over the measures that may be called predictors; nil for the others.
        public fileprivate(set) var holmPValue: Double?
        /// The same after Benjamini and Hochberg's, which bounds the share of false finds instead of the chance of any.
        public fileprivate(set) var falseDiscoveryRate: Double?
        /// Nil where none was asked for.
        public let permutation: Result<PermutationTest, UndefinedCorrelation>?
        /// The correlations within groups; nil where none were asked for.
        public let within: WithinStrata?
        /// Whether the groups change the correlation by more than chance; nil where none were asked for.
        public let disagreement: Result<DisagreementTest, UndefinedCorrelation>?
        public let mayPredict: Bool
    }

    public let target: String
    public let request: CorrelationRequest
    public let rows: [Row]

    /// The seed and number of resamples of every bootstrap interval that Basin shows.
    public static let bootstrap = Bootstrap(seed: 20_260_509, resamples: 2000)

    /// Correlates all columns but the target and the given ones with the target.
    ///
    /// - Throws: `UnknownColumn`.
    public init(of population: Population, _ request: CorrelationRequest = CorrelationRequest()) throws(UnknownColumn) {
        let target = request.target ?? population.study.target
        self.target = target
        self.request = request
        _ = try population.values(target)
        let columns = population.columns.filter { $0 != target && !request.given.contains($0) }
        let labels = try request.within.map { name throws(UnknownColumn) in try population.labels(of: name) }
        var rows: [Row] = []
        for column in columns {
            let pair = try population.pair(column, target, given: request.given, labels: labels)
            let correlation = correlate(
                pair.x, pair.y, method: request.method, given: pair.given, removedFrom: request.removal,
                bootstrap: pair.count > Self.mostForBootstrap ? nil : request.bootstrap, clusters: pair.clusters)
            let permutation = request.permutations.map { count in
                permutationTest(
                    pair.x, pair.y, method: request.method, given: pair.given, within: pair.blocks,
                    Permutation(seed: Self.bootstrap.seed, permutations: count))
            }
            let disagreement = pair.groups.map { groups in
                disagreementTest(
                    pair.x, pair.y, given: groups, method: request.method, VerdictRule(networks: pair.count).permutation
                )
            }
            rows.append(
                Row(
                    measure: column, family: population.about(column)?.family, correlation: correlation,
                    permutation: permutation,
                    within: pair.labels.map { withinStrata(pair.x, pair.y, strata: $0, method: request.method) },
                    disagreement: disagreement, mayPredict: population.mayPredict(column)))
        }
        let pValues = rows.map { $0.mayPredict ? $0.correlation.pValue : nil }
        for (row, (holm, rate)) in zip(holmAdjusted(pValues), benjaminiHochbergAdjusted(pValues)).enumerated() {
            (rows[row].holmPValue, rows[row].falseDiscoveryRate) = (holm, rate)
        }
        self.rows = rows
    }
}
