import Measures
import Parameters

/// A way of making models, all but the seed: what a configuration's models are.
///
/// A conforming type is a kind of models, and a value of it what a study says of them: what determines them, how one is
/// made of a seed, what can be measured of it. `TrainedNetworks`, `LabModels` and `ImportedNetworks` are three. A new
/// kind is a file with such a type, a line in `ModelKindCatalogue`, and its reader in StudyFiles (`ReadableKind`).
///
/// As JSON a value writes its sections (`about.sections`) beside the other keys of a configuration.
public protocol ModelKind: Sendable, Hashable, Codable {
    /// What the kind is, for readers of files and of reports.
    static var about: ModelKindDescription { get }

    /// Digest of all that determines the model of a seed, and of nothing else.
    ///
    /// Models of two versions of a study, or of two studies, with equal digests are the same model.
    func digest(seed: UInt64) throws -> String

    /// Hyperparameters that are worth asking for in SQL, by name.
    var facts: [String: ParameterValue] { get }

    /// The points that its models are made of; nil for models without data.
    var data: DataSpecification? { get }

    /// How long a model is trained for at most; nil for one that is not trained.
    var epochs: Int? { get }

    /// What is written down of each training on its way; nil for nothing.
    var history: HistorySpecification? { get }

    /// Hidden layers that a copy can have rescaled, numbered from 1.
    var hiddenLayers: Int { get }

    /// The number of the arithmetic in which they are made; 0 for models as their study has them.
    var rounding: Int { get }

    /// The same models in another arithmetic, in the study's own for 0; nil for a kind in which rounding decides
    /// nothing that a seed does not.
    func rounded(_ number: Int) -> Self?

    /// The hyperparameters that models of a study have: what its figures and claims may name.
    static func factors(of models: [Self]) -> [ModelFactor]

    /// Hyperparameters, in groups, of those of a study's models that have none of a group among their facts: what is
    /// not said of a model alone and is beside others, as the rule of plain descent beside other rules.
    static func unsaidFacts(of models: [Self]) -> [[String: ParameterValue]]

    /// The measures that models of a study offer.
    static func measures(of models: [Self]) -> [MeasureDescription]

    /// Why these cannot be models of one study, at which section of its file; nil where they can.
    static func disagreement(among models: [Self]) -> (section: String, problem: String)?

    /// Whether the measure is one of the population: taken of all models together, from what it keeps of each.
    func isOfPopulation(_ measure: MeasureSpecification) -> Bool

    /// A measure's values from what it kept of members of a population, in their order.
    func evaluate(_ measure: MeasureSpecification, over members: [PopulationMember]) -> [MeasuredValue]

    /// Ready to make models.
    func prepared(on materials: StudyMaterials) throws -> any ModelMaker
}

extension ModelKind {
    public static func unsaidFacts(of models: [Self]) -> [[String: ParameterValue]] { [] }
    public var data: DataSpecification? { nil }
    public var epochs: Int? { nil }
    public var history: HistorySpecification? { nil }
    public var hiddenLayers: Int { 0 }
    public var rounding: Int { 0 }
    public func rounded(_ number: Int) -> Self? { nil }
    public static func disagreement(among models: [Self]) -> (section: String, problem: String)? { nil }
    public func isOfPopulation(_ measure: MeasureSpecification) -> Bool { false }

    public func evaluate(_ measure: MeasureSpecification, over members: [PopulationMember]) -> [MeasuredValue] {
        members.map { _ in MeasuredValue(.undefined, reason: "'\(measure.measure)' is no measure of a population") }
    }

    /// Checks that its models offer the measure.
    ///
    /// - Throws: `UnknownMeasure` with the nearest id.
    func check(_ measure: MeasureSpecification) throws(UnknownMeasure) {
        let known = Self.measures(of: [self]).map(\.id)
        guard known.contains(measure.measure) else { throw UnknownMeasure(id: measure.measure, known: known) }
    }
}

/// What a kind of models is.
public struct ModelKindDescription: Sendable {
    /// A section of a study file, and of a configuration's JSON, that says what the models are.
    public struct Section: Sendable {
        public let key: String
        /// What to write there, for a file that lacks it.
        public let example: String

        public init(_ key: String, _ example: String) {
            self.key = key
            self.example = example
        }
    }

    /// All must be there. The first tells the kind: no kind that stands behind this one in the catalogue has it.
    public let sections: [Section]
    /// What models are called: "networks".
    public let unit: String
    /// The same where a reader has not met them yet: "trained networks".
    public let inWords: String
    /// Whether models are drawn by their seeds, so that a study of them is a sample, whose p values and verdicts a run
    /// records. False for models that somebody chose one by one.
    public let isDrawn: Bool
    /// Whether a study may have variants of its models: copies with a hidden layer rescaled, and snapshots.
    public let hasVariants: Bool
    /// What to know of an estimated cost; empty for nothing.
    public let costRemark: String
    /// What is kept of models under way when a run is interrupted, to go on after "what was finished is kept".
    public let interruptionRemark: String

    public init(
        sections: [Section], unit: String, inWords: String, isDrawn: Bool, hasVariants: Bool = false,
        costRemark: String = "", interruptionRemark: String = ""
    ) {
        self.sections = sections
        self.unit = unit
        self.inWords = inWords
        self.isDrawn = isDrawn
        self.hasVariants = hasVariants
        self.costRemark = costRemark
        self.interruptionRemark = interruptionRemark
    }
}

/// A hyperparameter that all models of a study have.
public struct ModelFactor: Sendable, Hashable {
    public let name: String
    /// Whether its values are words.
    public let isWord: Bool

    public init(_ name: String, isWord: Bool = false) {
        self.name = name
        self.isWord = isWord
    }
}
