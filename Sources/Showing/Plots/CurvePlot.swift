/// Several series over a common quantity, such as each regime's mean accuracy over the number of training points.
public struct CurvePlot: Plot {
    public struct Point: Sendable, Hashable {
        /// A point without one of them is left out, and its series' line breaks there.
        public var x: Double?
        public var y: Double?
        /// Ends of an error bar or interval; nil for none.
        public var interval: ClosedRange<Double>?

        public init(x: Double?, y: Double?, interval: ClosedRange<Double>? = nil) {
            self.x = x
            self.y = y
            self.interval = interval
        }
    }

    public struct Series: Sendable, Hashable {
        public var name: String
        public var points: [Point]
        /// Whether the points are joined in the order of x.
        public var isJoined: Bool

        public init(name: String, points: [Point], isJoined: Bool = true) {
            self.name = name
            self.points = points
            self.isJoined = isJoined
        }
    }

    /// A straight dashed line from one place to another, such as a fit: what of it lies within the frame.
    struct Guide: Hashable {
        /// In the legend; nil for one that needs no name.
        var name: String?
        var from: Place
        var to: Place
        /// The series whose colour it has; nil for a grey one.
        var series: Int?

        struct Place: Hashable {
            var x, y: Double
        }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var series: [Series]
    public var xScale: AxisScale
    public var yScale: AxisScale
    /// What the y axis shows, such as -1...1 for correlations: all of it and nothing else; nil for what the values
    /// take.
    public var yRange: ClosedRange<Double>?
    /// A y value at which a dashed line is drawn where it is inside, such as 0 for correlations.
    public var reference: Double?
    /// Sentences below the picture, such as what the error bars are.
    public var notes: [String]
    /// Drawn below the series; on logarithmic axes their ends are positive.
    var guides: [Guide] = []
    /// Whether a name may take a whole line of the legend, as one with a slope behind it does.
    var hasLongNames = false

    public init(
        title: String, xLabel: String, yLabel: String, series: [Series], xScale: AxisScale = .automatic,
        yScale: AxisScale = .automatic, yRange: ClosedRange<Double>? = nil, reference: Double? = nil,
        notes: [String] = []
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
        self.xScale = xScale
        self.yScale = yScale
        self.yRange = yRange
        self.reference = reference
        self.notes = notes
    }

    /// The picture; the same plot gives the same bytes always. Without a point to draw it is a sentence.
    public func picture() -> Picture {
        let runs = series.map(Self.runs)
        let drawn = runs.flatMap { $0.flatMap(\.self) }
        guard !drawn.isEmpty else {
            return Picture(sentence: "There is no value of \(yLabel) to draw over \(xLabel).", title: title)
        }
        let width = PlotFrame.width - 2 * PlotFrame.edge
        let heading = Heading(title, x: PlotFrame.edge, width: width)
        let named = series.indices.filter { !runs[$0].isEmpty }
        // A series that is the only one may go without a name.
        let entries =
            named.filter { !series[$0].name.isEmpty }.map { index in
                (
                    name: series[index].name,
                    symbol: { x, y in
                        Self.legendSymbol(Marker(index: index), x, y, isJoined: series[index].isJoined)
                    }
                )
            }
            + guides.compactMap { guide in
                guide.name.map { name in (name: name, symbol: { x, y in [guide.symbol(x, y)] }) }
            }
        let legend = Legend(
            entries, below: heading.baseline - (entries.isEmpty ? 22 : 0), width: width,
            longest: hasLongNames ? width - 24 : nil)
        var elements = heading.elements + legend.elements

        // A logarithmic axis has no room for an interval that reaches zero: its bar then ends at the border.
        let lowest = drawn.map(\.y).min() ?? 0
        let staysPositive = yScale != .linear && lowest > 0
        let ends = (drawn.compactMap(\.interval) + (yRange.map { [$0] } ?? [])).flatMap {
            [$0.lowerBound, $0.upperBound]
        }
        let frame = PlotFrame(
            top: legend.baseline + 18, xValues: drawn.map(\.x),
            yValues: drawn.map(\.y) + ends.filter { !staysPositive || $0 > 0 }, xScale: xScale, yScale: yScale,
            yBounds: yRange, xLabel: xLabel, yLabel: yLabel)
        elements += frame.elements
        if let line = referenceLine(frame) { elements.append(line) }
        elements += guides.compactMap { $0.line(frame) }
        for index in named {
            elements += Self.curve(
                series[index].isJoined ? runs[index] : runs[index].joined().map { [$0] }, Marker(index: index), frame,
                className: "series-\(index)")
        }

        var bottom = frame.bottom
        for line in notes.flatMap({ PlotText.wrapped($0, to: width, size: PlotStyle.textSize) }) {
            elements.append(
                SVGElement(
                    "text", ["x": PlotFrame.edge, "y": bottom + 6, "fill": PlotStyle.mutedInk], text: line))
            bottom += 19
        }
        return Picture(width: PlotFrame.width, height: bottom, title: title, elements)
    }

    private struct DrawnPoint {
        let x, y: Double
        let interval: ClosedRange<Double>?
    }

    /// The points that can be drawn, in pieces between those that cannot.
    private static func runs(_ series: Series) -> [[DrawnPoint]] {
        var runs: [[DrawnPoint]] = []
        var isBroken = true
        // Points without a place on the x axis break no line: nobody knows where.
        let placed = series.points.filter { $0.x?.isFinite ?? false }.sorted { ($0.x ?? 0) < ($1.x ?? 0) }
        for point in placed {
            guard let x = point.x, let y = point.y, y.isFinite else {
                isBroken = true
                continue
            }
            let interval = point.interval.flatMap {
                $0.lowerBound.isFinite && $0.upperBound.isFinite ? $0 : nil
            }
            let drawn = DrawnPoint(x: x, y: y, interval: interval)
            if isBroken { runs.append([drawn]) } else { runs[runs.count - 1].append(drawn) }
            isBroken = false
        }
        return runs
    }

    private static func curve(
        _ runs: [[DrawnPoint]], _ marker: Marker, _ frame: PlotFrame, className: String
    ) -> [SVGElement] {
        func y(_ value: Double) -> Double {
            guard !frame.y.isLogarithmic || value > 0 else { return frame.vertical.upperBound }
            return min(max(frame.y.place(value), frame.vertical.lowerBound), frame.vertical.upperBound)
        }
        let lines = runs.filter { $0.count > 1 }.map { run in
            let places = run.map { "\(frame.x.place($0.x).svgText) \(y($0.y).svgText)" }
            return SVGElement("path", ["d": "M" + places.joined(separator: "L")])
        }
        let bars = runs.joined().compactMap { point -> SVGElement? in
            guard let interval = point.interval else { return nil }
            let place = frame.x.place(point.x)
            let (top, bottom) = (y(interval.upperBound), y(interval.lowerBound))
            let left = (place - 4).svgText
            return SVGElement(
                "path",
                [
                    "d": "M\(place.svgText) \(top.svgText)V\(bottom.svgText)"
                        + "M\(left) \(top.svgText)h8M\(left) \(bottom.svgText)h8"
                ])
        }
        let symbols = runs.joined().map { marker.symbol(frame.x.place($0.x), y($0.y)) }
        return [
            SVGElement("g", ["class": "bars", "stroke": marker.color, "stroke-width": 1.2, "fill": "none"], bars),
            SVGElement("g", ["class": "lines", "stroke": marker.color, "stroke-width": 1.8, "fill": "none"], lines),
            SVGElement(
                "g",
                [
                    "class": className, "fill": marker.color, "stroke": PlotStyle.background, "stroke-width": 0.75,
                ], symbols),
        ].filter { !$0.isEmpty }
    }

    private static func legendSymbol(_ marker: Marker, _ x: Double, _ y: Double, isJoined: Bool) -> [SVGElement] {
        (isJoined
            ? [
                SVGElement(
                    "line",
                    [
                        "x1": x - 8, "y1": y, "x2": x + 8, "y2": y, "stroke": marker.color, "stroke-width": 1.8,
                    ])
            ] : []) + [
                SVGElement(
                    "g", ["fill": marker.color, "stroke": PlotStyle.background, "stroke-width": 0.75],
                    [
                        marker.symbol(x, y)
                    ])
            ]
    }

    private func referenceLine(_ frame: PlotFrame) -> SVGElement? {
        guard let reference, !frame.y.isLogarithmic || reference > 0 else { return nil }
        let place = frame.y.place(reference)
        guard frame.vertical.contains(place) else { return nil }
        return SVGElement(
            "line",
            [
                "class": "reference", "x1": frame.horizontal.lowerBound, "y1": place, "x2": frame.horizontal.upperBound,
                "y2": place, "stroke": PlotStyle.mutedInk, "stroke-dasharray": "5 4",
            ])
    }
}

extension CurvePlot.Guide {
    private var color: String { series.map { Marker(index: $0).color } ?? PlotStyle.mutedInk }
    private var dashes: String { series == nil ? "7 4" : "2 3" }

    fileprivate func line(_ frame: PlotFrame) -> SVGElement? {
        Segment(
            x1: frame.x.place(from.x), y1: frame.y.place(from.y), x2: frame.x.place(to.x), y2: frame.y.place(to.y)
        ).clipped(frame.horizontal, frame.vertical).map {
            SVGElement(
                "path",
                [
                    "class": "guide", "d": $0.path, "stroke": color, "stroke-width": 1.6, "stroke-dasharray": dashes,
                    "fill": "none",
                ])
        }
    }

    fileprivate func symbol(_ x: Double, _ y: Double) -> SVGElement {
        SVGElement(
            "line",
            [
                "x1": x - 8, "y1": y, "x2": x + 8, "y2": y, "stroke": color, "stroke-width": 1.6,
                "stroke-dasharray": dashes,
            ])
    }
}
