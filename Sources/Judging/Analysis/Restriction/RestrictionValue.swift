/// A number or a word, as SQLite has them; a missing value is nil.
enum RestrictionValue: Sendable {
    case integer(Int64)
    case real(Double)
    case word(String)

    /// Nil for a word.
    var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .real(let real): real
        case .word: nil
        }
    }

    var isNumber: Bool { number != nil }

    /// -1, 0 or 1 for less, equal and greater: whole numbers exactly, also beside others, words by their bytes.
    ///
    /// - Precondition: both are numbers, or both are words.
    func order(to other: RestrictionValue) -> Int {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): Self.order(left, right)
        case (.real(let left), .real(let right)): Self.order(left, right)
        case (.integer(let left), .real(let right)): Self.order(left, right)
        case (.real(let left), .integer(let right)): -Self.order(right, left)
        case (.word(let left), .word(let right)):
            left.utf8.elementsEqual(right.utf8) ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        default: preconditionFailure("a number and a word have no order")
        }
    }

    private static func order<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }

    /// A whole number may have more digits than a real one keeps.
    private static func order(_ whole: Int64, _ real: Double) -> Int {
        // -2^63 is a whole number; 2^63 is greater than all.
        if real >= 0x1p63 { return -1 }
        if real < -0x1p63 { return 1 }
        let parts = order(whole, Int64(real))
        return parts != 0 ? parts : order(Double(whole), real)
    }
}
