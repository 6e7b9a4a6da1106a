import Results
import Statistics

/// Each measure of a population correlated with one target.
public struct MeasureCorrelations: Sendable {
    public struct Row: Sendable {
        public let measure: String
        public let correlation: Correlation
        /// The p value after Holm's correction over the measures that may be called predictors; nil for the others.
        public let holmPValue: Double?
        public let mayPredict: Bool
    }

    public let target: String
    public let method: CorrelationMethod
    public let given: [String]
    public let rows: [Row]

    /// The seed and number of resamples of every bootstrap interval that Basin shows.
    public static let bootstrap = Bootstrap(seed: 20_260_509, resamples: 2000)

    /// Correlates all columns but the target and the given ones with the target.
    ///
    /// - Parameter given: columns, regime or hyperparameters held fixed (partial correlation).
    /// - Throws: `UnknownColumn`.
    public init(
        of population: Population, target: String? = nil, method: CorrelationMethod = .spearman, given: [String] = []
    ) throws(UnknownColumn) {
        self.target = target ?? population.study.target
        self.method = method
        self.given = given
        var found: [(measure: String, correlation: Correlation)] = []
        _ = try population.values(self.target)
        for column in population.columns where column != self.target && !given.contains(column) {
            found.append((column, try population.correlation(column, self.target, method: method, given: given)))
        }
        let predictors = found.map { population.mayPredict($0.measure) }
        let adjusted = holmAdjusted(zip(found, predictors).map { $1 ? $0.correlation.pValue : nil })
        rows = found.indices.map { index in
            Row(
                measure: found[index].measure, correlation: found[index].correlation, holmPValue: adjusted[index],
                mayPredict: predictors[index])
        }
    }

    /// As rows for a person or a script.
    public var table: Table {
        var table = Table([
            "measure", Table.Column("n"), Table.Column(method.columnName, format: .fixed(4)),
            Table.Column("p", format: .significant(3)), Table.Column("p_holm", format: .significant(3)),
            Table.Column("low", format: .fixed(3)), Table.Column("high", format: .fixed(3)), "interval",
            "predictor", "remark",
        ])
        for row in rows {
            let correlation = row.correlation
            let shown = correlation.shownInterval
            table.append([
                .text(row.measure), .integer(correlation.count),
                Cell(correlation.estimate, because: correlation.reason), Cell(correlation.pValue),
                Cell(row.holmPValue), Cell(shown?.bounds.lower), Cell(shown?.bounds.upper),
                Cell(shown?.kind.rawValue), .text(row.mayPredict ? "yes" : "no"), Cell(correlation.reason),
            ])
        }
        return table
    }

    /// As the results file keeps them.
    public var records: [CorrelationRecord] {
        rows.map { row in
            let correlation = row.correlation
            guard let estimate = correlation.estimate else {
                return CorrelationRecord(
                    measure: row.measure, target: target, method: method.rawValue, given: given, status: .undefined,
                    reason: correlation.reason ?? "no reason was given", count: correlation.count)
            }
            let bounds = correlation.shownInterval?.bounds
            return CorrelationRecord(
                measure: row.measure, target: target, method: method.rawValue, given: given, estimate: estimate,
                pValue: correlation.pValue, interval: bounds.map { $0.lower...$0.upper }, level: bounds?.level,
                count: correlation.count, reason: correlation.reason)
        }
    }
}

extension CorrelationMethod {
    /// What the coefficient's column is called.
    var columnName: String {
        switch self {
        case .spearman: "rho"
        case .kendall: "tau"
        case .pearson: "r"
        }
    }
}

extension Population {
    /// The correlation of two columns over the models that have both and all the given ones, which may be columns,
    /// the regime or hyperparameters.
    ///
    /// - Parameter bootstrap: nil for none; a population of more than `MeasureCorrelations.mostForBootstrap` has none.
    public func correlation(
        _ x: String, _ y: String, method: CorrelationMethod = .spearman, given: [String] = [],
        bootstrap: Bootstrap? = MeasureCorrelations.bootstrap
    ) throws(UnknownColumn) -> Correlation {
        var covariates: [(name: String, values: [Double?])] = []
        for name in given { covariates += try self.covariates(name) }
        return try correlation(x, y, method: method, holding: covariates, bootstrap: bootstrap)
    }

    /// The correlation of two columns given a grouping as a category, whether its labels are numbers or not.
    public func correlation(_ x: String, _ y: String, given grouping: Grouping) throws(UnknownColumn) -> Correlation {
        try correlation(x, y, method: .spearman, holding: grouping.indicators, bootstrap: nil)
    }

    /// The correlation of two columns over the models with one label.
    public func correlation(
        _ x: String, _ y: String, within label: String, of grouping: Grouping
    ) throws(UnknownColumn) -> Correlation {
        let (first, second) = (try values(x), try values(y))
        let rows = grouping.rows(of: label)
        let complete = completeRows(of: [rows.map { first[$0] }, rows.map { second[$0] }])
        return correlate(Variable(x, complete[0]), Variable(y, complete[1]))
    }

    private func correlation(
        _ x: String, _ y: String, method: CorrelationMethod, holding covariates: [(name: String, values: [Double?])],
        bootstrap: Bootstrap?
    ) throws(UnknownColumn) -> Correlation {
        let complete = completeRows(of: [try values(x), try values(y)] + covariates.map(\.values))
        return correlate(
            Variable(x, complete[0]), Variable(y, complete[1]), method: method,
            given: zip(covariates, complete.dropFirst(2)).map { Variable($0.name, $1) },
            bootstrap: models.count > MeasureCorrelations.mostForBootstrap ? nil : bootstrap)
    }
}
