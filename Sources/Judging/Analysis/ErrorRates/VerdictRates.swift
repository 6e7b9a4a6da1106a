import Statistics

/// How often each word is said of each kind of measure, over simulated studies.
public struct VerdictRates: Sendable {
    /// Verdicts counted, by truth and word; a measure without a correlation counts under nil.
    public private(set) var counts: [SimulatedStudy.Truth: [Verdict.Word?: Int]] = [:]
    public private(set) var studies = 0

    public init() {}

    public mutating func add(_ study: SimulatedStudy, judgedBy rule: VerdictRule) {
        studies += 1
        for (truth, verdict) in zip(study.truths, rule.judge(study.evidence)) {
            counts[truth, default: [:]][verdict.word, default: 0] += 1
        }
    }

    /// The share of the truth's measures that were called so, with its binomial standard error.
    public func share(_ truth: SimulatedStudy.Truth, called word: Verdict.Word) -> (
        share: Double, standardError: Double
    ) {
        let all = Double(counts[truth]?.values.reduce(0, +) ?? 0)
        guard all > 0 else { return (0, 0) }
        let share = Double(counts[truth]?[word] ?? 0) / all
        return (share, (share * (1 - share) / all).squareRoot())
    }

    public mutating func merge(_ other: VerdictRates) {
        studies += other.studies
        for (truth, words) in other.counts {
            counts[truth, default: [:]].merge(words, uniquingKeysWith: +)
        }
    }
}
