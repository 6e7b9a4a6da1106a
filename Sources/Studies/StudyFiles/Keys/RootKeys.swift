import Measures
import TheoryLabs

/// The keys at the root of a study file, beside the sections that say what its models are.
enum RootKeys {
    static let name = StudyFileKey(
        "name", .text, .optional(otherwise: "the file's name"),
        "lower-case words with hyphens; also the report's folder",
        example: "pair-proxy-mnist")
    static let title = StudyFileKey(
        "title", .text, .optional(otherwise: "the name"), "one line", example: "Pair proxy on MNIST")
    static let source = StudyFileKey(
        "source", .text, .optional(otherwise: "nothing"), "what the study follows", example: "arXiv 2605.05209")
    static let cost = StudyFileKey(
        "cost", .text, .optional(otherwise: "nothing"), "what a run takes, in words", example: "8 s on 2 cores")
    static let population = StudyFileKey(
        "population", .mapping(PopulationKeys.all), .required(hint: "the models' seeds, as {seeds: 0-99}"),
        "which models: seeds, regimes, a grid, rescaled copies", example: "{seeds: 0-99}")
    static let measures = StudyFileKey(
        "measures", .list(of: .either([MeasureKeys.ids, MeasureKeys.entry])),
        .required(hint: "a list of what is measured, as [test_accuracy, hessian_trace]"),
        "what is measured of each model: ids of 'basin measures', or mappings with options",
        example: "[test_accuracy, hessian_trace]")
    static let target = StudyFileKey(
        "target", .text, .optional(otherwise: "test_accuracy"), "the column that the others are correlated with",
        example: "test_accuracy")
    static let published = StudyFileKey(
        "published", .mapping(PublishedKeys.all), .optional(otherwise: "nothing"),
        "published numbers, to be held against the study's own", example: "{source: arXiv 2605.05209v1}")
    static let figures = StudyFileKey(
        "figures", .list(of: .mapping(FigureKeys.all)), .optional(otherwise: "none"), "pictures for the report",
        example: "[{name: phases, kind: scatter, x: radius, y: population_risk}]")
    static let claims = StudyFileKey(
        "claims", .list(of: .mapping(ClaimKeys.all)), .optional(otherwise: "none"),
        "sentences with a number in them, to be held against the models",
        example: "[{claim: It grows., origin: paper, statistic: slope, of: risk, over: steps, at_least: 0.45}]")

    static let all = [name, title, source, cost, population, measures, target, published, figures, claims]
}

/// The keys of an entry of `measures`, beside the measure's own options.
enum MeasureKeys {
    static let measure = StudyFileKey(
        "measure", ids, .required(hint: "the measure's id"), "one of those that 'basin measures' lists",
        example: "hessian_trace_hutchinson")
    static let column = StudyFileKey(
        "as", .text, .optional(otherwise: "the measure's id"), "the name of its column, for a measure taken twice",
        example: "trace_of_100")

    static let all = [measure, column]
    static let ids = StudyFileKey.Kind.choice(MeasureDescription.all.map(\.id))
    static let entry = StudyFileKey.Kind.variants(
        of: all, by: measure.name, MeasureDescription.all.map { .init($0.id, $0.options) })
}
