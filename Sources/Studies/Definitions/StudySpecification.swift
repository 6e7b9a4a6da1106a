/// What a study file asks for.
///
/// It splits in two. `definition` is what determines the results, and its digest tells the versions of a study apart.
/// Title, source, cost, target, published figures, the report's figures and claims may change without a new version.
public struct StudySpecification: Sendable, Equatable, Codable {
    /// Lower-case words with hyphens; also the name of the report's folder.
    public var name: String
    public var title: String
    public var source: String
    /// What a run takes, in words.
    public var cost: String
    public var definition: Definition
    /// The column that the others are correlated with.
    public var target: String
    public var published: [PublishedValue]
    /// Pictures for the report, beside those that every report has.
    public var figures: [Figure]
    /// What is to be held against the models.
    public var claims: [Claim]

    public init(
        name: String, title: String, source: String, cost: String, definition: Definition, target: String,
        published: [PublishedValue], figures: [Figure], claims: [Claim]
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.cost = cost
        self.definition = definition
        self.target = target
        self.published = published
        self.figures = figures
        self.claims = claims
    }

    /// All that determines the results.
    public struct Definition: Sendable, Hashable {
        /// In the order in which networks are numbered: a configuration's networks lie side by side.
        public var configurations: [Configuration]
        /// In the order of the file; columns are distinct.
        public var measures: [MeasureSpecification]

        public init(configurations: [Configuration], measures: [MeasureSpecification]) {
            self.configurations = configurations
            self.measures = measures
        }

        /// What its models are; all are of one kind.
        public var kind: ModelKindDescription { ModelKindCatalogue.about(configurations.map(\.model)) }

        /// The study's measure of this column; one that it does not have is the catalogue's of that id.
        public func measure(ofColumn column: String) -> MeasureSpecification {
            measures.first { $0.column == column } ?? MeasureSpecification(measure: column)
        }
    }

    public var configurations: [Configuration] { definition.configurations }
    public var measures: [MeasureSpecification] { definition.measures }
    /// How many networks there are when the study is complete, rescaled copies included.
    public var modelCount: Int { definition.modelCount }
}

extension StudySpecification.Definition {
    /// How many models there are when the study is complete, rescaled copies included.
    public var modelCount: Int { configurations.reduce(0) { $0 + $1.seeds.count } }
}
