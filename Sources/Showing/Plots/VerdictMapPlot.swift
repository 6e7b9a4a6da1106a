import Typography

/// What each measure is judged to be in each of several studies, as coloured cells: its word, and below it the
/// correlation over all networks and what is left under the condition that it bears least.
public struct VerdictMapPlot: Plot {
    public struct Cell: Sendable, Hashable {
        public var word: String
        public var tone: JudgementPalette.Tone
        /// Over all networks; nil where there is none.
        public var raw: Double?
        /// Under the condition that decides the word; nil where nothing was held fixed.
        public var left: Double?

        public init(word: String, tone: JudgementPalette.Tone, raw: Double?, left: Double?) {
            self.word = word
            self.tone = tone
            self.raw = raw
            self.left = left
        }
    }

    public var title: String
    public var rows: [String]
    public var columns: [String]
    /// One line a row, one cell a column; nil where the study lacks the measure.
    public var cells: [[Cell?]]

    /// - Precondition: `cells` has a line for each row and a cell for each column.
    public init(title: String, rows: [String], columns: [String], cells: [[Cell?]]) {
        precondition(
            cells.count == rows.count && cells.allSatisfy { $0.count == columns.count },
            "\(rows.count) rows and \(columns.count) columns need a cell for each pair")
        self.title = title
        self.rows = rows
        self.columns = columns
        self.cells = cells
    }

    private static let edge = 20.0
    private static let cellWidth = 104.0
    private static let cellHeight = 42.0
    private static let cellTextSize = 12.0

    /// The picture; the same plot gives the same bytes always. Without a row or a column it is a sentence.
    public func picture() -> Picture {
        guard !rows.isEmpty, !columns.isEmpty else {
            return Picture(sentence: "There are no verdicts to compare.", title: title)
        }
        let size = PlotStyle.textSize
        let names = rows.map { PlotText.shortened($0, to: 230, size: size) }
        let left = Self.edge + (names.map { PlotText.width($0, size: size) }.max() ?? 0) + 10
        let headings = columns.map { PlotText.shortened($0, to: 200, size: size) }
        // Names over the columns lean by 45 degrees: they rise and reach to the right by this much.
        let lean = (headings.map { PlotText.width($0, size: size) }.max() ?? 0) * 0.71 + 12
        let right = left + Self.cellWidth * Double(columns.count)
        let width = max(right + max(lean - Self.cellWidth / 2, 0) + 8, 460)
        let heading = Plots.Heading(title, x: Self.edge, width: width - 2 * Self.edge)
        let top = heading.baseline + 18 + lean
        let bottom = top + Self.cellHeight * Double(rows.count)
        let key = PlotText.wrapped(
            "Correlation over all networks → what is left of it under the condition that it bears least.",
            to: width - 2 * Self.edge, size: size)
        let notes = key.enumerated().map { index, line in
            SVGElement(
                "text", ["x": Self.edge, "y": bottom + 26 + 18 * Double(index), "fill": PlotStyle.mutedInk], text: line)
        }
        return Picture(
            width: width, height: bottom + 26 + 18 * Double(key.count), title: title,
            heading.elements + [labels(names, headings, left: left, top: top)] + squares(left: left, top: top) + notes)
    }

    private func labels(_ names: [String], _ headings: [String], left: Double, top: Double) -> SVGElement {
        let rows = names.enumerated().map { index, name in
            SVGElement("text", ["x": left - 8, "y": top + Self.cellHeight * (Double(index) + 0.5) + 4.5], text: name)
        }
        let columns = headings.enumerated().map { index, name in
            let x = left + Self.cellWidth * (Double(index) + 0.5) + 4
            let place = "\(x.svgText) \((top - 7).svgText)"
            return SVGElement("text", ["transform": "translate(\(place)) rotate(-45)"], text: name)
        }
        return SVGElement("g", [:], [SVGElement("g", ["text-anchor": "end"], rows), SVGElement("g", [:], columns)])
    }

    private func squares(left: Double, top: Double) -> [SVGElement] {
        var squares: [SVGElement] = []
        var texts: [SVGElement] = []
        for (row, line) in cells.enumerated() {
            for (column, cell) in line.enumerated() {
                let x = left + Self.cellWidth * Double(column)
                let y = top + Self.cellHeight * Double(row)
                squares.append(
                    SVGElement(
                        "rect",
                        [
                            "x": x, "y": y, "width": Self.cellWidth, "height": Self.cellHeight,
                            "fill": cell?.tone.colour ?? PlotStyle.stripe, "fill-opacity": cell == nil ? 1 : 0.28,
                        ]))
                let middle = x + Self.cellWidth / 2
                guard let cell else {
                    texts.append(
                        SVGElement("text", ["x": middle, "y": y + 25, "fill": PlotStyle.mutedInk], text: "–"))
                    continue
                }
                let word = PlotText.shortened(cell.word, to: Self.cellWidth - 8, size: Self.cellTextSize, bold: true)
                texts.append(SVGElement("text", ["x": middle, "y": y + 18, "font-weight": "bold"], text: word))
                texts.append(SVGElement("text", ["x": middle, "y": y + 34], text: Self.numbers(cell)))
            }
        }
        return [
            SVGElement("g", ["stroke": PlotStyle.background, "stroke-width": 2, "class": "cells"], squares),
            SVGElement("g", ["font-size": Self.cellTextSize, "text-anchor": "middle"], texts),
        ]
    }

    private static func numbers(_ cell: Cell) -> String {
        guard let raw = cell.raw else { return "–" }
        func text(_ value: Double) -> String { signed(value, digits: 2).replacing("-", with: "−") }
        return cell.left.map { "\(text(raw)) → \(text($0))" } ?? text(raw)
    }
}
