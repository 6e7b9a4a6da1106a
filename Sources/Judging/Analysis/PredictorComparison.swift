import Results
import Statistics

/// Predictors held against each other on the same networks: whose correlation with the target is stronger, and what
/// each adds to the other.
public struct PredictorComparison: Sendable {
    public struct Row: Sendable {
        public let first: String
        public let second: String
        public let comparison: Result<DependentCorrelations, UndefinedComparison>
        /// What the first adds to the second, and the second to the first.
        public let gains:
            (first: Result<CrossFittedGain, UndefinedGain>, second: Result<CrossFittedGain, UndefinedGain>)
    }

    public let target: String
    public let rows: [Row]

    /// Compares each pair of the named columns.
    ///
    /// - Throws: `UnknownColumn`.
    public init(of population: Population, _ columns: [String], target: String? = nil) throws(UnknownColumn) {
        let target = target ?? population.study.target
        self.target = target
        _ = try population.values(target)
        var rows: [Row] = []
        for (place, second) in columns.enumerated() {
            for first in columns[..<place] {
                let pair = try PredictorPair(first, second, with: target, of: population)
                let folds = CrossFitting(seed: MeasureCorrelations.bootstrap.seed)
                rows.append(
                    Row(
                        first: first, second: second, comparison: pair.comparison,
                        gains: (
                            crossFittedGain(
                                of: pair.first, beyond: [pair.second], target: pair.target, groups: pair.clusters,
                                crossFitting: folds),
                            crossFittedGain(
                                of: pair.second, beyond: [pair.first], target: pair.target, groups: pair.clusters,
                                crossFitting: folds)
                        )))
            }
        }
        self.rows = rows
    }
}

/// Two predictors and a target over the models that have all three.
struct PredictorPair {
    let first, second, target: Variable
    /// The configuration of each row, where whole configurations are drawn again for a bootstrap.
    let clusters: [Int]?

    /// - Throws: `UnknownColumn`.
    init(_ first: String, _ second: String, with target: String, of population: Population) throws(UnknownColumn) {
        let (a, b, goal) = (
            Column(first, try population.values(first)), Column(second, try population.values(second)),
            Column(target, try population.values(target))
        )
        let complete = CompleteRows(of: [a, b, goal])
        (self.first, self.second, self.target) = (
            complete.variable(a), complete.variable(b), complete.variable(goal)
        )
        clusters = population.configurationLabels.flatMap { resampledConfigurations($0) }.map(complete.parts)
    }

    /// By the sizes of the correlations; without a bootstrap for more than `MeasureCorrelations.mostForBootstrap` rows.
    var comparison: Result<DependentCorrelations, UndefinedComparison> {
        compareCorrelations(
            first, second, with: target, comparesSizes: true,
            bootstrap: first.values.count > MeasureCorrelations.mostForBootstrap ? nil : MeasureCorrelations.bootstrap,
            clusters: clusters)
    }
}
