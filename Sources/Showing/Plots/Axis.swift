import Foundation

/// How numbers are laid out along an axis.
public enum AxisScale: Sendable, Hashable {
    /// Logarithmic if all values are positive and span more than two decades, otherwise linear.
    case automatic
    case linear
    /// Linear nonetheless if a value is zero or negative, which has no logarithm.
    case logarithmic

    /// Whether an axis of values in this range is logarithmic.
    func isLogarithmic(from lowest: Double, to highest: Double) -> Bool {
        switch self {
        case .linear: false
        case .logarithmic: lowest > 0
        case .automatic: lowest > 0 && highest / lowest > 100
        }
    }

    /// Logarithmic where numbers are spaced so: three at least, all positive, over a decade at least, and with steps
    /// that differ less as factors than as differences. Linear otherwise.
    public static func fitting(_ values: [Double]) -> AxisScale {
        let places = Set(values).sorted()
        guard places.count > 2, let lowest = places.first, let highest = places.last, lowest > 0,
            highest / lowest >= 10, highest.isFinite
        else { return .linear }
        func unevenness(_ places: [Double]) -> Double {
            let steps = zip(places.dropFirst(), places).map { $0 - $1 }
            return (steps.max() ?? 0) / (steps.min() ?? 1)
        }
        return unevenness(places.map { log10($0) }) < unevenness(places) ? .logarithmic : .linear
    }
}

/// A range of numbers laid out over a length of pixels, with ticks that fit: two at least, of different labels.
struct Axis {
    let isLogarithmic: Bool
    let ticks: [PlacedTick]
    /// In the axis' own unit: the logarithm to base 10, or the value by `unit`.
    private let range: ClosedRange<Double>
    private let unit: DecimalUnit
    private let start: Double
    private let end: Double

    /// A tick and its pixel.
    struct PlacedTick {
        let label: String
        let place: Double
    }

    /// - Parameters:
    ///   - values: what has to be inside, all finite; a margin is added. A single value gets a range around it.
    ///   - bounds: what the margin must not pass, such as ±1 for correlations.
    ///   - start: pixel of the range's lower bound; `end` may lie below it, as on a vertical axis.
    ///   - ticksFit: whether the labels of these ticks, so many pixels apart at least, can be drawn.
    init(
        _ values: [Double], scale: AxisScale = .linear, bounds: ClosedRange<Double>? = nil, from start: Double,
        to end: Double, ticksFit: ([Tick], Double) -> Bool
    ) {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        let isLogarithmic = scale.isLogarithmic(from: lowest, to: highest)
        let unit = isLogarithmic ? DecimalUnit(exponent: 0) : DecimalUnit(for: max(abs(lowest), abs(highest)))
        let range: ClosedRange<Double>
        if isLogarithmic {
            let widened = Self.widened(decadesFrom: log10(lowest), to: log10(highest))
            // Of a logarithmic axis the bounds are logarithms, too.
            range = bounds.map { widened.clamped(to: $0) } ?? widened
        } else {
            let widened = Self.widened(unit.count(lowest)...unit.count(highest))
            range = bounds.map { widened.clamped(to: unit.count($0.lowerBound)...unit.count($0.upperBound)) } ?? widened
        }
        self.isLogarithmic = isLogarithmic
        self.range = range
        self.unit = unit
        self.start = start
        self.end = end
        let pixels = abs(end - start) / (range.upperBound - range.lowerBound)
        func gap(_ ticks: [Tick]) -> Double {
            zip(ticks.dropFirst(), ticks).map { ($0.place - $1.place) * pixels }.min() ?? .infinity
        }
        let choices = Ticks.choices(in: range, isLogarithmic: isLogarithmic, exponent: unit.exponent)
            .filter { $0.count >= 2 && Set($0.map(\.label)).count == $0.count }
        // Where none has the room it would like, those that lie farthest apart.
        let chosen =
            choices.first { ticksFit($0, gap($0)) }
            ?? choices.map { [$0[0], $0[$0.count - 1]] }.max { gap($0) < gap($1) } ?? []
        ticks = chosen.map { tick in
            let share = (tick.place - range.lowerBound) / (range.upperBound - range.lowerBound)
            return PlacedTick(label: tick.label, place: start + share * (end - start))
        }
    }

    /// The pixel of a number.
    func place(_ value: Double) -> Double {
        let inner = isLogarithmic ? log10(value) : unit.count(value)
        let share = (inner - range.lowerBound) / (range.upperBound - range.lowerBound)
        return start + share * (end - start)
    }

    /// The range with a margin on both sides, or one around a single value, within which ticks can differ.
    private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let span = range.upperBound - range.lowerBound
        let size = max(abs(range.lowerBound), abs(range.upperBound))
        if span > 1e-10 * size {
            return range.lowerBound - 0.05 * span...range.upperBound + 0.05 * span
        }
        let reach = size > 0 ? 0.1 * size : 1
        return range.lowerBound - reach...range.upperBound + reach
    }

    /// The same of logarithms to base 10. There 1e-10 is a share of the value, however many decades from 1 that is.
    private static func widened(decadesFrom lowest: Double, to highest: Double) -> ClosedRange<Double> {
        let span = highest - lowest
        if span > 1e-10 { return lowest - 0.05 * span...highest + 0.05 * span }
        let size = max(abs(lowest), abs(highest))
        let reach = size > 1e-290 ? max(0.1 * size, 1e-3) : 1
        return lowest - reach...highest + reach
    }
}

/// A power of ten in which numbers are counted that are too large or too small to compute with as they are: their
/// squares, sums and steps leave the range of double precision. 1 for all others.
struct DecimalUnit {
    let exponent: Int

    init(exponent: Int) { self.exponent = exponent }

    /// For numbers up to this size.
    init(for size: Double) {
        exponent = size > 0 && !(1e-280...1e280).contains(size) ? Int(log10(size).rounded(.down)) : 0
    }

    /// How many units `value` is.
    func count(_ value: Double) -> Double {
        switch exponent {
        case 0: value
        case 1...: value / pow(10, Double(exponent))
        // 10³²⁴ is no number.
        default: value * 1e200 * pow(10, Double(-exponent - 200))
        }
    }
}
