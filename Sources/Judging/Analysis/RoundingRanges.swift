import Definitions
import Digests
import Results
import Statistics

/// Each measure's rank correlations with a target in all arithmetics in which a results file has the study: as it is,
/// and as `basin run --rounding` trained it again from initial weights that were moved by at most one unit in the last
/// place. What the range does not show has no claim on the last bits of this machine.
public struct RoundingRanges: Sendable {
    /// The study in another arithmetic.
    public struct Arithmetic: Sendable, Hashable {
        /// From 1.
        public let number: Int
        public let study: String
        /// Networks that were neither trained nor failed yet.
        public let missing: Int

        public init(number: Int, study: String, missing: Int) {
            (self.number, self.study, self.missing) = (number, study, missing)
        }
    }

    /// Why there are no ranges.
    public enum Absence: Error, Sendable, Hashable {
        /// The results file has the study in no other arithmetic.
        case noOthers
        /// Networks of the study itself are missing, so that other arithmetics have others.
        case studyIncomplete(missing: Int)
        /// There are other arithmetics, none of which is complete.
        case othersIncomplete([Arithmetic])
    }

    /// A correlation over the arithmetics in which it is defined.
    public struct Range: Sendable, Hashable {
        /// Of the study as it is.
        public let asItIs: Double
        /// Over the study as it is and the others.
        public let least: Double
        public let greatest: Double
        /// Two-sided, uncorrected: that of the study as it is, the least and the greatest.
        public let pValue: Double
        public let leastP: Double
        public let greatestP: Double
        /// Arithmetics that entered, the study's own among them.
        public let count: Int

        /// Whether it is above 0 in one arithmetic and below in another.
        public var changesSign: Bool { least < 0 && greatest > 0 }
        /// Whether p is below `RoundingRanges.level` in one arithmetic and not in another.
        public var changesSignificance: Bool { leastP < RoundingRanges.level && greatestP >= RoundingRanges.level }
    }

    /// Why a measure has no range.
    public enum NoRange: Error, Sendable, Hashable {
        /// The study's own correlation is undefined.
        case undefined(UndefinedCorrelation)
        /// Networks of the study were not measured yet.
        case notMeasured
        /// It was measured in no other arithmetic, or has no correlation there.
        case inNoOther
    }

    public struct Row: Sendable {
        public let measure: String
        public let mayPredict: Bool
        public let raw: Result<Range, NoRange>
        /// Given regime and grid; nil where networks differ in their seeds alone.
        public let given: Result<Range, NoRange>?
    }

    /// Below it a p value counts, as in verdicts.
    public static let level = VerdictRule().level

    public let study: String
    public let target: String
    /// What `given` holds fixed; empty where networks differ in their seeds alone.
    public let design: [String]
    /// Those with all networks, which the ranges are over, by number.
    public let arithmetics: [Arithmetic]
    /// Those that lack networks, which are left out.
    public let incomplete: [Arithmetic]
    /// Nil where there are ranges.
    public let absence: Absence?
    /// In the order of the study's columns; empty where there are no ranges.
    public let rows: [Row]

    /// The row of a column; nil where there are no ranges, or no such column but the target.
    public subscript(measure: String) -> Row? { rows.first { $0.measure == measure } }

    /// Reads the study in all arithmetics in which the file has this version of it; of a restricted population those
    /// networks of each that meet its condition there.
    ///
    /// - Throws: `ResultsError`; `UnknownColumn` for a target that the study does not have.
    /// - Complexity: that of two correlations a measure and arithmetic; without others, that of looking for them.
    public init(of population: Population, target: String? = nil, in store: ResultsStore) throws {
        let target = target ?? population.study.target
        _ = try population.values(target)
        study = population.study.name
        self.target = target
        design = population.designNames
        let others = try Self.others(of: population.study, in: store)
        // What was asked of this study's networks is asked of each arithmetic's own.
        let found = others.map { number, other in
            (
                Arithmetic(number: number, study: other.study.name, missing: other.missing),
                other.restricted(as: population)
            )
        }
        arithmetics = found.map(\.0).filter { $0.missing == 0 }
        incomplete = found.map(\.0).filter { $0.missing > 0 }
        absence =
            found.isEmpty
            ? .noOthers
            : population.missing > 0
                ? .studyIncomplete(missing: population.missing)
                : arithmetics.isEmpty ? .othersIncomplete(incomplete) : nil
        guard absence == nil else {
            rows = []
            return
        }
        let complete = found.filter { $0.0.missing == 0 }.map(\.1)
        rows = try population.columns.filter { $0 != target }.map { column in
            Row(
                measure: column, mayPredict: population.mayPredict(column),
                raw: try Self.range(column, target, population, complete) { population, x, y throws(UnknownColumn) in
                    try population.correlation(x, y, bootstrap: nil)
                },
                given: population.designFactors.isEmpty
                    ? nil
                    : try Self.range(column, target, population, complete) { population, x, y throws(UnknownColumn) in
                        try population.correlationGivenDesign(x, y)
                    })
        }
    }

    /// The study's other arithmetics, by number: the studies of its name and a number of rounding whose definition is
    /// this version's but for that number.
    private static func others(
        of study: StudyRecord, in store: ResultsStore
    ) throws -> [(number: Int, population: Population)] {
        let named = try store.studies().compactMap { other in
            RoundedName(other.name).flatMap { $0.study == study.name ? (number: $0.number, study: other) : nil }
        }
        guard !named.isEmpty,
            let definition = try? CanonicalJSON.value(StudySpecification.Definition.self, of: study.specificationJSON),
            definition.rounding == 0
        else { return [] }
        let own = try named.filter { number, other in
            try definition.rounded(number)?.digest() == other.digest
        }
        return try own.sorted { $0.number < $1.number }.map { ($0.number, try Population(of: $0.study, in: store)) }
    }

    /// The range of a correlation over the study and those of the others in which both columns were measured of all
    /// networks.
    private static func range(
        _ x: String, _ y: String, _ study: Population, _ others: [Population],
        _ correlation: (Population, String, String) throws(UnknownColumn) -> Correlation?
    ) throws(UnknownColumn) -> Result<Range, NoRange> {
        guard study.isMeasured(x), study.isMeasured(y) else { return .failure(.notMeasured) }
        guard let own = try correlation(study, x, y) else { return .failure(.notMeasured) }
        switch own.outcome {
        case .failure(let undefined): return .failure(.undefined(undefined))
        case .success(let own):
            var all = [own]
            for other in others where other.isMeasured(x) && other.isMeasured(y) {
                if let estimate = try? correlation(other, x, y)?.outcome.get() { all.append(estimate) }
            }
            guard all.count > 1 else { return .failure(.inNoOther) }
            let (values, pValues) = (all.map(\.value), all.map(\.pValue))
            return .success(
                Range(
                    asItIs: own.value, least: values.min() ?? own.value, greatest: values.max() ?? own.value,
                    pValue: own.pValue, leastP: pValues.min() ?? own.pValue, greatestP: pValues.max() ?? own.pValue,
                    count: all.count))
        }
    }
}

extension Population {
    /// Networks that were neither trained nor failed yet, variants aside.
    var missing: Int {
        max(0, planned - models.count - repeats - failed.count - (restriction?.positionsLeftOut ?? 0))
    }

    /// Whether all networks were measured in this column, with a value or without.
    fileprivate func isMeasured(_ column: String) -> Bool {
        (try? self.column(column)).map { $0.measured == models.count } ?? false
    }
}
