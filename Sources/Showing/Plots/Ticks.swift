import Foundation
import Typography

/// Round numbers within a range, as an axis marks them, and their labels.
struct Tick: Hashable {
    let value: Double
    let label: String
}

enum Ticks {
    /// At most `limit` multiples of 1, 2 or 5 times a power of ten in `range`, labelled with the same decimals.
    static func linear(in range: ClosedRange<Double>, limit: Int) -> [Tick] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, limit > 0 else { return [] }
        var power = Int(floor(log10(span / Double(limit))))
        while true {
            for factor in [1.0, 2, 5] {
                // Dividing by a power of ten is exact up to 1e22, multiplying by 0.1 is not.
                let multiple: (Double) -> Double =
                    power < 0
                    ? { $0 * factor / pow(10, Double(-power)) } : { $0 * factor * pow(10, Double(power)) }
                let step = multiple(1)
                let first = ceil(range.lowerBound / step - 1e-9)
                let last = floor(range.upperBound / step + 1e-9)
                guard first <= last else { return [] }
                if last - first < Double(limit) {
                    let values = stride(from: first, through: last, by: 1).map(multiple)
                    return zip(values, labels(values, power: power)).map(Tick.init)
                }
            }
            power += 1
        }
    }

    /// Powers of ten in `range`, with their double and fivefold where there is room; linear ticks if it has too few.
    ///
    /// - Precondition: `range` is positive.
    static func logarithmic(in range: ClosedRange<Double>, limit: Int) -> [Tick] {
        func inside(_ value: Double) -> Bool {
            range.contains(value)
                || abs(value / range.lowerBound - 1) < 1e-9 || abs(value / range.upperBound - 1) < 1e-9
        }
        let powers = Int(floor(log10(range.lowerBound)))...Int(ceil(log10(range.upperBound)))
        let between = powers.flatMap { power in
            [1, 2, 5].map { (factor: $0, power: power) }.filter { inside(Double($0.factor) * pow(10, Double(power))) }
        }
        let decades = between.filter { $0.factor == 1 }
        let marks: [(factor: Int, power: Int)]
        if decades.count < 2 {
            return linear(in: range, limit: limit)
        } else if decades.count <= 3, between.count <= limit {
            marks = between
        } else {
            let stride = (decades.count + limit - 1) / max(limit, 1)
            marks = decades.filter { $0.power.isMultiple(of: stride) }
        }
        let isPlain = marks.allSatisfy { (-3...4).contains($0.power) }
        return marks.map { factor, power in
            let value = Double(factor) * pow(10, Double(power))
            let label =
                isPlain
                ? fixed(value, decimals: max(-power, 0))
                : (factor == 1 ? "" : "\(factor)×") + "10" + superscript(power)
            return Tick(value: value, label: label)
        }
    }

    /// A number in a few digits, as a label of its own: "64", "0.05", "1.5×10⁻⁷".
    static func short(_ value: Double, digits: Int = 4) -> String {
        let parts = String(format: "%.*g", digits, value).replacing("-", with: "−").split(separator: "e")
        guard parts.count == 2, let exponent = Int(parts[1].replacing("−", with: "-").replacing("+", with: "")) else {
            return parts.joined()
        }
        if let whole = Int(exactly: value), abs(whole) < 1_000_000 { return "\(whole)".replacing("-", with: "−") }
        return (parts[0] == "1" ? "" : parts[0] == "−1" ? "−" : "\(parts[0])×") + "10" + superscript(exponent)
    }

    /// `power` is that of the step between the values.
    private static func labels(_ values: [Double], power: Int) -> [String] {
        let largest = values.map(abs).max() ?? 0
        guard largest > 0 else { return values.map { fixed($0, decimals: max(-power, 0)) } }
        let exponent = Int(floor(log10(largest) + 1e-9))
        // Ticks that differ in a late digit only, as 1000000.001 and 1000000.002, read best when written out.
        let isLong = exponent - power > 4 && (-4...12).contains(exponent)
        if isLong || (-3..<6).contains(exponent) { return values.map { fixed($0, decimals: max(-power, 0)) } }
        return values.map { value in
            guard value != 0 else { return "0" }
            // One exponent for all: 0.5×10⁷ beside 1.0×10⁷ compares at a glance.
            let mantissa = exponent < 0 ? value * pow(10, Double(-exponent)) : value / pow(10, Double(exponent))
            return fixed(mantissa, decimals: max(exponent - power, 0)) + "×10" + superscript(exponent)
        }
    }
}
