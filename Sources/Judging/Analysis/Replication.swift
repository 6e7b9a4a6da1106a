import Definitions
import Parameters
import Results
import Statistics

/// Figures that others published, held against this study's own numbers.
///
/// A published figure is a claim that a paper makes of the models: it is measured and judged as a study's other claims
/// are, once, and the results file, its view `replication` and reports show what was found.
public struct Replication: Sendable {
    /// In the order of the study's file.
    public let evaluations: [ReplicationEvaluation]

    /// - Complexity: O(models) a figure; O(models log models) for a correlation.
    public init(_ published: [PublishedValue], of population: Population) {
        let factors = ModelFactors(of: population)
        evaluations = published.map { ReplicationEvaluation($0, population, factors) }
    }
}

/// A published figure beside this study's own number.
public struct ReplicationEvaluation: Sendable {
    public let published: PublishedValue
    public let measured: MeasuredNumber
    /// Whether the two differ by no more than the tolerance; nil where either is missing.
    public let agrees: Bool?

    init(_ published: PublishedValue, _ population: Population, _ factors: ModelFactors) {
        self.published = published
        let statistic = published.kind.statistic
        measured =
            published.isOfVariant
            ? population.copyMeasured(statistic, published)
            : factors.measure(
                statistic, of: published.measure, over: statistic.isOverAnother ? published.target : nil,
                where: published.selection)
        agrees = measured.value.flatMap { value in
            published.tolerance.map { AcceptedValues.about(published.value, tolerance: $0).contain(value) }
        }
    }
}

extension PublishedValue.Kind {
    /// The number of this study that the figure is to be held against.
    var statistic: SummaryStatistic {
        switch self {
        case .correlation: .spearman
        case .pValue: .spearmanPValue
        case .model: .value
        case .mean: .mean
        case .minimum: .minimum
        case .maximum: .maximum
        }
    }
}

extension PublishedValue {
    fileprivate var isOfVariant: Bool { kind == .model && variant != nil }

    /// The models that the figure is about, variants aside. A seed is a word here: two large ones may be the same
    /// number in double precision.
    fileprivate var selection: ModelSelection {
        var conditions: [String: [ParameterValue]] = [:]
        if let regime { conditions["regime"] = [.word(regime)] }
        if kind == .model { conditions["seed"] = [.word(seed.map(String.init) ?? "")] }
        return ModelSelection(conditions)
    }
}

extension Population {
    /// A figure of one variant of a network, which is no model of its own.
    fileprivate func copyMeasured(_ statistic: SummaryStatistic, _ published: PublishedValue) -> MeasuredNumber {
        let selected = copies.filter { copy in
            copy.variant == published.variant && copy.seed == published.seed
                && (published.regime == nil || copy.regime == published.regime)
        }
        guard !selected.isEmpty else {
            let known = copies.compactMap(\.variant).reduce(into: [String]()) { kept, next in
                if !kept.contains(next) { kept.append(next) }
            }
            let values = [ParameterValue.word(published.variant ?? "")]
            return MeasuredNumber(
                selected: 0, count: 0,
                outcome: .failure(.nothingSelected(.noModelWith(name: "variant", values: values, known: known))))
        }
        let values = selected.map { measurement(published.measure, of: $0.id)?.value }
        return MeasuredNumber(statistic, [Column(published.measure, values)], selected: selected.count)
    }
}
