import Foundation

/// How numbers are laid out along an axis.
public enum AxisScale: Sendable, Hashable {
    /// Logarithmic if all values are positive and span more than two decades, otherwise linear.
    case automatic
    case linear
    /// Linear nonetheless if a value is zero or negative, which has no logarithm.
    case logarithmic
}

/// A range of numbers laid out over a length of pixels, with ticks that fit.
struct Axis {
    let isLogarithmic: Bool
    let ticks: [Tick]
    private let range: ClosedRange<Double>
    private let start: Double
    private let end: Double

    /// - Parameters:
    ///   - values: what has to be inside; a margin is added. A single value gets a range around it.
    ///   - bounds: what the margin must not pass, such as ±1 for correlations.
    ///   - start: pixel of the range's lower bound; `end` may lie below it, as on a vertical axis.
    ///   - ticksFit: whether the labels of these ticks, so many pixels apart at least, can be drawn.
    init(
        _ values: [Double], scale: AxisScale = .linear, bounds: ClosedRange<Double>? = nil, from start: Double,
        to end: Double, ticksFit: ([Tick], Double) -> Bool
    ) {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 1
        let isLogarithmic =
            switch scale {
            case .linear: false
            case .logarithmic: lowest > 0
            case .automatic: lowest > 0 && highest / lowest > 100
            }
        let range =
            isLogarithmic
            ? Self.widened(log10(lowest)...log10(highest)) : Self.widened(lowest...highest)
        let bounded = bounds.map { range.clamped(to: $0) } ?? range
        self.isLogarithmic = isLogarithmic
        self.range = bounded
        self.start = start
        self.end = end

        let pixels = abs(end - start) / (bounded.upperBound - bounded.lowerBound)
        var ticks: [Tick] = []
        for limit in stride(from: 9, through: 1, by: -1) {
            ticks =
                isLogarithmic
                ? Ticks.logarithmic(in: pow(10, bounded.lowerBound)...pow(10, bounded.upperBound), limit: limit)
                : Ticks.linear(in: bounded, limit: limit)
            let places = ticks.map { isLogarithmic ? log10($0.value) : $0.value }
            let gaps = zip(places.dropFirst(), places).map { ($0 - $1) * pixels }
            if ticksFit(ticks, gaps.min() ?? .infinity) { break }
        }
        self.ticks = ticks
    }

    /// The pixel of a number.
    func place(_ value: Double) -> Double {
        let inner = isLogarithmic ? log10(value) : value
        let share = (inner - range.lowerBound) / (range.upperBound - range.lowerBound)
        return start + share * (end - start)
    }

    /// Whether an axis can show `value`: it is finite, and differences to others do not overflow.
    static func canShow(_ value: Double) -> Bool {
        abs(value) < 1e300
    }

    /// The range with a margin on both sides, or one around a single value, within which ticks can differ.
    private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let span = range.upperBound - range.lowerBound
        let size = max(abs(range.lowerBound), abs(range.upperBound))
        if span > max(1e-10 * size, 1e-290) {
            return range.lowerBound - 0.05 * span...range.upperBound + 0.05 * span
        }
        let reach = size > 1e-290 ? 0.1 * size : 1
        return range.lowerBound - reach...range.upperBound + reach
    }
}
