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
        let goal = Column(target, try population.values(target))
        let clusters = population.configurationLabels.flatMap { resampledConfigurations($0) }
        var rows: [Row] = []
        for (place, second) in columns.enumerated() {
            for first in columns[..<place] {
                let (a, b) = (
                    Column(first, try population.values(first)), Column(second, try population.values(second))
                )
                let complete = CompleteRows(of: [a, b, goal])
                let (x, y, z) = (complete.variable(a), complete.variable(b), complete.variable(goal))
                let folds = CrossFitting(seed: MeasureCorrelations.bootstrap.seed)
                rows.append(
                    Row(
                        first: first, second: second,
                        comparison: compareCorrelations(
                            x, y, with: z, comparesSizes: true,
                            bootstrap: x.values.count > MeasureCorrelations.mostForBootstrap
                                ? nil : MeasureCorrelations.bootstrap,
                            clusters: clusters.map(complete.parts)),
                        gains: (
                            crossFittedGain(
                                of: x, beyond: [y], target: z, groups: clusters.map(complete.parts), crossFitting: folds
                            ),
                            crossFittedGain(
                                of: y, beyond: [x], target: z, groups: clusters.map(complete.parts), crossFitting: folds
                            )
                        )))
            }
        }
        self.rows = rows
    }
}
