/// A whole number, a number, a word or a flag: what an option, a setting, a hyperparameter or a point of a grid can be.
///
/// A whole number and a number of the same value are equal, as `2` and `2.0` are, up to 2^53; beyond, numbers are not
/// exact and their JSON differs.
public enum ParameterValue: Sendable {
    case integer(Int)
    case number(Double)
    case word(String)
    case flag(Bool)
}

extension ParameterValue {
    /// Nil for what is no whole number; a number such as 2.0 is one.
    public var integer: Int? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int(exactly: number)
        case .word, .flag: nil
        }
    }

    /// Nil for a word and a flag; a whole number is a number, rounded beyond 2^53.
    public var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        case .word, .flag: nil
        }
    }

    public var word: String? {
        if case .word(let word) = self { word } else { nil }
    }

    public var flag: Bool? {
        if case .flag(let flag) = self { flag } else { nil }
    }
}

extension ParameterValue: Hashable {
    public static func == (left: ParameterValue, right: ParameterValue) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.word(let left), .word(let right)): left == right
        case (.flag(let left), .flag(let right)): left == right
        case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
            exactInteger(number) == integer
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .integer(let integer): hasher.combine(integer)
        case .number(let number):
            if let integer = Self.exactInteger(number) { hasher.combine(integer) } else { hasher.combine(number) }
        case .word(let word): hasher.combine(word)
        case .flag(let flag): hasher.combine(flag)
        }
    }

    /// The whole number that a number is, where every whole number is a number.
    private static func exactInteger(_ number: Double) -> Int? {
        number.magnitude <= 0x1p53 ? Int(exactly: number) : nil
    }
}

/// A bare JSON scalar. Digests hang on it: 2 and 2.0 are both `2`, 0.1 is `0.1`.
extension ParameterValue: Codable {
    /// A number without fraction that fits is a whole number.
    ///
    /// - Throws: `DecodingError` for null, lists and objects.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .word(try container.decode(String.self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let integer): try container.encode(integer)
        case .number(let number): try container.encode(number)
        case .word(let word): try container.encode(word)
        case .flag(let flag): try container.encode(flag)
        }
    }
}

extension ParameterValue: CustomStringConvertible {
    /// "64" for 64 and 64.0, "0.05", "sam", "true".
    public var description: String {
        switch self {
        case .integer(let integer): "\(integer)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .word(let word): word
        case .flag(let flag): "\(flag)"
        }
    }
}

extension ParameterValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral
{
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(stringLiteral value: String) { self = .word(value) }
    public init(booleanLiteral value: Bool) { self = .flag(value) }
}
