/// One value of a table.
public enum Cell: Sendable, Hashable {
    case text(String)
    /// A text that should catch the eye: bold in Markdown, plain elsewhere.
    case strong(String)
    case integer(Int)
    /// A number; one that is not finite is shown as missing in every format.
    case real(Double)
    /// No value, and why, when that is known. The reason is printed once below a table meant for people.
    case missing(String?)

    /// A missing value without a reason.
    public static let missing = Cell.missing(nil)

    /// The text, or missing for nil.
    public init(_ text: String?, because reason: String? = nil) {
        self = text.map(Cell.text) ?? .missing(reason)
    }

    /// The number, or missing for nil.
    public init(_ number: Int?, because reason: String? = nil) {
        self = number.map(Cell.integer) ?? .missing(reason)
    }

    /// The number, or missing for nil.
    public init(_ number: Double?, because reason: String? = nil) {
        self = number.map(Cell.real) ?? .missing(reason)
    }

    var isNumber: Bool {
        switch self {
        case .integer, .real: true
        case .text, .strong, .missing: false
        }
    }

    /// The cell with numbers that have no decimal notation turned into missing ones.
    var presentable: Cell {
        guard case .real(let number) = self, !number.isFinite else { return self }
        return .missing(number.isNaN ? "not a number" : "infinite")
    }
}

extension Cell: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self = .text(text) }
}

extension Cell: ExpressibleByIntegerLiteral {
    public init(integerLiteral number: Int) { self = .integer(number) }
}

extension Cell: ExpressibleByFloatLiteral {
    public init(floatLiteral number: Double) { self = .real(number) }
}

extension Cell: ExpressibleByNilLiteral {
    public init(nilLiteral: ()) { self = .missing(nil) }
}
