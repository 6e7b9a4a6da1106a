import Statistics

/// Points of two quantities, such as a measure and the target that it may predict, with their correlation.
public struct ScatterPlot: Sendable {
    public struct Point: Sendable, Hashable {
        /// Nil if the model has no such value; the point is then counted, not drawn.
        public var x: Double?
        public var y: Double?
        /// Whether the point belongs to the second class, drawn as a hollow triangle instead of a disc.
        public var isMarked: Bool

        public init(x: Double?, y: Double?, isMarked: Bool = false) {
            self.x = x
            self.y = y
            self.isMarked = isMarked
        }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var points: [Point]
    public var xScale: AxisScale
    /// Written under the title with its n and p, or with the reason why it is undefined.
    public var correlation: Correlation?
    /// What discs and triangles mean, such as "memorised" and "not memorised"; shown if there are marked points.
    public var classNames: (plain: String, marked: String)?

    public init(
        title: String, xLabel: String, yLabel: String, points: [Point], xScale: AxisScale = .automatic,
        correlation: Correlation? = nil, classNames: (plain: String, marked: String)? = nil
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.points = points
        self.xScale = xScale
        self.correlation = correlation
        self.classNames = classNames
    }

    private static let width = 600.0
    private static let frameHeight = 300.0
    private static let edge = 20.0

    /// The picture; the same plot gives the same bytes always. Without a point to draw it is a sentence.
    public func svg() -> String {
        let drawn = points.compactMap { point -> DrawnPoint? in
            guard let x = point.x, let y = point.y, Axis.canShow(x), Axis.canShow(y) else { return nil }
            return DrawnPoint(x: x, y: y, isMarked: point.isMarked)
        }
        guard !drawn.isEmpty else {
            return svgSentence("There is no model with a value of both \(xLabel) and \(yLabel).", title: title)
        }

        var (elements, top) = header(hasMarked: drawn.contains(where: \.isMarked))
        top += 18
        let bottom = top + Self.frameHeight
        let yAxis = Axis(drawn.map(\.y), from: bottom, to: top) { _, gap in gap >= 30 }
        let tickWidth = yAxis.ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0
        let left = Self.edge + 22 + tickWidth + 8
        let (xAxis, right) = horizontalAxis(drawn.map(\.x), from: left)

        elements.append(frame(xAxis, yAxis, x: left...right, y: top...bottom))
        elements += labels(xAxis, x: left...right, y: top...bottom)
        elements += markers(drawn, xAxis, yAxis)
        var height = bottom + 56
        if drawn.count < points.count {
            let missing = points.count - drawn.count
            elements.append(SVGElement("text", ["x": Self.edge, "y": height + 6, "fill": PlotStyle.mutedInk],
                text: "\(missing) of \(points.count) models lack a value and are not drawn."))
            height += 20
        }
        return svgPicture(width: Self.width, height: height, title: title, elements)
    }

    private struct DrawnPoint {
        let x, y: Double
        let isMarked: Bool
    }

    /// The title and the lines under it, and the last baseline.
    private func header(hasMarked: Bool) -> (elements: [SVGElement], baseline: Double) {
        let width = Self.width - 2 * Self.edge
        let heading = Heading(title, x: Self.edge, width: width)
        var elements = heading.elements
        var baseline = heading.baseline
        let lines = correlation.map { PlotText.wrapped($0.plotText, to: width, size: PlotStyle.labelSize) } ?? []
        for line in lines {
            baseline += 22
            elements.append(SVGElement(
                "text", ["x": Self.edge, "y": baseline, "font-size": PlotStyle.labelSize], text: line))
        }
        if hasMarked, let classNames {
            baseline += 22
            let half = width / 2 - 24
            let plain = PlotText.shortened(classNames.plain, to: half, size: PlotStyle.textSize)
            let marked = PlotText.shortened(classNames.marked, to: half, size: PlotStyle.textSize)
            let second = Self.edge + 16 + PlotText.width(plain, size: PlotStyle.textSize) + 24
            elements += [
                Self.plainMarkers([Self.disc(Self.edge + 5, baseline - 4.5)]),
                SVGElement("text", ["x": Self.edge + 16, "y": baseline], text: plain),
                Self.markedMarkers([Self.triangle(second, baseline - 4.5)]),
                SVGElement("text", ["x": second + 11, "y": baseline], text: marked),
            ]
        }
        return (elements, baseline)
    }

    /// The x axis, and where it ends: early enough that the last label is not cut off.
    private func horizontalAxis(_ values: [Double], from left: Double) -> (axis: Axis, right: Double) {
        func axis(to right: Double) -> Axis {
            Axis(values, scale: xScale, from: left, to: right) { ticks, gap in
                let widest = ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0
                return gap >= widest + 14
            }
        }
        let right = Self.width - Self.edge
        let first = axis(to: right)
        let overhang = first.ticks.map {
            first.place($0.value) + PlotText.width($0.label, size: PlotStyle.textSize) / 2 - (Self.width - 6)
        }.max() ?? 0
        return overhang <= 0 ? (first, right) : (axis(to: right - overhang), right - overhang)
    }

    private func frame(_ xAxis: Axis, _ yAxis: Axis, x: ClosedRange<Double>, y: ClosedRange<Double>) -> SVGElement {
        let grid = xAxis.ticks.map { tick in
            let place = xAxis.place(tick.value)
            return SVGElement("line", ["x1": place, "y1": y.lowerBound, "x2": place, "y2": y.upperBound])
        } + yAxis.ticks.map { tick in
            let place = yAxis.place(tick.value)
            return SVGElement("line", ["x1": x.lowerBound, "y1": place, "x2": x.upperBound, "y2": place])
        }
        let border = SVGElement("rect", [
            "x": x.lowerBound, "y": y.lowerBound, "width": x.upperBound - x.lowerBound,
            "height": y.upperBound - y.lowerBound, "fill": "none", "stroke": PlotStyle.frame,
        ])
        let xLabels = xAxis.ticks.map { tick in
            SVGElement("text", ["x": xAxis.place(tick.value), "y": y.upperBound + 18], text: tick.label)
        }
        let yLabels = yAxis.ticks.map { tick in
            SVGElement("text", ["x": x.lowerBound - 7, "y": yAxis.place(tick.value) + 4.5], text: tick.label)
        }
        return SVGElement("g", [:], [
            SVGElement("g", ["stroke": PlotStyle.grid], grid), border,
            SVGElement("g", ["text-anchor": "middle"], xLabels), SVGElement("g", ["text-anchor": "end"], yLabels),
        ])
    }

    private func labels(_ xAxis: Axis, x: ClosedRange<Double>, y: ClosedRange<Double>) -> [SVGElement] {
        let size = PlotStyle.labelSize
        let xText = PlotText.shortened(
            xAxis.isLogarithmic ? "\(xLabel) (log scale)" : xLabel, to: x.upperBound - x.lowerBound, size: size)
        let yText = PlotText.shortened(yLabel, to: y.upperBound - y.lowerBound, size: size)
        let center = (y.lowerBound + y.upperBound) / 2
        return [
            SVGElement("text", [
                "x": (x.lowerBound + x.upperBound) / 2, "y": y.upperBound + 42, "font-size": size,
                "text-anchor": "middle",
            ], text: xText),
            SVGElement("text", [
                "x": Self.edge + 10, "y": center, "font-size": size, "text-anchor": "middle",
                "transform": "rotate(-90 \((Self.edge + 10).svgText) \(center.svgText))",
            ], text: yText),
        ]
    }

    private func markers(_ points: [DrawnPoint], _ xAxis: Axis, _ yAxis: Axis) -> [SVGElement] {
        let plain = points.filter { !$0.isMarked }.map { Self.disc(xAxis.place($0.x), yAxis.place($0.y)) }
        let marked = points.filter(\.isMarked).map { Self.triangle(xAxis.place($0.x), yAxis.place($0.y)) }
        return [Self.plainMarkers(plain), Self.markedMarkers(marked)]
    }

    private static func plainMarkers(_ markers: [SVGElement]) -> SVGElement {
        SVGElement("g", [
            "class": "plain", "fill": PlotStyle.plain, "fill-opacity": 0.65, "stroke": PlotStyle.background,
            "stroke-width": 0.75,
        ], markers)
    }

    private static func markedMarkers(_ markers: [SVGElement]) -> SVGElement {
        SVGElement("g", [
            "class": "marked", "fill": PlotStyle.background, "fill-opacity": 0.6, "stroke": PlotStyle.marked,
            "stroke-width": 1.6,
        ], markers)
    }

    private static func disc(_ x: Double, _ y: Double) -> SVGElement {
        SVGElement("circle", ["cx": x, "cy": y, "r": 4.2])
    }

    private static func triangle(_ x: Double, _ y: Double) -> SVGElement {
        SVGElement("path", ["d": "M\(x.svgText) \((y - 4.8).svgText)l4.6 8h-9.2z"])
    }
}
