/// A number with this many decimals and a true minus sign.
package func fixed(_ number: Double, decimals: Int) -> String {
    NumberFormat.fixed(decimals).string(number).replacing("-", with: "−")
}

/// A whole number in raised digits.
package func superscript(_ number: Int) -> String {
    let digits: [Character: Character] = [
        "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    return String(number.description.map { digits[$0] ?? $0 })
}

/// A p value to two significant digits, with a power of ten below 0.0001: "0.024", "1.3×10⁻⁷".
///
/// The least normal number stands for all that is smaller, as does 0, which no p value is: "< 10⁻³⁰⁷".
package func pValueText(_ p: Double) -> String {
    if p <= .leastNormalMagnitude { return "< 10\(superscript(-307))" }
    let parts = NumberFormat.significant(2).string(p).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return parts.joined() }
    return "\(parts[0])×10\(superscript(exponent))"
}
