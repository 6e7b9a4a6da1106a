import Foundation

/// How a real number is written for people (formats for machines always give all digits).
public enum NumberFormat: Sendable, Hashable {
    /// This many significant digits, trailing zeros kept: 0.3740, 12.35, 1.235e-30.
    ///
    /// Digits before the decimal point are never dropped below ten million (1234567 stays whole); numbers from there
    /// on, or under 0.0001, are written with an exponent.
    case significant(Int)
    /// This many digits after the decimal point; for columns whose numbers share a scale, as correlations do.
    case fixed(Int)
    /// The shortest notation that reads back as the same number.
    case exact

    /// `number` in this format, the same on every machine and in every locale; "nan" and "inf" when it is not finite.
    ///
    /// A negative number that rounds to zero loses its sign. A digit count outside 1...17 (0...17 if fixed) is clamped.
    public func string(_ number: Double) -> String {
        guard number.isFinite else { return number.description }
        switch self {
        case .exact:
            return number.description
        case .fixed(let digits):
            return withoutNegativeZero(printf("%.*f", min(max(digits, 0), 17), number))
        case .significant(let digits):
            return significant(min(max(digits, 1), 17), number)
        }
    }

    private func significant(_ digits: Int, _ number: Double) -> String {
        guard number != 0 else { return "0" }
        // The exponent after rounding: 9.9996 to four digits is 10.00, not 10.000.
        let scientific = printf("%.*e", digits - 1, number)
        guard let mark = scientific.lastIndex(of: "e"), let exponent = Int(scientific[scientific.index(after: mark)...])
        else { return scientific }
        guard (-4..<7).contains(exponent) else { return "\(scientific[..<mark])e\(exponent)" }
        return withoutNegativeZero(printf("%.*f", max(digits - 1 - exponent, 0), number))
    }

    private func printf(_ format: String, _ digits: Int, _ number: Double) -> String {
        String(format: format, digits, number)
    }

    private func withoutNegativeZero(_ text: String) -> String {
        text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
    }
}
