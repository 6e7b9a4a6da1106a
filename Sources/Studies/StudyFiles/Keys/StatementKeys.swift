import Definitions

/// The keys of an entry of `figures`.
enum FigureKeys {
    static let kind = StudyFileKey(
        "kind", .choice(Figure.Kind.words), .required(hint: Figure.Kind.words.joined(separator: ", ")),
        "what is drawn", example: "scatter")
    static let x = StudyFileKey(
        "x", .text, .required(hint: "the column along the bottom"), "a measure, a hyperparameter or seed",
        example: "hessian_trace")
    static let y = StudyFileKey(
        "y", .text, .required(hint: "the column along the side"), "likewise", example: "test_accuracy")
    static let name = StudyFileKey(
        "name", .text, .required(hint: "a word for the picture's file, as phases"),
        "the picture's file is figure-NAME.svg", example: "phases")
    static let scale = StudyFileKey(
        "scale", .choice(Figure.Scale.words), .optional(otherwise: "linear"), "which axes are logarithmic",
        example: "log-log")
    static let title = StudyFileKey(
        "title", .text, .optional(otherwise: "the name"), "one line above the picture", example: "When does it drift?")
    static let value = StudyFileKey(
        "value", .text, .optional(otherwise: "nothing: needed in a heat map"), "heat map: the column shown as colour",
        example: "population_risk")
    static let by = StudyFileKey(
        "by", .text, .optional(otherwise: "one group"), "curves, scatter: the regime, seed or hyperparameter of groups",
        example: "regime")
    static let boundary = StudyFileKey(
        "boundary", .text, .optional(otherwise: "none"), "heat map: a column with the theory's x of each y",
        example: "critical_radius")
    static let slope = StudyFileKey(
        "slope", .number(.any), .optional(otherwise: "none"), "curves, scatter: the slope expected on log-log axes",
        example: "1")
    static let selection = StudyFileKey(
        "where", .named("regime, seed or hyperparameter", .either([.scalar, .list(of: .scalar)])),
        .optional(otherwise: "all models"), "which models", example: "{regime: sam, radius: [0.1, 0.2]}")

    static let all = [name, title, kind, x, y, value, by, boundary, scale, slope, selection]
}

/// The keys of an entry of `claims`.
enum ClaimKeys {
    static let claim = StudyFileKey(
        "claim", .text, .required(hint: "a sentence"), "one plain sentence", example: "The risk grows with the radius.")
    static let origin = StudyFileKey(
        "origin", .choice(Claim.Origin.words), .required(hint: "who says so: " + list(Claim.Origin.words)),
        "who says so; restated is the paper's instance as others give it", example: "paper")
    static let statistic = StudyFileKey(
        "statistic", .choice(Claim.Statistic.words),
        .required(hint: "the number that is claimed: " + list(Claim.Statistic.words)),
        "value of exactly one model; the others of several", example: "spearman")
    static let of = StudyFileKey(
        "of", .text, .required(hint: "the column that it is about"), "a measure, a hyperparameter or seed",
        example: "population_risk")
    static let over = StudyFileKey(
        "over", .text, .optional(otherwise: "nothing: needed with slope and spearman"), "the second column",
        example: "radius")
    static let selection = FigureKeys.selection
    static let expected = StudyFileKey(
        "expected", .number(.any), .optional(otherwise: "bounds are stated instead"), "the number itself",
        example: "0.5")
    static let tolerance = StudyFileKey(
        "tolerance", .number(.atLeastZero), .optional(otherwise: "nothing: needed with expected"),
        "the difference up to which a measured number agrees", example: "0.01")
    static let atLeast = StudyFileKey(
        "at_least", .number(.any), .optional(otherwise: "no bound"), "the least number that agrees", example: "0.45")
    static let atMost = StudyFileKey(
        "at_most", .number(.any), .optional(otherwise: "no bound"), "the greatest number that agrees", example: "0.55")
    static let limit = StudyFileKey(
        "limit", .text, .optional(otherwise: "nothing"), "what should be known before it is believed",
        example: "Of small steps.")

    static let all = [
        claim, origin, statistic, of, over, selection, expected, tolerance, atLeast, atMost, limit,
    ]

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}

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
