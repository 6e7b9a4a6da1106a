import Definitions
import Diagnostics
import Documents
import Measures
import Randomness
import TheoryLabs

/// Turns a study file's YAML into a specification. Defaults are those of a new study: the native stream, seed 0.
struct SpecificationReader {
    /// A specification that counts only if nothing was noted.
    ///
    /// - Parameter folder: where files lie that the study file names.
    func study(_ reader: MappingReader, defaultName: String, in folder: StudyFolder) -> StudySpecification {
        let name = reader.text(RootKeys.name) ?? defaultName
        if let problem = NameRule.study.problem(with: name) {
            let message = "'\(name.shortened)' \(problem)"
            if reader.value("name") == nil {
                reader.problems.add(message, at: reader.node)
            } else {
                reader.complain("name", message)
            }
        }
        let title = reader.text(RootKeys.title) ?? name
        let source = reader.text(RootKeys.source) ?? ""
        let cost = reader.text(RootKeys.cost) ?? ""

        let kind = ModelKindCatalogue.kind(of: reader)
        checkSections(reader, of: kind)
        let configurations = kind.configurations(reader, in: folder)

        reader.require(RootKeys.measures)
        let (factors, known) = facts(of: kind, configurations, reader)
        let taken = measureList(reader, known: known)
        let columns = taken.map(\.column)
        let target = reader.text(RootKeys.target) ?? "test_accuracy"
        if !columns.isEmpty, !columns.contains(target) {
            let message =
                "is '\(target.shortened)', which is not among the measures. \(suggestion(for: target, among: columns))"
            reader.complain("target", message)
        }
        let published = PublishedReader(
            columns: columns, regimes: configurations.compactMap(\.regime).distinct,
            variants: configurations.compactMap(\.variant?.description).distinct, target: target
        ).figures(reader.mapping(RootKeys.published))
        let names = StudyColumns(
            measures: columns, factors: Self.factors(factors, configurations),
            words: Self.words(factors, configurations),
            regimes: configurations.compactMap(\.regime).distinct)
        let figures = FiguresReader(columns: names).figures(reader, RootKeys.figures.name)
        let claims = ClaimsReader(columns: names).claims(reader, RootKeys.claims.name)
        reader.finish()
        return StudySpecification(
            name: name, title: title, source: source, cost: cost,
            definition: .init(configurations: configurations, measures: taken),
            target: target, published: published, figures: figures, claims: claims)
    }

    /// A kind's sections must be there, and those of others must not.
    private func checkSections(_ reader: MappingReader, of kind: any ReadableKind.Type) {
        let own = kind.about.sections.map(\.key)
        for section in kind.about.sections { reader.require(section.key, section.example) }
        for other in ModelKindCatalogue.readable where other != kind {
            for section in other.about.sections where !own.contains(section.key) && reader.value(section.key) != nil {
                reader.complain(
                    section.key, "is of \(other.about.unit), and '\(own[0])' is there: leave one of them out")
            }
        }
    }

    /// The hyperparameters and the measures that the study's models have.
    private func facts<Kind: ReadableKind>(
        of kind: Kind.Type, _ configurations: [Configuration], _ reader: MappingReader
    ) -> (factors: [ModelFactor], measures: [MeasureDescription]) {
        let models = configurations.compactMap { $0.model.of(kind) }
        if let (section, problem) = kind.disagreement(among: models) { reader.complain(section, problem) }
        let factors = kind.factors(of: models)
        // A bundle's name stands beside the models' own hyperparameters.
        let own = factors.map(\.name) + kind.keys.flatMap(\.namesWithin)
        for name in Set(configurations.flatMap(\.values.keys)).intersection(own).sorted() {
            reader.complain("population", "'\(name)' is a hyperparameter of its own: give the bundles another name")
        }
        return (factors, kind.measures(of: models))
    }

    /// The hyperparameters of the study's models, and what the grid varies.
    private static func factors(_ standing: [ModelFactor], _ configurations: [Configuration]) -> [String] {
        (standing.map(\.name) + configurations.flatMap { $0.namedValues.map(\.name) }).distinct
    }

    /// Of these, what is a word: one that is declared so, or a key whose values in the grid are words.
    private static func words(_ standing: [ModelFactor], _ configurations: [Configuration]) -> Set<String> {
        let varied = configurations.flatMap { configuration in
            configuration.namedValues.compactMap { $0.value.number == nil ? $0.name : nil }
        }
        return Set(standing.filter(\.isWord).map(\.name) + varied)
    }

    private func measureList(_ reader: MappingReader, known: [MeasureDescription]) -> [MeasureSpecification] {
        let nodes = reader.list(RootKeys.measures) ?? []
        reader.requireElements("measures")
        var taken: [MeasureSpecification] = []
        var columns: Set<String> = []
        for (index, node) in nodes.enumerated() {
            guard let measure = measure(node, among: known, name: "measures[\(index + 1)]", problems: reader.problems)
            else { continue }
            if !columns.insert(measure.column).inserted {
                reader.complain(
                    "measures", "a column '\(measure.column)' is there already; name this one with 'as'", at: node)
            }
            taken.append(measure)
        }
        return taken
    }

    private func measure(
        _ node: YAMLNode, among descriptions: [MeasureDescription], name: String, problems: Problems
    ) -> MeasureSpecification? {
        if let id = node.text {
            return knownMeasure(id, among: descriptions, at: node, problems: problems).map {
                MeasureSpecification(of: $0)
            }
        }
        guard let reader = MappingReader(node, name: name, problems: problems) else { return nil }
        reader.require(MeasureKeys.measure)
        let column = reader.text(MeasureKeys.column)
        guard let id = reader.text(MeasureKeys.measure),
            let known = knownMeasure(id, among: descriptions, at: reader.value("measure") ?? node, problems: problems)
        else { return nil }
        if let column, let problem = NameRule.column.problem(with: column) {
            reader.complain(MeasureKeys.column, "'\(column.shortened)' \(problem)")
        }
        let options = reader.stated(known.options)
        reader.finish()
        return MeasureSpecification(of: known, column: column, options: options)
    }

    private func knownMeasure(
        _ id: String, among descriptions: [MeasureDescription], at node: YAMLNode, problems: Problems
    ) -> MeasureDescription? {
        if let known = descriptions.first(where: { $0.id == id }) { return known }
        problems.add(
            "there is no measure '\(id.shortened)'. \(suggestion(for: id, among: descriptions.map(\.id)))", at: node)
        return nil
    }
}

extension [String] {
    /// Each word once, in the order of first appearance.
    fileprivate var distinct: [String] {
        var known: Set<String> = []
        return filter { known.insert($0).inserted }
    }
}

// MARK: Keys

/// The keys at the root of a study file, beside the sections that say what its models are; `population` is one of
/// those.
enum RootKeys {
    static let name = StudyFileKey(
        "name", .text, .optional(otherwise: "the file's name"),
        "lower-case words with hyphens, at most 100 characters; not published, no -rounding-N; the report's folder",
        example: "pair-proxy-mnist")
    static let title = StudyFileKey(
        "title", .text, .optional(otherwise: "the name"), "one line", example: "Pair proxy on MNIST")
    static let source = StudyFileKey(
        "source", .text, .optional(otherwise: "nothing"), "what the study follows", example: "arXiv 2605.05209")
    static let cost = StudyFileKey(
        "cost", .text, .optional(otherwise: "nothing"), "what a run takes, in words", example: "8 s on 2 cores")
    static let population = StudyFileKey(
        "population", .mapping(PopulationKeys.all), .required(hint: "the models' seeds, as {seeds: 0-99}"),
        "which models: seeds, regimes, a grid, rescaled copies, snapshots", example: "{seeds: 0-99}")
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

    static let all = [name, title, source, cost, measures, target, published, figures, claims]
}

/// The keys of an entry of `measures`, beside the measure's own options.
enum MeasureKeys {
    static let measure = StudyFileKey(
        "measure", ids, .required(hint: "the measure's id"), "one of those that 'basin measures --labs' lists",
        example: "hessian_trace_hutchinson")
    static let column = StudyFileKey(
        "as", .text, .optional(otherwise: "the measure's id"), "the name of its column, for a measure taken twice",
        example: "trace_of_100")

    static let all = [measure, column]
    static let ids = StudyFileKey.Kind.choice(MeasureDescription.all.map(\.id))
    static let entry = StudyFileKey.Kind.variants(
        of: all, by: measure.name, help: "basin measures ID", MeasureDescription.all.map { .init($0.id, $0.options) })
}
