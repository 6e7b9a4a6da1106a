import Foundation

/// Colours for some numbers: on a logarithmic scale if they are positive, zeros aside, and span more than two decades.
/// What is below 1e-15 of the greatest then counts as zero: such numbers are mostly what rounding leaves of one.
struct ColorScale {
    /// Of a cell without a value.
    static let gap = "#d8dee4"

    let isLogarithmic: Bool
    /// Of the numbers that have a place on the scale.
    private let range: ClosedRange<Double>
    /// What the colour of zeros means; nil where there are none.
    private let zeroName: String?
    /// Least number with a place on a logarithmic scale.
    private let threshold: Double

    private static let zero = DivergingPalette.Color(red: 255, green: 255, blue: 255)

    /// - Precondition: there is a number, and all are finite.
    init(_ values: [Double]) {
        let most = values.max() ?? 0
        threshold = 1e-15 * most
        let positive = values.filter { [threshold] in $0 > threshold }
        isLogarithmic = most > 0 && values.allSatisfy { $0 >= 0 } && most > 100 * (positive.min() ?? most)
        let shown = isLogarithmic ? positive : values
        range = (shown.min() ?? 0)...(shown.max() ?? 0)
        let zeros = isLogarithmic ? values.filter { [threshold] in $0 <= threshold } : []
        zeroName =
            zeros.isEmpty ? nil : zeros.allSatisfy { $0 == 0 } ? "0" : "below \(Ticks.short(threshold, digits: 1))"
    }

    /// Whether all numbers are one, but for what rounding makes of it.
    private var isOneValue: Bool {
        let size = max(abs(range.lowerBound), abs(range.upperBound))
        return !(range.upperBound - range.lowerBound > 1e-10 * size)
    }

    func color(_ value: Double) -> DivergingPalette.Color {
        if isLogarithmic, value <= threshold { return Self.zero }
        if isOneValue { return SequentialPalette.color(0.5) }
        if !isLogarithmic {
            return SequentialPalette.color(share(of: value, from: range.lowerBound, to: range.upperBound))
        }
        let (least, most) = (log(range.lowerBound), log(range.upperBound))
        return SequentialPalette.color((log(value) - least) / (most - least))
    }

    /// The name of what is shown, and a bar of the colours with their numbers below it; beside it what zeros and gaps
    /// look like.
    func legend(_ label: String, x: Double, y: Double, hasGaps: Bool) -> SVGElement {
        let length = isOneValue ? 24.0 : 240
        let name = isLogarithmic ? "\(label) (log scale)" : label
        var elements = [
            SVGElement(
                "text", ["x": x, "y": y],
                text: PlotText.shortened(name, to: PlotFrame.width - PlotFrame.edge - x, size: PlotStyle.textSize))
        ]
        elements +=
            isOneValue ? swatch(x: x, y: y + 8, length: length) : bar(x: x, y: y + 8, length: length)
        var place = x + length + 44
        let swatches = [(zeroName, Self.zero.hex), (hasGaps ? "no value" : nil, Self.gap)]
        for case let (name?, color) in swatches {
            elements.append(
                SVGElement(
                    "rect",
                    [
                        "x": place, "y": y + 8, "width": 12, "height": 12, "fill": color, "stroke": PlotStyle.frame,
                    ]))
            elements.append(SVGElement("text", ["x": place + 18, "y": y + 19], text: name))
            place += 18 + PlotText.width(name, size: PlotStyle.textSize) + 20
        }
        return SVGElement("g", ["class": "legend"], elements)
    }

    private func bar(x: Double, y: Double, length: Double) -> [SVGElement] {
        let steps = 60
        let width = length / Double(steps)
        let bounds = isLogarithmic ? log10(range.lowerBound)...log10(range.upperBound) : range
        let axis = Axis(
            [range.lowerBound, range.upperBound], scale: isLogarithmic ? .logarithmic : .linear, bounds: bounds,
            from: x,
            to: x + length
        ) { ticks, gap in
            gap >= (ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0) + 12
        }
        // Typed step by step: as one expression the two lists took the compiler eight seconds.
        let cells: [SVGElement] = (0..<steps).map { step in
            // A little overlap hides seams between neighbours.
            let cell = step + 1 == steps ? width : width + 0.5
            let color = SequentialPalette.color((Double(step) + 0.5) / Double(steps))
            return SVGElement(
                "rect", ["x": x + width * Double(step), "y": y, "width": cell, "height": 12, "fill": color.hex])
        }
        let labels: [SVGElement] = axis.ticks.map { tick in
            SVGElement("text", ["x": tick.place, "y": y + 28, "text-anchor": "middle"], text: tick.label)
        }
        return cells + labels
    }

    /// All numbers are one.
    private func swatch(x: Double, y: Double, length: Double) -> [SVGElement] {
        [
            SVGElement("rect", ["x": x, "y": y, "width": length, "height": 12, "fill": color(range.lowerBound).hex]),
            SVGElement("text", ["x": x, "y": y + 28], text: Ticks.short(range.lowerBound)),
        ]
    }
}
