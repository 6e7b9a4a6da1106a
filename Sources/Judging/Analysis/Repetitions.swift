import Diagnostics
import Results
import Statistics

/// Each measure's rank correlation with the target in several repetitions of a study, such as training subsets, pooled
/// with random effects.
public struct Repetitions: Sendable {
    public struct Row: Sendable {
        public let measure: String
        public let mayPredict: Bool
        /// One a repetition, in their order.
        public let correlations: [Correlation]
        /// Over the repetitions that have a correlation with a finite Fisher z.
        public let pooled: Result<RandomEffects, UndefinedMetaAnalysis>
        /// Repetitions that could not enter.
        public let leftOut: Int

        /// Repetitions whose correlation has the sign of the mean.
        public var agreeing: Int? {
            guard let mean = (try? pooled.get())?.pauleMandel.mean else { return nil }
            return correlations.compactMap(\.estimate).count { $0 * mean > 0 }
        }
    }

    /// What the repetitions differ in: "data.seed", or "study".
    public let over: String
    public let names: [String]
    public let target: String
    public let rows: [Row]

    /// Hyperparameters that repeat a study rather than change it: other training points, other data.
    public static let repeating = ["data.seed", "dataset"]

    /// The groups of one population as repetitions.
    ///
    /// - Throws: `UnknownColumn` for the target or a hyperparameter that does not vary.
    public init(of population: Population, over name: String, target: String? = nil) throws(UnknownColumn) {
        let target = target ?? population.study.target
        let grouping = try population.grouping(named: name)
        _ = try population.values(target)
        let labels = grouping.distinctLabels
        over = name
        names = labels
        self.target = target
        var rows: [Row] = []
        for column in population.columns where column != target {
            var correlations: [Correlation] = []
            for label in labels {
                correlations.append(try population.correlation(column, target, within: label, of: grouping))
            }
            rows.append(Row(column, mayPredict: population.mayPredict(column), correlations, names: labels))
        }
        self.rows = rows.sorted(by: Row.precedes)
    }

    /// Studies as repetitions, by the columns that all of them have.
    ///
    /// - Throws: `UnknownColumn` for a target that a study lacks; `NotRepeated` for fewer than two studies.
    public init(of populations: [Population], target: String? = nil) throws {
        guard populations.count > 1 else { throw NotRepeated(studies: populations.map(\.study.name)) }
        for (place, population) in populations.enumerated() {
            let trainings = Set(population.trainings)
            let weights = Set(population.models.compactMap(\.weightsDigest))
            for earlier in populations[..<place] {
                let shared = zip(earlier.models, earlier.trainings).count { model, training in
                    trainings.contains(training) || model.weightsDigest.map(weights.contains) == true
                }
                if shared > 0 {
                    throw SharedNetworks(studies: [earlier.study.name, population.study.name], count: shared)
                }
            }
        }
        let target = target ?? populations[0].study.target
        let names = populations.map(\.study.name)
        over = "study"
        self.names = names
        self.target = target
        for population in populations { _ = try population.values(target) }
        let shared = populations[0].columns.filter { column in
            column != target && populations.allSatisfy { $0.columns.contains(column) }
        }
        rows = try shared.map { column in
            Row(
                column, mayPredict: populations.allSatisfy { $0.mayPredict(column) },
                try populations.map { try $0.correlation(column, target, bootstrap: nil) }, names: names)
        }.sorted(by: Row.precedes)
    }
}

extension Repetitions.Row {
    fileprivate init(_ measure: String, mayPredict: Bool, _ correlations: [Correlation], names: [String]) {
        let found = zip(names, correlations).compactMap { name, correlation in
            correlation.interval.flatMap { _ in
                correlation.estimate.map { StudyCorrelation(name, value: $0, count: correlation.count) }
            }
        }
        self.measure = measure
        self.mayPredict = mayPredict
        self.correlations = correlations
        pooled = randomEffects(found)
        leftOut = correlations.count - found.count
    }

    /// Predictors first, each kind by the size of the mean.
    fileprivate static func precedes(_ a: Self, _ b: Self) -> Bool {
        func size(_ row: Self) -> Double { abs((try? row.pooled.get())?.pauleMandel.mean ?? 0) }
        return a.mayPredict == b.mayPredict ? size(a) > size(b) : a.mayPredict
    }
}

/// Studies that are no independent repetitions.
public struct SharedNetworks: RequestError {
    public let studies: [String]
    public let count: Int

    public var description: String {
        """
        \(studies.map { "'\($0)'" }.joined(separator: " and ")) share \(count) networks, so they are no repetitions \
        of each other.
        """
    }
}

/// Too few studies to pool.
public struct NotRepeated: RequestError {
    public let studies: [String]

    public var description: String {
        "'\(studies.first ?? "")' is one study. Name several, or say with --over which of its hyperparameters "
            + "repeats it, such as data.seed."
    }
}
