import Simulation
import Statistics

/// How often each word is said of each kind of measure, over simulated studies of one world.
public struct VerdictRates: Sendable, Equatable {
    /// A share of verdicts with its binomial standard error; both 0 where there are no verdicts.
    public struct Share: Sendable, Equatable {
        public let share: Double
        public let standardError: Double

        init(_ count: Int, of all: Int) {
            share = all > 0 ? Double(count) / Double(all) : 0
            standardError = all > 0 ? (share * (1 - share) / Double(all)).squareRoot() : 0
        }
    }

    /// The verdicts on all measures of one truth.
    public struct Row: Sendable, Equatable {
        public let truth: SimulatedTruth
        /// By word; a measure without a correlation counts under nil.
        public fileprivate(set) var counts: [Verdict.Word?: Int] = [:]

        public var verdicts: Int { counts.values.reduce(0, +) }

        public func share(called word: Verdict.Word) -> Share { Share(counts[word] ?? 0, of: verdicts) }

        /// Of verdicts whose word is an error; nil where no word is one.
        public var wrong: Share? {
            guard !truth.wrong.isEmpty else { return nil }
            return Share(
                counts.reduce(0) { $0 + ($1.key.map(truth.wrong.contains) == true ? $1.value : 0) }, of: verdicts)
        }
    }

    /// In the order of the studies' measures.
    public private(set) var rows: [Row] = []
    public private(set) var studies = 0

    public init() {}

    public mutating func add(_ study: SimulatedStudy, judgedBy rule: VerdictRule) {
        studies += 1
        for (measure, verdict) in zip(study.measures, rule.judge(study.evidence)) {
            count(measure.truth, [verdict.word: 1])
        }
    }

    public func row(_ truth: String) -> Row? { rows.first { $0.truth.name == truth } }

    public mutating func merge(_ other: VerdictRates) {
        studies += other.studies
        for row in other.rows { count(row.truth, row.counts) }
    }

    private mutating func count(_ truth: SimulatedTruth, _ words: [Verdict.Word?: Int]) {
        let index = rows.firstIndex { $0.truth == truth } ?? rows.endIndex
        if index == rows.endIndex { rows.append(Row(truth: truth)) }
        rows[index].counts.merge(words, uniquingKeysWith: +)
    }
}
