import Measures
import Results
import Statistics

/// Whether measures follow the target as one hyperparameter changes at a time: granulated Kendall coefficients,
/// conditional mutual information, sign errors.
public struct Robustness: Sendable {
    public struct Row: Sendable {
        public let measure: String
        public let mayPredict: Bool
        public let result: Result<Findings, UndefinedCorrelation>
    }

    public struct Findings: Sendable {
        public let kendall: GranulatedKendall
        public let information: ConditionalMutualInformation
        public let signError: Result<RobustSignError, UndefinedSignError>
        /// The sign that the sign error is held against, and whether the measure's theory predicts it or it is the one
        /// found.
        public let sign: ExpectedSign
        public let isPredicted: Bool
        /// Nil where training accuracy was not measured or the gap is the same for all.
        public let pgdl: PGDLScore?
    }

    public let target: String
    /// Regime and grid, as far as they vary.
    public let axes: [String]
    public let rows: [Row]
    /// Training and test accuracy, as far as they were measured.
    private let accuracies: [Column]

    /// - Parameter leastPairs: environments of fewer pairs have no sign error.
    /// - Throws: `UnknownColumn`; `NothingVaries` for a study that differs in seeds alone.
    public init(of population: Population, target: String? = nil, leastPairs: Int = 1) throws {
        let target = target ?? population.study.target
        let goal = Column(target, try population.values(target))
        guard !population.groupings.isEmpty else { throw NothingVaries(study: population.study.name) }
        self.target = target
        axes = population.axes.map(\.name)
        accuracies = [TrainAccuracy.about.id, TestAccuracy.about.id].compactMap { name in
            (try? population.values(name)).map { Column(name, $0) }
        }
        rows = try population.columns.filter { $0 != target }.map { [accuracies] name in
            let column = Column(name, try population.values(name))
            let sign = target == TestAccuracy.about.id ? population.about(name)?.predictedSign.expected : nil
            return Row(
                measure: name, mayPredict: population.mayPredict(name),
                result: Self.findings(column, goal, accuracies, population.axes, sign: sign, leastPairs: leastPairs))
        }
    }

    private static func findings(
        _ column: Column, _ target: Column, _ accuracies: [Column], _ varied: [Grouping], sign: ExpectedSign?,
        leastPairs: Int
    ) -> Result<Findings, UndefinedCorrelation> {
        func axes(_ rows: CompleteRows) -> [ConfiguredModels.Axis] {
            varied.map { .init($0.name, rows.labels($0.labels).map { $0 ?? "none" }) }
        }
        let rows = CompleteRows(of: [column, target])
        do throws(UndefinedCorrelation) {
            let models = try ConfiguredModels(
                measure: rows.variable(column), target: rows.variable(target), axes: axes(rows))
            let kendall = granulatedKendall(models)
            let expected = sign ?? (kendall.tau < 0 ? .negative : .positive)
            var pgdl: PGDLScore?
            if accuracies.count == 2 {
                let all = CompleteRows(of: [column] + accuracies)
                pgdl = try? pgdlScore(
                    all.variable(column), trainAccuracy: all.variable(accuracies[0]).values,
                    testAccuracy: all.variable(accuracies[1]).values, axes: axes(all))
            }
            return .success(
                Findings(
                    kendall: kendall, information: conditionalMutualInformation(models),
                    signError: robustSignError(models, expectedSign: expected, leastPairs: leastPairs), sign: expected,
                    isPredicted: sign != nil, pgdl: pgdl))
        } catch {
            return .failure(error)
        }
    }

    /// One row a measure; psi has a column for each hyperparameter.
    public var table: Table {
        var table = Table(
            ["measure", Table.Column("tau", format: .fixed(3))]
                + axes.map { Table.Column("psi \($0)", format: .fixed(3)) } + [
                    Table.Column("psi_mean", format: .fixed(3)), Table.Column("cmi", format: .fixed(3)), "cmi_given",
                    "sign",
                    Table.Column("environments"), Table.Column("error_mean", format: .fixed(3)),
                    Table.Column("error_90", format: .fixed(3)), Table.Column("error_worst", format: .fixed(3)),
                    "worst",
                    Table.Column("pgdl", format: .fixed(2)), "predictor",
                ])
        for row in rows { table.append(cells(row)) }
        return table
    }

    private func cells(_ row: Row) -> [Cell] {
        let predictor = Cell.text(row.mayPredict ? "yes" : "no")
        switch row.result {
        case .failure(let undefined):
            return [.text(row.measure), .missing(undefined.description)]
                + [Cell](repeating: .missing, count: axes.count + 10) + [predictor]
        case .success(let found):
            let information = found.information.minimum
            let psi = found.kendall.axes.map { Cell($0.psi, because: $0.reason) }
            var errors = [Cell](repeating: .missing, count: 5)
            switch found.signError {
            case .failure(let undefined): errors[1] = .missing(undefined.description)
            case .success(let distribution):
                let worst = distribution.worst
                errors = [
                    .integer(distribution.environments.count), .real(distribution.mean),
                    .real(distribution.quantile(0.9)),
                    .real(worst.error), .text("\(worst.axis) \(worst.from) to \(worst.to)"),
                ]
            }
            let noScore =
                accuracies.count < 2
                ? "PGDL scores the generalization gap, which takes train_accuracy and test_accuracy."
                : "The generalization gap is the same for all networks, or missing."
            return [.text(row.measure), .real(found.kendall.tau)] + psi + [
                Cell(found.kendall.mean, because: found.kendall.reason),
                Cell(information?.value, because: found.information.reason),
                Cell(information.map { $0.axes.isEmpty ? "nothing" : $0.axes.joined(separator: ", ") }),
                .text((found.sign == .positive ? "+" : "-") + (found.isPredicted ? "" : " (as found)")),
            ] + errors + [Cell(found.pgdl?.score, because: noScore), predictor]
        }
    }

    private static func without(_ reason: String, _ row: Row) -> [Cell] {
        [.text(row.measure), nil, nil, nil, nil, .missing(reason), nil, nil]
    }

    /// Every environment of every measure with its sign error; one row with the reason for a measure that has none.
    public var environments: Table {
        var table = Table(
            [
                "measure", "changes", "from", "to", "others", Table.Column("error", format: .fixed(3)),
                Table.Column("pairs"),
                Table.Column("tied"),
            ])
        for row in rows {
            let distribution: RobustSignError
            switch row.result.map(\.signError) {
            case .success(.success(let found)): distribution = found
            case .success(.failure(let undefined)): table.append(Self.without(undefined.description, row)); continue
            case .failure(let undefined): table.append(Self.without(undefined.description, row)); continue
            }
            for environment in distribution.environments {
                let others = zip(axes.filter { $0 != environment.axis }, environment.others).map { "\($0) \($1)" }
                table.append([
                    .text(row.measure), .text(environment.axis), .text(environment.from), .text(environment.to),
                    .text(others.joined(separator: ", ")), .real(environment.error), .integer(environment.pairs),
                    .integer(environment.tied),
                ])
            }
        }
        return table
    }
}

extension MeasureDescription.Sign {
    /// Nil where the theory predicts none.
    fileprivate var expected: ExpectedSign? {
        switch self {
        case .positive: .positive
        case .negative: .negative
        case .none: nil
        }
    }
}
