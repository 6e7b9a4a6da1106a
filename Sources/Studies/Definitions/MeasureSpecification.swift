import Measures
import Parameters
import TheoryLabs

/// A measure that the study takes of each model.
public struct MeasureSpecification: Sendable, Hashable {
    /// Its id in the catalogue.
    public let measure: String
    /// The name of its column; the id unless the file says otherwise (`as`).
    public let column: String
    /// As the definition's JSON has them: without those at their defaults, except what is always written. A default
    /// that is stated and one that is left out are the same study; see `[Parameter].canonical(_:)`.
    public let options: [String: ParameterValue]

    /// Names that the view `models` has for other things.
    public static let reservedColumns = [
        "study", "version", "position", "label", "seed", "regime", "variant", "status", "reason", "seconds",
        "hyperparameters", "model_id",
    ]

    /// - Parameter options: those that are stated.
    public init(measure: String, column: String? = nil, options: [String: ParameterValue] = [:]) {
        self.init(
            measure, declaring: Self.about(measure)?.options ?? [], column: column, options: options)
    }

    /// - Parameter options: those that are stated.
    public init(of about: MeasureDescription, column: String? = nil, options: [String: ParameterValue] = [:]) {
        self.init(about.id, declaring: about.options, column: column, options: options)
    }

    private init(
        _ measure: String, declaring declared: [Parameter], column: String?, options: [String: ParameterValue]
    ) {
        self.measure = measure
        self.column = column ?? measure
        self.options = declared.canonical(options)
    }

    /// What the measure states of itself; nil for one that this program does not have.
    public var about: MeasureDescription? { Self.about(measure) }

    private static func about(_ measure: String) -> MeasureDescription? {
        MeasureDescription.all.first { $0.id == measure }
    }
}

extension MeasureSpecification: Codable {
    private enum CodingKeys: String, CodingKey { case measure, column, options }

    /// Programs that know of no options write none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            measure: try container.decode(String.self, forKey: .measure),
            column: try container.decode(String.self, forKey: .column),
            options: try container.decodeIfPresent([String: ParameterValue].self, forKey: .options) ?? [:])
    }
}
