import Results
import Statistics

/// How early in training a measure predicts: what networks' snapshots say, held against the target of the networks as
/// they are in the end.
///
/// At each epoch every network counts once. Epochs are no further witnesses for each other: they are the same networks.
public struct AlongTraining: Sendable {
    public struct Row: Sendable {
        public let measure: String
        public let mayPredict: Bool
        /// With the target in the end, one an epoch, then that of the networks themselves.
        public let correlations: [Correlation]
    }

    public let target: String
    /// In ascending order.
    public let epochs: [Int]
    /// The measures, those first that correlate most with the target in the end; the target at earlier epochs among
    /// them.
    public let rows: [Row]

    /// Nil where the study keeps no snapshots.
    ///
    /// - Throws: `UnknownColumn`.
    public init?(of population: Population) throws(UnknownColumn) {
        let snapshots = population.snapshots
        guard !snapshots.isEmpty else { return nil }
        target = population.study.target
        let inTheEnd = Column(target, try population.values(target))
        let networks = population.rowsByTraining
        epochs = Set(snapshots.map(\.epoch)).sorted()
        var rows: [Row] = []
        for column in population.columns {
            var values = [Int: [Double?]]()
            for (snapshot, epoch) in snapshots {
                guard let row = networks[snapshot.trainingDigest] else { continue }
                values[epoch, default: [Double?](repeating: nil, count: population.models.count)][row] =
                    population.measurement(column, of: snapshot.id)?.value
            }
            let own = try population.values(column)
            let stages = epochs.map { values[$0] ?? own.map { _ in nil } } + [own]
            rows.append(
                Row(
                    measure: column, mayPredict: population.mayPredict(column),
                    correlations: stages.map { stage in
                        let x = Column(column, stage)
                        let complete = CompleteRows(of: [x, inTheEnd])
                        return correlate(complete.variable(x), complete.variable(inTheEnd))
                    }))
        }
        func size(_ row: Row) -> Double {
            row.correlations.last.flatMap { try? $0.outcome.get() }.map { abs($0.value) } ?? -1
        }
        self.rows = rows.enumerated().sorted { (-size($0.element), $0.offset) < (-size($1.element), $1.offset) }
            .map(\.element)
    }
}
