/// A hyperparameter's value: of a model, of a grid, or one that models are selected by.
public enum FactorValue: Sendable, Hashable, Codable, CustomStringConvertible {
    case number(Double)
    case word(String)

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .word(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .word(let word): try container.encode(word)
        }
    }

    /// Nil for a word.
    public var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    public var description: String {
        switch self {
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .word(let word): word
        }
    }
}
