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
        /// About the gap, so that it is there where the target has no coefficients, too; nil where no gap was measured.
        public let pgdl: Result<PGDLScore, UndefinedPGDLScore>?
    }

    public struct Findings: Sendable {
        public let kendall: GranulatedKendall
        public let information: ConditionalMutualInformation
        public let signError: Result<RobustSignError, UndefinedSignError>
        /// The sign that the sign error is held against, and whether the measure's theory predicts it or it is the one
        /// found.
        public let sign: ExpectedSign
        public let isPredicted: Bool
        /// As the row has it.
        public let pgdl: Result<PGDLScore, UndefinedPGDLScore>?
    }

    public let target: String
    /// Regime and grid, as far as they vary.
    public let axes: [String]
    public let rows: [Row]
    /// Whether the gap that PGDL scores was measured, as training and test accuracy or as itself.
    public let hasGap: Bool

    /// - Parameter leastPairs: environments of fewer pairs have no sign error.
    /// - Throws: `UnknownColumn`; `NothingVaries` for a study that differs in seeds alone.
    public init(of population: Population, target: String? = nil, leastPairs: Int = 1) throws {
        let target = target ?? population.study.target
        let goal = Column(target, try population.values(target))
        guard !population.groupings.isEmpty else {
            throw NothingVaries(study: population.study.name, lost: population.lost)
        }
        self.target = target
        axes = population.axes.map(\.name)
        let accuracies = [.trainingAccuracy, .testAccuracy].compactMap(population.column(for:)).compactMap { name in
            (try? population.values(name)).map { Column(name, $0) }
        }
        let gap = population.column(for: .generalizationGap).flatMap { name in
            (try? population.values(name)).map { Column(name, $0) }
        }
        let gaps = accuracies.count == 2 ? accuracies : gap.map { [$0] } ?? []
        hasGap = !gaps.isEmpty
        // What a measure's theory predicts is the sign of its correlation with the test accuracy, and with no other.
        let isPredicted = target == population.column(for: .testAccuracy)
        rows = try population.columns.filter { $0 != target }.map { name in
            let column = Column(name, try population.values(name))
            let sign = isPredicted ? population.about(name)?.predictedSign.expected : nil
            let pgdl = Self.pgdl(column, gaps, population.axes)
            return Row(
                measure: name, mayPredict: population.mayPredict(name),
                result: Self.findings(column, goal, population.axes, pgdl, sign: sign, leastPairs: leastPairs),
                pgdl: pgdl)
        }
    }

    private static func axes(_ varied: [Grouping], _ rows: CompleteRows) -> [ConfiguredModels.Axis] {
        varied.map { .init($0.name, rows.labels($0.labels).map { $0 ?? "none" }) }
    }

    /// - Parameter gaps: training and test accuracy, the gap alone, or nothing.
    private static func pgdl(
        _ column: Column, _ gaps: [Column], _ varied: [Grouping]
    ) -> Result<PGDLScore, UndefinedPGDLScore>? {
        guard let first = gaps.first, let last = gaps.last else { return nil }
        let rows = CompleteRows(of: [column] + gaps)
        let (measure, axes) = (rows.variable(column), axes(varied, rows))
        return gaps.count == 1
            ? pgdlScore(measure, gap: rows.variable(first).values, axes: axes)
            : pgdlScore(
                measure, trainAccuracy: rows.variable(first).values, testAccuracy: rows.variable(last).values,
                axes: axes)
    }

    private static func findings(
        _ column: Column, _ target: Column, _ varied: [Grouping], _ pgdl: Result<PGDLScore, UndefinedPGDLScore>?,
        sign: ExpectedSign?, leastPairs: Int
    ) -> Result<Findings, UndefinedCorrelation> {
        let rows = CompleteRows(of: [column, target])
        do throws(UndefinedCorrelation) {
            let models = try ConfiguredModels(
                measure: rows.variable(column), target: rows.variable(target), axes: axes(varied, rows))
            let kendall = granulatedKendall(models)
            let expected = sign ?? (kendall.tau < 0 ? .negative : .positive)
            return .success(
                Findings(
                    kendall: kendall, information: conditionalMutualInformation(models),
                    signError: robustSignError(models, expectedSign: expected, leastPairs: leastPairs), sign: expected,
                    isPredicted: sign != nil, pgdl: pgdl))
        } catch {
            return .failure(error)
        }
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
