import Foundation

/// What of some values an axis shows: all, or all but a few that lie so far out that they would squash the others.
///
/// Far out is more than three times the middle half's width beyond it (Tukey's fences), on the axis' own scale. Values
/// are left out where they are a tenth at most and the rest takes a third of the room at most.
struct PlotCore {
    /// Those that the axis is made for; never empty unless nothing was given.
    let values: [Double]
    /// Nil where all are shown.
    private let range: ClosedRange<Double>?
    private let lowest, highest: Double

    /// - Parameter all: finite.
    init(_ all: [Double], scale: AxisScale) {
        (lowest, highest) = (all.min() ?? 0, all.max() ?? 0)
        (values, range) = Self.core(of: all, scale: scale).map { ($0.values, $0.range) } ?? (all, nil)
    }

    /// Nil where all are shown.
    private static func core(
        of all: [Double], scale: AxisScale
    ) -> (values: [Double], range: ClosedRange<Double>)? {
        guard all.count >= 10, let lowest = all.min(), let highest = all.max() else { return nil }
        let isLogarithmic = scale.isLogarithmic(from: lowest, to: highest)
        func place(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
        let places = all.map(place).sorted()
        let (lower, upper) = (places[places.count / 4], places[places.count - 1 - places.count / 4])
        let reach = 3 * (upper - lower)
        guard reach > 0, reach.isFinite else { return nil }
        let core = all.filter { (lower - reach...upper + reach).contains(place($0)) }
        guard core.count < all.count, 10 * (all.count - core.count) <= all.count, let first = core.min(),
            let last = core.max(), place(last) > place(first),
            3 * (place(last) - place(first)) <= places[places.count - 1] - places[0]
        else { return nil }
        return (core, first...last)
    }

    func contains(_ value: Double) -> Bool { range?.contains(value) ?? true }

    /// Whether values lie below, and above, what is shown.
    var hasBelow: Bool { range.map { lowest < $0.lowerBound } ?? false }
    var hasAbove: Bool { range.map { highest > $0.upperBound } ?? false }

    /// "test_accuracy down to 0.098"; nil where all are shown.
    func reach(_ name: String) -> String? {
        let parts = [
            hasBelow ? "down to \(Ticks.short(lowest, digits: 3))" : nil,
            hasAbove ? "up to \(Ticks.short(highest, digits: 3))" : nil,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : "\(name) \(parts.joined(separator: " and "))"
    }
}

extension Axis {
    /// The pixel of a number; of one that the axis leaves out the middle of the margin on its side.
    func place(_ value: Double, within core: PlotCore, _ border: ClosedRange<Double>) -> Double {
        guard !core.contains(value), let least = core.values.min(), let most = core.values.max() else {
            return place(value)
        }
        let end = place(value < least ? least : most)
        let isAtLowerPixels = abs(end - border.lowerBound) < abs(border.upperBound - end)
        return (end + (isAtLowerPixels ? border.lowerBound : border.upperBound)) / 2
    }
}

extension PlotFrame {
    /// Grey bands where what the axes leave out is drawn.
    func margins(beyond x: PlotCore, _ y: PlotCore) -> SVGElement {
        func band(_ core: PlotCore, _ axis: Axis, isBelow: Bool, _ border: ClosedRange<Double>) -> ClosedRange<Double>?
        {
            guard isBelow ? core.hasBelow : core.hasAbove, let least = core.values.min(), let most = core.values.max()
            else { return nil }
            let end = axis.place(isBelow ? least : most)
            let isAtLowerPixels = abs(end - border.lowerBound) < abs(border.upperBound - end)
            // A gap is left, in which points at the axis' end have room.
            let edge = isAtLowerPixels ? border.lowerBound : border.upperBound
            let inner = edge + (end - edge) * 0.7
            return min(edge, inner)...max(edge, inner)
        }
        let columns = [true, false].compactMap { band(x, self.x, isBelow: $0, horizontal) }
        let rows = [true, false].compactMap { band(y, self.y, isBelow: $0, vertical) }
        func rectangle(_ across: ClosedRange<Double>, _ down: ClosedRange<Double>) -> SVGElement {
            SVGElement(
                "rect",
                [
                    "x": across.lowerBound, "y": down.lowerBound, "width": across.upperBound - across.lowerBound,
                    "height": down.upperBound - down.lowerBound,
                ])
        }
        return SVGElement(
            "g", ["class": "beyond", "fill": PlotStyle.grid],
            columns.map { rectangle($0, vertical) } + rows.map { rectangle(horizontal, $0) })
    }
}
