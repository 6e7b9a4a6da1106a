/// Points of two quantities, such as a measure and the target that it may predict.
public struct ScatterPlot: Plot {
    public struct Point: Sendable, Hashable {
        /// Nil if the model has no such value; the point is then counted, not drawn.
        public var x: Double?
        public var y: Double?
        /// Whether the point belongs to the second class, drawn as a hollow triangle instead of a disc; in a plot with
        /// groups, as its group's hollow symbol.
        public var isMarked: Bool
        /// Its group's place in the plot's `groups`; nil for a point of no group.
        public var group: Int?

        public init(x: Double?, y: Double?, isMarked: Bool = false, group: Int? = nil) {
            self.x = x
            self.y = y
            self.isMarked = isMarked
            self.group = group
        }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var points: [Point]
    public var xScale: AxisScale
    public var yScale: AxisScale
    /// A line under the title, such as the correlation with its n and p; nil for none.
    public var subtitle: String?
    /// What discs and triangles mean, such as "memorised" and "not memorised"; shown if there are marked points.
    public var classNames: (plain: String, marked: String)?
    /// Names of groups, such as regimes; each has a colour and a shape of its own. Empty for points of one kind.
    public var groups: [String]
    /// Sentences below the picture.
    public var notes: [String] = []
    /// More points than this are thinned out: they hide each other, and take 60 bytes each.
    public var mostDrawn = 3000

    public init(
        title: String, xLabel: String, yLabel: String, points: [Point], xScale: AxisScale = .automatic,
        yScale: AxisScale = .linear, subtitle: String? = nil,
        classNames: (plain: String, marked: String)? = nil, groups: [String] = []
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.points = points
        self.xScale = xScale
        self.yScale = yScale
        self.subtitle = subtitle
        self.classNames = classNames
        self.groups = groups
    }

    /// The picture; the same plot gives the same bytes always. Without a point to draw it is a sentence.
    public func picture() -> Picture {
        let drawn = points.compactMap { point -> DrawnPoint? in
            guard let x = point.x, let y = point.y, x.isFinite, y.isFinite else { return nil }
            let group = point.group.flatMap { groups.indices.contains($0) ? $0 : nil }
            return DrawnPoint(x: x, y: y, isMarked: point.isMarked, group: group)
        }
        guard !drawn.isEmpty else {
            return Picture(sentence: "There is no model with a value of both \(xLabel) and \(yLabel).", title: title)
        }

        var (elements, baseline) = header()
        let looks = looks(drawn)
        let legend =
            drawn.contains(where: \.isMarked) || !groups.isEmpty
            ? looks.compactMap { look in
                look.name.map { name in
                    (name: name, symbol: { (x: Double, y: Double) in [look.drawing([look.marker.symbol(x, y)])] })
                }
            } : []
        if !legend.isEmpty {
            let row = Legend(legend, below: baseline, width: PlotFrame.width - 2 * PlotFrame.edge)
            elements += row.elements
            baseline = row.baseline
        }
        // What a few far ones would squash has the axes; those stand in a margin that says so.
        let (xCore, yCore) = (PlotCore(drawn.map(\.x), scale: xScale), PlotCore(drawn.map(\.y), scale: yScale))
        let frame = PlotFrame(
            top: baseline + 18, xValues: xCore.values, yValues: yCore.values, xScale: xScale,
            yScale: yScale, xLabel: xLabel, yLabel: yLabel)
        let margins = frame.margins(beyond: xCore, yCore)
        if !margins.isEmpty { elements.append(margins) }
        elements += frame.elements
        let shown = evenlyChosen(of: drawn.count, most: mostDrawn).map { drawn[$0] }
        elements += looks.map { look in
            look.drawing(
                shown.filter(look.has).map {
                    look.marker.symbol(
                        frame.x.place($0.x, within: xCore, frame.horizontal),
                        frame.y.place($0.y, within: yCore, frame.vertical))
                })
        }
        var height = frame.bottom
        func note(_ text: String) {
            elements.append(
                SVGElement(
                    "text", ["x": PlotFrame.edge, "y": height + 6, "fill": PlotStyle.mutedInk], text: text))
            height += 20
        }
        if drawn.count < points.count {
            note("\(points.count - drawn.count) of \(points.count) models lack a value and are not drawn.")
        }
        if shown.count < drawn.count {
            note("\(shown.count) of \(drawn.count) models are drawn, evenly chosen; the axes are those of all.")
        }
        let outside = drawn.filter { !xCore.contains($0.x) || !yCore.contains($0.y) }.count
        let beyond =
            outside == 0
            ? []
            : [
                "In the grey margin \(outside == 1 ? "lies 1 model" : "lie \(outside) models") beyond the axes: "
                    + [xCore.reach(xLabel), yCore.reach(yLabel)].compactMap(\.self).joined(separator: "; ") + "."
            ]
        for text in (beyond + notes).flatMap({
            PlotText.wrapped($0, to: PlotFrame.width - 2 * PlotFrame.edge, size: PlotStyle.textSize)
        }) {
            note(text)
        }
        return Picture(width: PlotFrame.width, height: height, title: title, elements)
    }

    private struct DrawnPoint {
        let x, y: Double
        let isMarked: Bool
        let group: Int?
    }

    /// How some of the points look.
    private struct Look {
        /// In the legend; nil for points that it need not name.
        let name: String?
        let marker: Marker
        let isHollow: Bool
        let className: String
        let has: (DrawnPoint) -> Bool

        func drawing(_ symbols: [SVGElement]) -> SVGElement {
            marker.group(symbols, isHollow: isHollow, className: className)
        }
    }

    private func looks(_ points: [DrawnPoint]) -> [Look] {
        guard !groups.isEmpty else {
            let plain = Look(
                name: classNames?.plain, marker: Marker(index: 0), isHollow: false, className: "plain",
                has: { !$0.isMarked })
            let marked = Look(
                name: classNames?.marked, marker: Marker(index: 1), isHollow: true, className: "marked",
                has: \.isMarked)
            return [plain, marked]
        }
        // Points of no group look like one more group.
        let hasLoose = points.contains { $0.group == nil }
        let all = groups.indices.map(Optional.some) + (hasLoose ? [nil] : [])
        return all.enumerated().flatMap { index, group -> [Look] in
            let name = group.map { groups[$0] } ?? "no group"
            let members = points.filter { $0.group == group }
            return [false, true].compactMap { isMarked in
                guard members.contains(where: { $0.isMarked == isMarked }) else { return nil }
                let suffix = isMarked ? ", \(classNames?.marked ?? "marked")" : ""
                return Look(
                    name: name + suffix, marker: Marker(index: index), isHollow: isMarked, className: "group-\(index)",
                    has: { $0.group == group && $0.isMarked == isMarked })
            }
        }
    }

    /// The title and the lines under it, and the last baseline.
    private func header() -> (elements: [SVGElement], baseline: Double) {
        let width = PlotFrame.width - 2 * PlotFrame.edge
        let heading = Heading(title, x: PlotFrame.edge, width: width)
        var elements = heading.elements
        var baseline = heading.baseline
        let lines = subtitle.map { PlotText.wrapped($0, to: width, size: PlotStyle.labelSize) } ?? []
        for line in lines {
            baseline += 22
            elements.append(
                SVGElement(
                    "text", ["x": PlotFrame.edge, "y": baseline, "font-size": PlotStyle.labelSize], text: line))
        }
        return (elements, baseline)
    }
}
