import Measures

/// A measure that the study takes of each network.
public struct MeasureSpecification: Sendable, Hashable, Codable {
    /// Its id in the catalogue.
    public var measure: String
    /// The name of its column; the id unless the file says otherwise (`as`).
    public var column: String
    public var options: [String: MeasureOptionValue]

    /// Names that the view `models` has for other things.
    public static let reservedColumns = [
        "study", "version", "position", "label", "seed", "regime", "variant", "status", "reason", "seconds",
        "hyperparameters", "model_id",
    ]

    public init(measure: String, column: String? = nil, options: [String: MeasureOptionValue] = [:]) {
        self.measure = measure
        self.column = column ?? measure
        self.options = options
    }

    private enum CodingKeys: String, CodingKey { case measure, column, options }

    /// Programs that know of no options write none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        measure = try container.decode(String.self, forKey: .measure)
        column = try container.decode(String.self, forKey: .column)
        options = try container.decodeIfPresent([String: MeasureOptionValue].self, forKey: .options) ?? [:]
    }

    /// The options as the catalogue's measures take them.
    public var measureOptions: MeasureOptions {
        var taken = MeasureOptions()
        for (name, value) in options {
            switch value {
            case .integer(let number): taken.integers[name] = number
            case .choice(let word): taken.choices[name] = word
            }
        }
        return taken
    }
}

/// The value of a measure's option.
public enum MeasureOptionValue: Sendable, Hashable, Codable {
    case integer(Int)
    case choice(String)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else {
            self = .choice(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let number): try container.encode(number)
        case .choice(let word): try container.encode(word)
        }
    }
}
