import Analysis
import Statistics
import Typography

/// Measures ordered by the size of their correlation with one target: the coefficient as a dot with its interval,
/// and its p value.
///
/// A filled dot is a positive coefficient, a hollow one a negative; both stand on their side of the zero line.
/// Measures without a coefficient come last, with the reason.
public struct RankingPlot: Sendable {
    public struct Entry: Sendable {
        public var name: String
        /// Its bootstrap interval is drawn, or its analytic one where it has no other.
        public var correlation: Correlation
        /// The p value corrected for the number of measures tried; its column appears if any entry has one.
        public var adjustedPValue: Double?

        public init(name: String, correlation: Correlation, adjustedPValue: Double? = nil) {
            self.name = name
            self.correlation = correlation
            self.adjustedPValue = adjustedPValue
        }
    }

    public var title: String
    public var entries: [Entry]
    /// Sentences below the picture, such as what a mark behind a name means.
    public var notes: [String]

    public init(title: String, entries: [Entry], notes: [String] = []) {
        self.title = title
        self.entries = entries
        self.notes = notes
    }

    private static let edge = 20.0
    private static let rowHeight = 26.0
    private static let axisLength = 340.0
    private static let columnWidth = 80.0

    /// The picture; the same plot gives the same bytes always. Without an entry it is a sentence.
    public func svg() -> String {
        guard !entries.isEmpty else { return svgSentence("There is no measure to rank.", title: title) }
        let ranked = entries.filter { $0.correlation.estimate != nil }.sorted(by: Self.ranksBefore)
        let undefined = entries.filter { $0.correlation.estimate == nil }.sorted { $0.name < $1.name }
        let columns = columns()
        let nameWidth = min(entries.map { PlotText.width($0.name, size: PlotStyle.textSize) }.max() ?? 0, 280)
        let left = Self.edge + nameWidth + 18
        let right = left + Self.axisLength
        let width = right + Self.columnWidth * Double(columns.count) + Self.edge
        let heading = Heading(title, x: Self.edge, width: width - 2 * Self.edge)
        let place = Placement(
            top: heading.baseline + 36, width: width, nameWidth: nameWidth, left: left, right: right)

        var elements = heading.elements
        var bottom = heading.baseline + 12
        if !ranked.isEmpty {
            let axis = axis(from: left, to: right)
            bottom = place.top + Self.rowHeight * Double(ranked.count)
            elements.append(grid(axis, place, rowCount: ranked.count))
            let headings = columns.enumerated().map {
                SVGElement("text", ["x": place.columnEdge($0), "y": place.top - 10], text: $1.heading)
            }
            elements.append(SVGElement("g", ["text-anchor": "end", "fill": PlotStyle.mutedInk], headings))
            for (index, entry) in ranked.enumerated() {
                elements.append(row(entry, at: index, place, axis, columns))
            }
            bottom += 26
        }
        for entry in undefined {
            bottom += Self.rowHeight
            elements.append(undefinedRow(entry, baseline: bottom - 8, place))
        }
        bottom += 10
        for note in (ranked.isEmpty ? [] : [legend()]) + notes {
            for line in PlotText.wrapped(note, to: width - 2 * Self.edge, size: PlotStyle.textSize) {
                elements.append(
                    SVGElement(
                        "text", ["x": Self.edge, "y": bottom + 12, "fill": PlotStyle.mutedInk], text: line))
                bottom += 19
            }
        }
        return svgPicture(width: width, height: bottom + 8, title: title, elements)
    }

    /// By falling size of the coefficient, equal ones by name.
    private static func ranksBefore(_ a: Entry, _ b: Entry) -> Bool {
        let (sizeA, sizeB) = (abs(a.correlation.estimate ?? 0), abs(b.correlation.estimate ?? 0))
        return sizeA == sizeB ? a.name < b.name : sizeA > sizeB
    }

    /// Where rows, axis and columns stand, in pixels.
    private struct Placement {
        let top: Double
        let width: Double
        let nameWidth: Double
        let left: Double
        let right: Double

        /// The right edge of a column's text.
        func columnEdge(_ index: Int) -> Double {
            right + columnWidth * Double(index + 1)
        }
    }

    private struct Column {
        let heading: String
        let text: @Sendable (Entry) -> String?
    }

    private func columns() -> [Column] {
        var columns = [
            Column(heading: entries[0].correlation.method.symbol) {
                $0.correlation.estimate.map { fixed($0, decimals: 3) }
            },
            Column(heading: "p") { $0.correlation.pValue.map(pValueText) },
        ]
        if entries.contains(where: { $0.adjustedPValue != nil }) {
            columns.append(Column(heading: "p (Holm)") { $0.adjustedPValue.map(pValueText) })
        }
        if Set(entries.map(\.correlation.count)).count > 1 {
            columns.append(Column(heading: "n") { $0.correlation.count.description })
        }
        return columns
    }

    private func axis(from left: Double, to right: Double) -> Axis {
        let values = entries.flatMap { entry -> [Double] in
            let interval = Self.interval(of: entry)
            return [entry.correlation.estimate, interval?.lower, interval?.upper].compactMap(\.self)
        }
        // Half a tick's width beyond ±1 leaves room for the dot of a perfect correlation.
        return Axis(values + [0], bounds: -1.04...1.04, from: left, to: right) { ticks, gap in
            gap >= (ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0) + 10
        }
    }

    private static func interval(of entry: Entry) -> ConfidenceInterval? {
        entry.correlation.shownInterval?.bounds
    }

    private func grid(_ axis: Axis, _ place: Placement, rowCount: Int) -> SVGElement {
        let bottom = place.top + Self.rowHeight * Double(rowCount)
        let stripes = stride(from: 0, to: rowCount, by: 2).map { index in
            SVGElement(
                "rect",
                [
                    "x": Self.edge - 6, "y": place.top + Self.rowHeight * Double(index),
                    "width": place.width - 2 * Self.edge + 12, "height": Self.rowHeight,
                ])
        }
        let ticks = axis.ticks.filter { abs($0.value) <= 1 }
        let lines = ticks.map { tick in
            let x = axis.place(tick.value)
            return SVGElement("line", ["x1": x, "y1": place.top, "x2": x, "y2": bottom])
        }
        let zero = axis.place(0)
        return SVGElement(
            "g", [:],
            [
                SVGElement("g", ["fill": PlotStyle.stripe], stripes),
                SVGElement("g", ["stroke": PlotStyle.grid], lines),
                SVGElement(
                    "line",
                    [
                        "class": "zero", "x1": zero, "y1": place.top - 5, "x2": zero, "y2": bottom + 5,
                        "stroke": PlotStyle.ink,
                        "stroke-width": 1.2,
                    ]),
                SVGElement(
                    "g", ["text-anchor": "middle"],
                    ticks.map {
                        SVGElement("text", ["x": axis.place($0.value), "y": bottom + 20], text: $0.label)
                    }),
            ])
    }

    private func row(
        _ entry: Entry, at index: Int, _ place: Placement, _ axis: Axis, _ columns: [Column]
    ) -> SVGElement {
        let middle = place.top + Self.rowHeight * (Double(index) + 0.5)
        let baseline = middle + 4.5
        var elements = [name(of: entry, baseline: baseline, place)]
        if let interval = Self.interval(of: entry) {
            let (lower, upper) = (axis.place(interval.lower), axis.place(interval.upper))
            elements.append(
                SVGElement(
                    "path",
                    [
                        "class": "interval", "stroke": PlotStyle.plain, "stroke-width": 1.8, "fill": "none",
                        "d": "M\(lower.svgText) \((middle - 4).svgText)v8m0 -4H\(upper.svgText)m0 -4v8",
                    ]))
        }
        if let estimate = entry.correlation.estimate {
            elements.append(
                SVGElement(
                    "circle",
                    [
                        "cx": axis.place(estimate), "cy": middle, "r": 5, "stroke": PlotStyle.plain, "stroke-width": 2,
                        "fill": estimate < 0 ? PlotStyle.background : PlotStyle.plain,
                    ]))
        }
        for (index, column) in columns.enumerated() {
            guard let text = column.text(entry) else { continue }
            elements.append(
                SVGElement(
                    "text", ["x": place.columnEdge(index), "y": baseline, "text-anchor": "end"], text: text))
        }
        return SVGElement("g", [:], elements)
    }

    private func undefinedRow(_ entry: Entry, baseline: Double, _ place: Placement) -> SVGElement {
        let reason = PlotText.shortened(
            "undefined. \(entry.correlation.reason ?? "")", to: place.width - Self.edge - place.left,
            size: PlotStyle.textSize)
        return SVGElement(
            "g", [:],
            [
                name(of: entry, baseline: baseline, place),
                SVGElement("text", ["x": place.left, "y": baseline, "fill": PlotStyle.mutedInk], text: reason),
            ])
    }

    private func name(of entry: Entry, baseline: Double, _ place: Placement) -> SVGElement {
        SVGElement(
            "text", ["x": Self.edge, "y": baseline],
            text: PlotText.shortened(entry.name, to: place.nameWidth, size: PlotStyle.textSize))
    }

    /// How to read the picture: dots, intervals, and n if it is one for all.
    private func legend() -> String {
        var sentences = ["● positive, ○ negative."]
        let withInterval = entries.filter { Self.interval(of: $0) != nil }
        if let first = withInterval.first, let interval = Self.interval(of: first) {
            let resamples = Set(withInterval.map { $0.correlation.bootstrap?.resamples })
            let level = NumberFormat.significant(3).string(100 * interval.level)
            let percent = level.hasSuffix(".0") ? String(level.dropLast(2)) : level
            switch resamples.count == 1 ? resamples.first ?? nil : nil {
            case let count?:
                let clusters = withInterval.compactMap { $0.correlation.bootstrap?.clusters }.max()
                let units = clusters.map { " of \($0) configurations" } ?? ""
                sentences.append("Intervals: \(percent) %, bootstrap percentiles of \(count) resamples\(units).")
            case nil where resamples == [nil]: sentences.append("Intervals: \(percent) %, from Fisher's z.")
            case nil: sentences.append("Intervals: \(percent) %.")
            }
        }
        let counts = Set(entries.map(\.correlation.count))
        if counts.count == 1, let count = counts.first { sentences.append("n = \(count).") }
        let given = entries[0].correlation.covariates
        if !given.isEmpty { sentences.append("Held fixed: \(given.joined(separator: ", ")).") }
        return sentences.joined(separator: " ")
    }
}
