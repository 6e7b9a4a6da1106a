import Typography

/// Measures ordered by the size of their correlation with one target: the coefficient as a dot with its interval,
/// and its p value.
///
/// A filled dot is a positive coefficient, a hollow one a negative; both stand on their side of the zero line. Where
/// entries have been judged, a hollow dot is the coefficient and a filled one what is left of it, in the colour of the
/// word behind. Measures without a coefficient come last, with the reason.
public struct RankingPlot: Plot {
    public struct Entry: Sendable, Hashable {
        public var name: String
        /// Nil where it is undefined.
        public var coefficient: Double?
        public var interval: ClosedRange<Double>?
        public var pValue: Double?
        /// The p value corrected for the number of measures tried; its column appears if any entry has one.
        public var adjustedPValue: Double?
        /// The models that entered; their column appears if entries have different ones.
        public var count: Int
        /// Why the coefficient is undefined.
        public var reason: String?
        /// What the measure was judged to be.
        public var judgement: Judgement?

        public init(
            name: String, coefficient: Double?, interval: ClosedRange<Double>? = nil, pValue: Double? = nil,
            adjustedPValue: Double? = nil, count: Int, reason: String? = nil, judgement: Judgement? = nil
        ) {
            self.name = name
            self.coefficient = coefficient
            self.interval = interval
            self.pValue = pValue
            self.adjustedPValue = adjustedPValue
            self.count = count
            self.reason = reason
            self.judgement = judgement
        }

        fileprivate var hasCoefficient: Bool { coefficient?.isFinite ?? false }
    }

    /// A word on an entry, and what is left of its coefficient.
    public struct Judgement: Sendable, Hashable {
        public var word: String
        /// As `JudgementPalette` has it.
        public var tone: JudgementPalette.Tone
        /// The coefficient under what speaks loudest against it; nil where there is none.
        public var left: Double?

        public init(word: String, tone: JudgementPalette.Tone, left: Double?) {
            self.word = word
            self.tone = tone
            self.left = left
        }
    }

    public var title: String
    /// The coefficient's letter, as the heading of its column.
    public var letter: String
    public var entries: [Entry]
    /// How to read the intervals and the coefficients, in sentences that stand in the legend before and after n.
    public var legend: (intervals: String?, heldFixed: String?)
    /// Sentences below the picture, such as what a mark behind a name means.
    public var notes: [String]

    public init(
        title: String, letter: String = "ρ", entries: [Entry],
        legend: (intervals: String?, heldFixed: String?) = (nil, nil), notes: [String] = []
    ) {
        self.title = title
        self.letter = letter
        self.entries = entries
        self.legend = legend
        self.notes = notes
    }

    private static let edge = 20.0
    private static let rowHeight = 26.0
    private static let axisLength = 340.0
    private static let columnWidth = 80.0

    /// The picture; the same plot gives the same bytes always. Without an entry it is a sentence.
    public func picture() -> Picture {
        guard !entries.isEmpty else { return Picture(sentence: "There is no measure to rank.", title: title) }
        let ranked =
            isJudged ? entries.filter(\.hasCoefficient) : entries.filter(\.hasCoefficient).sorted(by: Self.ranksBefore)
        let undefined = entries.filter { !$0.hasCoefficient }.sorted { $0.name < $1.name }
        let columns = columns()
        let nameWidth = min(entries.map { PlotText.width($0.name, size: PlotStyle.textSize) }.max() ?? 0, 280)
        let left = Self.edge + nameWidth + 18
        let right = left + Self.axisLength
        let words = entries.compactMap(\.judgement?.word).map {
            PlotText.width($0, size: PlotStyle.textSize, bold: true)
        }
        let width = right + Self.columnWidth * Double(columns.count) + (words.max().map { $0 + 22 } ?? 0) + Self.edge
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
        for note in (ranked.isEmpty ? [] : [reading]) + notes {
            for line in PlotText.wrapped(note, to: width - 2 * Self.edge, size: PlotStyle.textSize) {
                elements.append(
                    SVGElement(
                        "text", ["x": Self.edge, "y": bottom + 12, "fill": PlotStyle.mutedInk], text: line))
                bottom += 19
            }
        }
        return Picture(width: width, height: bottom + 8, title: title, elements)
    }

    /// By falling size of the coefficient, equal ones by name.
    private static func ranksBefore(_ a: Entry, _ b: Entry) -> Bool {
        let (sizeA, sizeB) = (abs(a.coefficient ?? 0), abs(b.coefficient ?? 0))
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

    private var isJudged: Bool { entries.contains { $0.judgement != nil } }

    private func columns() -> [Column] {
        if isJudged {
            return [
                Column(heading: letter) { $0.coefficient.map { fixed($0, decimals: 2) } },
                Column(heading: "left") { $0.judgement?.left.map { fixed($0, decimals: 2) } },
            ]
        }
        var columns = [
            Column(heading: letter) { $0.coefficient.map { fixed($0, decimals: 3) } },
            Column(heading: "p") { $0.pValue.map(pValueText) },
        ]
        if entries.contains(where: { $0.adjustedPValue != nil }) {
            columns.append(Column(heading: "p (Holm)") { $0.adjustedPValue.map(pValueText) })
        }
        if Set(entries.map(\.count)).count > 1 {
            columns.append(Column(heading: "n") { $0.count.description })
        }
        return columns
    }

    private func axis(from left: Double, to right: Double) -> Axis {
        let values = entries.flatMap { entry -> [Double] in
            entry.hasCoefficient
                ? [
                    entry.coefficient, entry.interval?.lowerBound, entry.interval?.upperBound, entry.judgement?.left,
                ].compactMap(\.self) : []
        }
        // Half a tick's width beyond ±1 leaves room for the dot of a perfect correlation.
        return Axis(values + [0], bounds: -1.04...1.04, from: left, to: right) { ticks, gap in
            gap >= (ticks.map { PlotText.width($0.label, size: PlotStyle.textSize) }.max() ?? 0) + 10
        }
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
        let outermost = axis.place(-1)...axis.place(1)
        let ticks = axis.ticks.filter { outermost.contains($0.place) }
        let lines = ticks.map { tick in
            let x = tick.place
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
                        SVGElement("text", ["x": $0.place, "y": bottom + 20], text: $0.label)
                    }),
            ])
    }

    private func row(
        _ entry: Entry, at index: Int, _ place: Placement, _ axis: Axis, _ columns: [Column]
    ) -> SVGElement {
        let middle = place.top + Self.rowHeight * (Double(index) + 0.5)
        let baseline = middle + 4.5
        var elements = [name(of: entry, baseline: baseline, place)]
        if let interval = entry.interval {
            let (lower, upper) = (axis.place(interval.lowerBound), axis.place(interval.upperBound))
            elements.append(
                SVGElement(
                    "path",
                    [
                        "class": "interval", "stroke": entry.judgement == nil ? PlotStyle.plain : PlotStyle.frame,
                        "stroke-width": entry.judgement == nil ? 1.8 : 1, "fill": "none",
                        "d": "M\(lower.svgText) \((middle - 4).svgText)v8m0 -4H\(upper.svgText)m0 -4v8",
                    ]))
        }
        if let coefficient = entry.coefficient, let judgement = entry.judgement {
            elements += dumbbell(coefficient, judgement, middle: middle, axis)
            let x = place.columnEdge(columns.count - 1) + 20
            elements.append(
                SVGElement(
                    "text", ["x": x, "y": baseline, "fill": judgement.tone.ink, "font-weight": "bold"],
                    text: judgement.word))
        } else if let coefficient = entry.coefficient {
            elements.append(
                SVGElement(
                    "circle",
                    [
                        "cx": axis.place(coefficient), "cy": middle, "r": 5, "stroke": PlotStyle.plain,
                        "stroke-width": 2,
                        "fill": coefficient < 0 ? PlotStyle.background : PlotStyle.plain,
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

    /// The coefficient hollow, what is left of it filled.
    private func dumbbell(
        _ coefficient: Double, _ judgement: Judgement, middle: Double, _ axis: Axis
    ) -> [SVGElement] {
        let colour = judgement.tone.colour
        func dot(_ value: Double, isFilled: Bool) -> SVGElement {
            SVGElement(
                "circle",
                [
                    "cx": axis.place(value), "cy": middle, "r": 5, "stroke": colour, "stroke-width": 2,
                    "fill": isFilled ? colour : PlotStyle.background,
                ])
        }
        guard let left = judgement.left else { return [dot(coefficient, isFilled: false)] }
        let line = SVGElement(
            "line",
            [
                "x1": axis.place(coefficient), "x2": axis.place(left), "y1": middle, "y2": middle, "stroke": colour,
                "stroke-width": 3,
            ])
        return [line, dot(coefficient, isFilled: false), dot(left, isFilled: true)]
    }

    private func undefinedRow(_ entry: Entry, baseline: Double, _ place: Placement) -> SVGElement {
        let reason = PlotText.shortened(
            "undefined. \(entry.reason ?? "")", to: place.width - Self.edge - place.left,
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
    private var reading: String {
        let counts = Set(entries.map(\.count))
        let n = counts.count == 1 ? counts.first.map { "n = \($0)." } : nil
        let dots =
            isJudged
            ? "○ over all, ● under the condition that decides the verdict." : "● positive, ○ negative."
        return [dots, legend.intervals, n, legend.heldFixed].compactMap(\.self)
            .joined(separator: " ")
    }
}
