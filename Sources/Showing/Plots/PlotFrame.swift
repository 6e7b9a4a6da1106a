/// The frame of a picture of points: two axes with their grid and ticks, and the labels beside them.
struct PlotFrame {
    static let width = 600.0
    static let height = 300.0
    static let edge = 20.0

    let x: Axis
    let y: Axis
    /// Pixels, the frame's left and right border.
    let horizontal: ClosedRange<Double>
    /// Pixels, the frame's upper and lower border.
    let vertical: ClosedRange<Double>
    private let xLabel: String
    private let yLabel: String

    /// - Parameters:
    ///   - top: pixel of the upper border.
    ///   - xValues, yValues: what has to be inside, at least one of each; all finite.
    ///   - yBounds: what the margin above and below must not pass.
    init(
        top: Double, xValues: [Double], yValues: [Double], xScale: AxisScale, yScale: AxisScale = .linear,
        yBounds: ClosedRange<Double>? = nil, xLabel: String, yLabel: String
    ) {
        let bottom = top + Self.height
        let y = Axis(yValues, scale: yScale, bounds: yBounds, from: bottom, to: top) { _, gap in gap >= 30 }
        let tickWidth = y.ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0
        let left = Self.edge + 22 + tickWidth + 8
        let (x, right) = Self.horizontalAxis(xValues, scale: xScale, from: left)
        self.x = x
        self.y = y
        self.xLabel = xLabel
        self.yLabel = yLabel
        horizontal = left...right
        vertical = top...bottom
    }

    /// Where the picture ends below the labels.
    var bottom: Double { vertical.upperBound + 56 }

    var elements: [SVGElement] { [frame] + labels }

    /// The x axis, and where it ends: early enough that the last label is not cut off.
    private static func horizontalAxis(
        _ values: [Double], scale: AxisScale, from left: Double
    ) -> (axis: Axis, right: Double) {
        func axis(to right: Double) -> Axis {
            Axis(values, scale: scale, from: left, to: right) { ticks, gap in
                let widest = ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0
                return gap >= widest + 14
            }
        }
        let right = width - edge
        let first = axis(to: right)
        let overhang =
            first.ticks.map {
                $0.place + PlotText.width($0.label, size: PlotStyle.textSize) / 2 - (width - 6)
            }.max() ?? 0
        return overhang <= 0 ? (first, right) : (axis(to: right - overhang), right - overhang)
    }

    private var frame: SVGElement {
        let (left, right) = (horizontal.lowerBound, horizontal.upperBound)
        let (top, bottom) = (vertical.lowerBound, vertical.upperBound)
        let grid =
            x.ticks.map { tick in
                let place = tick.place
                return SVGElement("line", ["x1": place, "y1": top, "x2": place, "y2": bottom])
            }
            + y.ticks.map { tick in
                let place = tick.place
                return SVGElement("line", ["x1": left, "y1": place, "x2": right, "y2": place])
            }
        let border = SVGElement(
            "rect",
            [
                "x": left, "y": top, "width": right - left, "height": bottom - top, "fill": "none",
                "stroke": PlotStyle.frame,
            ])
        let xLabels = x.ticks.map { tick in
            SVGElement("text", ["x": tick.place, "y": bottom + 18], text: tick.label)
        }
        let yLabels = y.ticks.map { tick in
            SVGElement("text", ["x": left - 7, "y": tick.place + 4.5], text: tick.label)
        }
        return SVGElement(
            "g", [:],
            [
                SVGElement("g", ["stroke": PlotStyle.grid], grid), border,
                SVGElement("g", ["text-anchor": "middle"], xLabels), SVGElement("g", ["text-anchor": "end"], yLabels),
            ])
    }

    private var labels: [SVGElement] {
        let size = PlotStyle.labelSize
        func named(_ label: String, _ axis: Axis) -> String { axis.isLogarithmic ? "\(label) (log scale)" : label }
        let xText = PlotText.shortened(
            named(xLabel, x), to: horizontal.upperBound - horizontal.lowerBound, size: size)
        let yText = PlotText.shortened(named(yLabel, y), to: vertical.upperBound - vertical.lowerBound, size: size)
        let center = (vertical.lowerBound + vertical.upperBound) / 2
        return [
            SVGElement(
                "text",
                [
                    "x": (horizontal.lowerBound + horizontal.upperBound) / 2, "y": vertical.upperBound + 42,
                    "font-size": size, "text-anchor": "middle",
                ], text: xText),
            SVGElement(
                "text",
                [
                    "x": Self.edge + 10, "y": center, "font-size": size, "text-anchor": "middle",
                    "transform": "rotate(-90 \((Self.edge + 10).svgText) \(center.svgText))",
                ], text: yText),
        ]
    }
}

/// What markers mean: a row of symbols with their names, over as many lines as it takes.
struct Legend {
    let elements: [SVGElement]
    /// That of the last line.
    let baseline: Double

    /// - Parameters:
    ///   - entries: a name, and what draws its symbol around a place.
    ///   - baseline: that of the line above.
    ///   - longest: pixels of the longest name; a longer one is shortened. Nil for half the width.
    init(
        _ entries: [(name: String, symbol: (_ x: Double, _ y: Double) -> [SVGElement])], below baseline: Double,
        width: Double, longest: Double? = nil
    ) {
        var baseline = baseline + 22
        var elements: [SVGElement] = []
        var x = PlotFrame.edge + 5
        for entry in entries {
            let name = PlotText.shortened(entry.name, to: longest ?? width / 2 - 24, size: PlotStyle.textSize)
            let length = PlotText.width(name, size: PlotStyle.textSize)
            if x > PlotFrame.edge + 5, x + 11 + length > PlotFrame.edge + width {
                x = PlotFrame.edge + 5
                baseline += 20
            }
            elements += entry.symbol(x, baseline - 4.5)
            elements.append(SVGElement("text", ["x": x + 11, "y": baseline], text: name))
            x += 11 + length + 24
        }
        self.elements = elements
        self.baseline = baseline
    }
}
