import Typography

/// A heat map of correlations between measures, with the value in each cell.
public struct MatrixPlot: Plot {
    public var title: String
    public var names: [String]
    /// Row by row, in the order of `names`; nil where a correlation is undefined.
    public var values: [[Double?]]
    /// Sentences below the picture.
    public var notes: [String]

    /// - Precondition: `values` is square, with as many rows as there are names.
    public init(title: String, names: [String], values: [[Double?]], notes: [String] = []) {
        precondition(
            values.count == names.count && values.allSatisfy { $0.count == names.count },
            "\(names.count) names need a square matrix of that size")
        self.title = title
        self.names = names
        self.values = values
        self.notes = notes
    }

    private static let edge = 20.0
    private static let cell = 44.0
    private static let cellTextSize = 12.0
    private static let undefinedFill = "#d8dee4"

    /// The picture; the same plot gives the same bytes always. Without a name it is a sentence.
    public func picture() -> Picture {
        guard !names.isEmpty else { return Picture(sentence: "There are no measures to compare.", title: title) }
        let shown = names.map { PlotText.shortened($0, to: 230, size: PlotStyle.textSize) }
        let labelWidth = shown.map { PlotText.width($0, size: PlotStyle.textSize) }.max() ?? 0
        // Names over the columns lean by 45 degrees: they rise and reach to the right by this much.
        let lean = labelWidth * 0.71 + 12
        let side = Self.cell * Double(names.count)
        let left = Self.edge + labelWidth + 10
        let width = max(left + side + max(lean - Self.cell / 2, 0) + 8, 460)
        let heading = Heading(title, x: Self.edge, width: width - 2 * Self.edge)
        let top = heading.baseline + 18 + lean

        var elements = heading.elements
        elements.append(labels(shown, left: left, top: top))
        elements += cells(left: left, top: top)
        let hasUndefined = values.joined().contains { Self.shown($0) == nil }
        elements.append(legend(x: left, y: top + side + 18, hasUndefined: hasUndefined))
        var bottom = top + side + 60
        for line in notes.flatMap({ PlotText.wrapped($0, to: width - 2 * Self.edge, size: PlotStyle.textSize) }) {
            elements.append(
                SVGElement(
                    "text", ["x": Self.edge, "y": bottom + 12, "fill": PlotStyle.mutedInk], text: line))
            bottom += 19
        }
        return Picture(width: width, height: bottom + 6, title: title, elements)
    }

    private static func shown(_ value: Double?) -> Double? {
        value.flatMap { $0.isFinite ? $0 : nil }
    }

    private func labels(_ names: [String], left: Double, top: Double) -> SVGElement {
        let rows = names.enumerated().map { index, name in
            SVGElement("text", ["x": left - 8, "y": top + Self.cell * (Double(index) + 0.5) + 4.5], text: name)
        }
        let columns = names.enumerated().map { index, name in
            let x = left + Self.cell * (Double(index) + 0.5) + 4
            let place = "\(x.svgText) \((top - 7).svgText)"
            return SVGElement("text", ["transform": "translate(\(place)) rotate(-45)"], text: name)
        }
        return SVGElement("g", [:], [SVGElement("g", ["text-anchor": "end"], rows), SVGElement("g", [:], columns)])
    }

    /// Rectangles first, then the numbers grouped by their colour, which keeps the file small.
    private func cells(left: Double, top: Double) -> [SVGElement] {
        var squares: [SVGElement] = []
        var texts: [String: [SVGElement]] = [:]
        for (row, line) in values.enumerated() {
            for (column, value) in line.enumerated() {
                let x = left + Self.cell * Double(column)
                let y = top + Self.cell * Double(row)
                let value = Self.shown(value)
                let color = value.map(DivergingPalette.color)
                squares.append(
                    SVGElement(
                        "rect",
                        [
                            "x": x, "y": y, "width": Self.cell, "height": Self.cell,
                            "fill": color?.hex ?? Self.undefinedFill,
                        ]))
                texts[color.map(DivergingPalette.textColor) ?? "#000000", default: []].append(
                    SVGElement(
                        "text", ["x": x + Self.cell / 2, "y": y + Self.cell / 2 + 4.3],
                        text: value.map { fixed($0, decimals: 2) } ?? "–"))
            }
        }
        let groups = texts.sorted { $0.key < $1.key }.map { color, texts in
            SVGElement("g", ["fill": color, "font-size": Self.cellTextSize, "text-anchor": "middle"], texts)
        }
        return [SVGElement("g", ["stroke": PlotStyle.background, "class": "cells"], squares)] + groups
    }

    private func legend(x: Double, y: Double, hasUndefined: Bool) -> SVGElement {
        let steps = 40
        let length = 200.0
        let width = length / Double(steps)
        var elements = (0..<steps).map { step in
            let value = -1 + 2 * (Double(step) + 0.5) / Double(steps)
            // A little overlap hides seams between neighbours.
            return SVGElement(
                "rect",
                [
                    "x": x + width * Double(step), "y": y, "width": step + 1 == steps ? width : width + 0.5,
                    "height": 12,
                    "fill": DivergingPalette.color(value).hex,
                ])
        }
        for (share, label) in [(0.0, "−1"), (0.5, "0"), (1.0, "1")] {
            elements.append(
                SVGElement(
                    "text", ["x": x + length * share, "y": y + 28, "text-anchor": "middle"], text: label))
        }
        if hasUndefined {
            elements.append(
                SVGElement(
                    "rect", ["x": x + length + 28, "y": y, "width": 12, "height": 12, "fill": Self.undefinedFill]))
            elements.append(SVGElement("text", ["x": x + length + 46, "y": y + 11], text: "undefined"))
        }
        return SVGElement("g", [:], elements)
    }
}
