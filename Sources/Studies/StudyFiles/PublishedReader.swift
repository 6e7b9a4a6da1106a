import Definitions
import Diagnostics
import Documents

/// Reads a study file's `published` section: figures to be held against the study's own.
///
///     published:
///       source: arXiv 2605.05209v1
///       correlations:                      # Spearman's rho with the target
///         - {measure: pair_proxy, value: 0.3744, p: 1.244e-4, tolerance: 0.01}
///       summary:                           # over all networks
///         - {measure: test_accuracy, mean: 0.7625, minimum: 0.7143, maximum: 0.7978, tolerance: 0.0005}
///       tolerances: {test_accuracy: 0.0005}
///       models:                            # single networks, by column
///         - {seed: 0, test_accuracy: 0.7508, pair_proxy: 894}
///
/// Entries of `summary` and `models` may name a `regime`, those of `models` a `variant` as well: "layer 1 x 2".
struct PublishedReader {
    /// The study's columns.
    let columns: [String]
    /// The names of its regimes.
    let regimes: [String]
    /// What its rescaled copies are called.
    let variants: [String]
    let target: String

    func figures(_ reader: MappingReader?) -> [PublishedValue] {
        guard let reader else { return [] }
        let source = reader.text(PublishedKeys.source) ?? ""
        var figures: [PublishedValue] = []
        for entry in reader.mappings(PublishedKeys.correlations) { figures += correlation(entry, source: source) }
        for entry in reader.mappings(PublishedKeys.summary) { figures += summary(entry, source: source) }
        let tolerances = self.tolerances(reader.mapping(PublishedKeys.tolerances))
        for entry in reader.mappings(PublishedKeys.models) {
            figures += model(entry, tolerances: tolerances, source: source)
        }
        reader.finish()
        return figures
    }

    private func correlation(_ entry: MappingReader, source: String) -> [PublishedValue] {
        let column = self.column(entry)
        entry.require(PublishedKeys.value)
        let value = entry.number(PublishedKeys.value)
        let p = entry.number(PublishedKeys.p)
        let tolerance = self.tolerance(entry, PublishedKeys.tolerance.name)
        let ownSource = entry.text(PublishedKeys.source) ?? source
        entry.finish()
        guard let column, let value else { return [] }
        var figures = [
            PublishedValue(
                kind: .correlation, measure: column, target: target, value: value, tolerance: tolerance,
                source: ownSource)
        ]
        if let p {
            figures.append(
                PublishedValue(kind: .pValue, measure: column, target: target, value: p, source: ownSource))
        }
        return figures
    }

    private func summary(_ entry: MappingReader, source: String) -> [PublishedValue] {
        let column = self.column(entry)
        let values: [(PublishedValue.Kind, Double?)] = [
            (.mean, entry.number(PublishedKeys.mean)), (.minimum, entry.number(PublishedKeys.minimum)),
            (.maximum, entry.number(PublishedKeys.maximum)),
        ]
        let tolerance = self.tolerance(entry, PublishedKeys.tolerance.name)
        let ownSource = entry.text(PublishedKeys.source) ?? source
        let regime = self.regime(entry)
        entry.finish()
        if values.allSatisfy({ $0.1 == nil }) {
            entry.problemHere("states none of mean, minimum, maximum")
        }
        guard let column else { return [] }
        return values.compactMap { kind, value in
            value.map {
                PublishedValue(
                    kind: kind, measure: column, regime: regime, value: $0, tolerance: tolerance, source: ownSource)
            }
        }
    }

    private func model(_ entry: MappingReader, tolerances: [String: Double], source: String) -> [PublishedValue] {
        entry.require(PublishedKeys.seed)
        let seed = entry.seed(PublishedKeys.seed)
        let ownSource = entry.text(PublishedKeys.source) ?? source
        let regime = self.regime(entry)
        let variant = variants.isEmpty ? nil : entry.choice(PublishedKeys.variant.name, among: variants)
        // In the order of the file, which is that of the replication table.
        let figures = entry.keys.filter(columns.contains).compactMap { column in
            entry.number(column).map {
                PublishedValue(
                    kind: .model, measure: column, regime: regime, seed: seed, variant: variant, value: $0,
                    tolerance: tolerances[column], source: ownSource)
            }
        }
        for column in columns { _ = entry.value(column) }  // names to suggest for an unknown one
        entry.finish()
        return figures
    }

    private func tolerances(_ reader: MappingReader?) -> [String: Double] {
        guard let reader else { return [:] }
        var tolerances: [String: Double] = [:]
        for column in columns { tolerances[column] = tolerance(reader, column) }
        reader.finish()
        return tolerances
    }

    private func regime(_ entry: MappingReader) -> String? {
        regimes.isEmpty ? nil : entry.choice(PublishedKeys.regime.name, among: regimes)
    }

    private func tolerance(_ reader: MappingReader, _ key: String) -> Double? {
        reader.number(key, NumberRange.atLeastZero.text, where: NumberRange.atLeastZero.allows)
    }

    /// The entry's `measure`, which must be one of the study's columns.
    private func column(_ entry: MappingReader) -> String? {
        entry.require(PublishedKeys.measure)
        guard let name = entry.text(PublishedKeys.measure) else { return nil }
        guard columns.contains(name) else {
            entry.complain(
                "measure",
                "is '\(name.shortened)', which is not among the measures. \(suggestion(for: name, among: columns))")
            return nil
        }
        return name
    }
}

// MARK: Keys

/// The keys of `published` and of the entries of its lists.
enum PublishedKeys {
    static let source = StudyFileKey(
        "source", .text, .optional(otherwise: "nothing"), "where the numbers stand; an entry may state its own",
        example: "arXiv 2605.05209v1, Table 1")
    static let tolerance = StudyFileKey(
        "tolerance", .number(.atLeastZero), .optional(otherwise: "agreement is not judged"),
        "the difference up to which a measured number agrees", example: "0.01")
    static let measure = StudyFileKey(
        "measure", .text, .required(hint: "the column that the figure is about"), "one of the study's columns",
        example: "pair_proxy")
    static let value = StudyFileKey(
        "value", .number(.correlation), .required(hint: "the published coefficient"),
        "Spearman's rho with the target", example: "0.3744")
    static let p = StudyFileKey(
        "p", .number(.probability), .optional(otherwise: "none was published"), "its two-sided p", example: "1.2e-4")
    static let mean = StudyFileKey(
        "mean", .number(.any), .optional(otherwise: "none was published"), "over the models", example: "0.7625")
    static let minimum = StudyFileKey(
        "minimum", .number(.any), .optional(otherwise: "none was published"), "over the models", example: "0.7143")
    static let maximum = StudyFileKey(
        "maximum", .number(.any), .optional(otherwise: "none was published"), "over the models", example: "0.7978")
    static let regime = StudyFileKey(
        "regime", .text, .optional(otherwise: "all regimes"), "one of the study's regimes", example: "small-batch")
    static let seed = StudyFileKey(
        "seed", .seed, .required(hint: "the network's seed"), "which network", example: "0")
    static let variant = StudyFileKey(
        "variant", .text, .optional(otherwise: "the network itself"), "which rescaled copy of it",
        example: "layer 1 x 2")

    static let correlation = [measure, value, p, tolerance, source]
    static let summaryEntry = [measure, mean, minimum, maximum, tolerance, source, regime]
    static let model = [seed, source, regime, variant]

    static let correlations = StudyFileKey(
        "correlations", .list(of: .mapping(correlation)), .optional(otherwise: "none"), "correlations with the target",
        example: "[{measure: pair_proxy, value: 0.3744, tolerance: 0.01}]")
    static let summary = StudyFileKey(
        "summary", .list(of: .mapping(summaryEntry)), .optional(otherwise: "none"), "means, least and greatest values",
        example: "[{measure: test_accuracy, mean: 0.7625, tolerance: 0.0005}]")
    static let tolerances = StudyFileKey(
        "tolerances", .named("column", .number(.atLeastZero)), .optional(otherwise: "agreement is not judged"),
        "the tolerance of each column of models", example: "{test_accuracy: 0.0005}")
    static let models = StudyFileKey(
        "models", .list(of: .either([.mapping(model), .named("column", .number(.any))])), .optional(otherwise: "none"),
        "single networks: the numbers of some columns beside the seed",
        example: "[{seed: 0, test_accuracy: 0.7508, pair_proxy: 894}]")

    static let all = [source, correlations, summary, tolerances, models]
}
