import Statistics

/// Measures of different families held against each other: whether the stronger one of two that a study seems to
/// support is stronger by more than chance. That one correlation is told from zero and another is not does not say so.
public struct Contrast: Sendable {
    /// Which goes closer with the target.
    public enum Outcome: String, Sendable, CaseIterable {
        case first, second
        /// These models do not tell.
        case open
    }

    /// Why two measures are held against each other.
    public enum Choice: String, Sendable {
        /// They are `question`.
        case question
        /// Each has the largest correlation of its family, and the families are the two with the largest ones.
        case strongest
    }

    public struct Pair: Sendable {
        public let first, second: String
        /// As their authors name them.
        public let families: (first: String, second: String)
        public let choice: Choice
        public let comparison: Result<DependentCorrelations, UndefinedComparison>

        /// Told where Williams' test is below 0.05 and the bootstrap's interval of the difference, where one was drawn,
        /// leaves out 0.
        public var outcome: Outcome {
            guard let found = try? comparison.get(), let williams = found.williams, williams.pValue < 0.05 else {
                return .open
            }
            if let bootstrap = found.bootstrap {
                guard let bounds = bootstrap.bounds, bounds.lower > 0 || bounds.upper < 0 else { return .open }
            }
            return found.difference > 0 ? .first : .second
        }
    }

    /// The measures of weakness and of sharpness that stand for their families: what the studies were made to compare.
    public static let question = (first: "pair_proxy", second: "hessian_trace")

    public let target: String
    /// The question, where the study measured both; then the strongest pair, where it is another one.
    public let pairs: [Pair]

    /// - Parameter correlations: of the population's measures with the target.
    /// - Throws: `UnknownColumn`.
    public init(of population: Population, _ correlations: MeasureCorrelations) throws(UnknownColumn) {
        target = correlations.target
        var strongest: [(measure: String, family: String, size: Double)] = []
        let candidates = correlations.rows.compactMap { row -> (measure: String, family: String, size: Double)? in
            guard row.mayPredict, let rho = row.correlation.estimate, let about = population.about(row.measure) else {
                return nil
            }
            return (row.measure, about.family, abs(rho))
        }
        // Of equal ones the first of the catalogue.
        for candidate in candidates {
            if let place = strongest.firstIndex(where: { $0.family == candidate.family }) {
                if candidate.size > strongest[place].size { strongest[place] = candidate }
            } else {
                strongest.append(candidate)
            }
        }
        strongest = strongest.enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
            .map(\.element)

        var chosen: [(first: String, second: String, choice: Choice)] = []
        let (first, second) = Self.question
        if ![first, second].contains(target), [first, second].allSatisfy(population.columns.contains) {
            chosen.append((first, second, .question))
        }
        if strongest.count > 1 {
            let (first, second) = (strongest[0].measure, strongest[1].measure)
            if !chosen.contains(where: { Set([$0.first, $0.second]) == [first, second] }) {
                chosen.append((first, second, .strongest))
            }
        }
        var pairs: [Pair] = []
        for (first, second, choice) in chosen {
            pairs.append(
                Pair(
                    first: first, second: second,
                    families: (population.about(first)?.family ?? "", population.about(second)?.family ?? ""),
                    choice: choice,
                    comparison: try PredictorPair(first, second, with: target, of: population).comparison))
        }
        self.pairs = pairs
    }
}
