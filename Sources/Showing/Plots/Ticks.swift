import Foundation
import Typography

/// A round number within a range, as an axis marks it.
struct Tick: Hashable {
    /// In the axis' own unit: the value, or its logarithm to base 10.
    let place: Double
    let label: String
}

enum Ticks {
    /// Sets of ticks from the densest to the sparsest, the best kind first.
    ///
    /// - Parameters:
    ///   - range: of the axis, in its own unit; wider than rounding.
    ///   - exponent: that of the power of ten in which a linear axis counts.
    static func choices(in range: ClosedRange<Double>, isLogarithmic: Bool, exponent: Int) -> [[Tick]] {
        let limits = stride(from: 9, through: 1, by: -1)
        guard isLogarithmic else { return limits.map { linear(in: range, exponent: exponent, limit: $0) } }
        let marks = DecadeMarks(in: range)
        // Where powers of ten are few, their double and fivefold as well, or their threefold.
        let between = [marks, DecadeMarks(in: range, factors: [1, 3])].map(\.all).filter {
            (3...9).contains($0.count) && marks.decades.count <= 2
        }.map(marks.ticks)
        if marks.decades.count >= 2 { return between + limits.map { marks.ticks(limit: $0) } }
        // Round numbers of equal steps, or what marks there are.
        let lowest = range.lowerBound.rounded(.down)
        let shifted = pow(10, range.lowerBound - lowest)...pow(10, range.upperBound - lowest)
        let exact = abs(lowest) <= 280 ? pow(10, range.lowerBound)...pow(10, range.upperBound) : shifted
        let exponent = abs(lowest) <= 280 ? 0 : Int(lowest)
        let evenSteps = limits.map { limit in
            linear(in: exact, exponent: exponent, limit: limit).map {
                Tick(place: log10($0.place) + Double(exponent), label: $0.label)
            }
        }
        return between + evenSteps + [marks.ticks(marks.all)]
    }

    /// At most `limit` multiples of 1, 2 or 5 times a power of ten in `range`, labelled with the same decimals.
    ///
    /// - Parameter exponent: the numbers of the range are to be read times ten to this power.
    static func linear(in range: ClosedRange<Double>, exponent: Int = 0, limit: Int) -> [Tick] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite, limit > 0 else { return [] }
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
                    return zip(values, labels(values, power: power, unit: exponent)).map(Tick.init)
                }
            }
            power += 1
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

    /// Different numbers in as few digits as tell them apart, but four at least.
    /// - Complexity: O(values), seldom more than once.
    static func short(_ values: [Double]) -> [String] {
        let distinct = Set(values).count
        for digits in 4..<17 {
            let labels = values.map { short($0, digits: digits) }
            if Set(labels).count >= distinct { return labels }
        }
        return values.map { short($0, digits: 17) }
    }

    /// - Parameters:
    ///   - power: that of the step between the values.
    ///   - unit: the power of ten that the values are counted in.
    private static func labels(_ values: [Double], power: Int, unit: Int) -> [String] {
        let largest = values.map(abs).max() ?? 0
        guard largest > 0 else { return values.map { fixed($0, decimals: max(-power, 0)) } }
        let exponent = Int(floor(log10(largest) + 1e-9))
        if unit == 0 {
            // Ticks that differ in a late digit only, as 1000000.001 and 1000000.002, read best when written out.
            let isLong = exponent - power > 4 && (-4...12).contains(exponent)
            if isLong || (-3..<6).contains(exponent) { return values.map { fixed($0, decimals: max(-power, 0)) } }
        }
        return values.map { value in
            guard value != 0 else { return "0" }
            // One exponent for all: 0.5×10⁷ beside 1.0×10⁷ compares at a glance.
            let mantissa = exponent < 0 ? value * pow(10, Double(-exponent)) : value / pow(10, Double(exponent))
            return fixed(mantissa, decimals: max(exponent - power, 0)) + "×10" + superscript(exponent + unit)
        }
    }
}

/// The powers of ten within a range of logarithms, with their double and fivefold.
private struct DecadeMarks {
    typealias Mark = (factor: Int, power: Int)
    let all: [Mark]
    var decades: [Mark] { all.filter { $0.factor == 1 } }

    init(in range: ClosedRange<Double>, factors: [Int] = [1, 2, 5]) {
        // A mark at the border belongs to it, whatever rounding does to either.
        let wider = range.lowerBound - 4e-10...range.upperBound + 4e-10
        all = (Int(floor(wider.lowerBound))...Int(ceil(wider.upperBound))).flatMap { power in
            factors.map { (factor: $0, power: power) }.filter { wider.contains(Self.place($0)) }
        }
    }

    /// All where there is room, or every decade, or every second, third, … one.
    func ticks(limit: Int) -> [Tick] {
        if decades.count <= 3, all.count <= limit { return ticks(all) }
        let stride = (decades.count + limit - 1) / max(limit, 1)
        return ticks(decades.filter { $0.power.isMultiple(of: stride) })
    }

    func ticks(_ marks: [Mark]) -> [Tick] {
        let isPlain = marks.allSatisfy { (-4...5).contains($0.power) }
        return marks.map { factor, power in
            let label =
                isPlain
                ? fixed(Double(factor) * pow(10, Double(power)), decimals: max(-power, 0))
                : (factor == 1 ? "" : "\(factor)×") + "10" + superscript(power)
            return Tick(place: Self.place((factor, power)), label: label)
        }
    }

    private static func place(_ mark: Mark) -> Double { log10(Double(mark.factor)) + Double(mark.power) }
}
