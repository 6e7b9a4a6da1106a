/// A value over two quantities of which a study has every combination, as colours; perhaps with a line that theory
/// draws.
///
/// Each value of a quantity has a column or row of the same size, whatever the steps between them; a boundary's places
/// between two values are taken on the scale of the quantity.
public struct HeatMapPlot: Plot {
    public struct Point: Sendable, Hashable {
        public var x, y: Double
        /// Nil where there is none; the cell is then grey.
        public var value: Double?

        public init(x: Double, y: Double, value: Double?) {
            self.x = x
            self.y = y
            self.value = value
        }
    }

    public struct Boundary: Sendable, Hashable {
        public var name: String
        /// The x of each y, in any order.
        public var points: [LogLogPlot.Point]

        public init(name: String, points: [LogLogPlot.Point]) {
            self.name = name
            self.points = points
        }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var valueLabel: String
    /// Several at one place become their mean.
    public var points: [Point]
    public var boundary: Boundary?
    /// Whether places between two values of a quantity are taken on a logarithmic scale.
    public var isLogarithmicX: Bool
    public var isLogarithmicY: Bool
    /// Sentences below the picture.
    public var notes: [String]

    public init(
        title: String, xLabel: String, yLabel: String, valueLabel: String, points: [Point], boundary: Boundary? = nil,
        isLogarithmicX: Bool = false, isLogarithmicY: Bool = false, notes: [String] = []
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.valueLabel = valueLabel
        self.points = points
        self.boundary = boundary
        self.isLogarithmicX = isLogarithmicX
        self.isLogarithmicY = isLogarithmicY
        self.notes = notes
    }

    /// More columns or rows than this are no grid.
    private static let mostValues = 200

    /// The picture; the same plot gives the same bytes always. Without a value to draw it is a sentence.
    public func picture() -> Picture {
        let placed = points.filter { $0.x.isFinite && $0.y.isFinite }
        let x = GridAxis(placed.map(\.x), isLogarithmic: isLogarithmicX)
        let y = GridAxis(placed.map(\.y), isLogarithmic: isLogarithmicY)
        let values = Self.means(placed, x, y)
        guard !values.isEmpty else {
            return Picture(
                sentence: "There is no value of \(valueLabel) to draw over \(xLabel) and \(yLabel).", title: title)
        }
        for (axis, label) in [(x, xLabel), (y, yLabel)] where axis.values.count > Self.mostValues {
            return Picture(
                sentence:
                    """
                    \(label) has \(axis.values.count) different values: a heat map is of a grid of at most \
                    \(Self.mostValues).
                    """,
                title: title)
        }
        let width = PlotFrame.width - 2 * PlotFrame.edge
        let heading = Heading(title, x: PlotFrame.edge, width: width)
        var elements = heading.elements
        var baseline = heading.baseline
        if let boundary {
            let legend = Legend(
                [("\(boundary.name), as theory has it", { x, y in HeatMapBoundary.symbol(x, y) })], below: baseline,
                width: width,
                longest: width - 24)
            elements += legend.elements
            baseline = legend.baseline
        }
        let scale = ColorScale(values.values.map(\.self))
        let frame = GridFrame(
            x, y, top: baseline + 18, xLabel: isLogarithmicX ? "\(xLabel) (log scale)" : xLabel,
            yLabel: isLogarithmicY ? "\(yLabel) (log scale)" : yLabel)
        elements += cells(values, scale, frame)
        elements += frame.elements
        var notes = self.notes
        if let boundary {
            let line = HeatMapBoundary(boundary, frame)
            elements += line.elements
            if let note = line.note { notes.append(note) }
        }
        let hasGaps = values.count < x.values.count * y.values.count
        elements.append(
            scale.legend(
                valueLabel, x: frame.horizontal.lowerBound, y: frame.vertical.upperBound + 62, hasGaps: hasGaps))
        var bottom = frame.vertical.upperBound + 124
        for line in notes.flatMap({ PlotText.wrapped($0, to: width, size: PlotStyle.textSize) }) {
            elements.append(
                SVGElement("text", ["x": PlotFrame.edge, "y": bottom, "fill": PlotStyle.mutedInk], text: line))
            bottom += 19
        }
        return Picture(width: PlotFrame.width, height: bottom, title: title, elements)
    }

    struct Place: Hashable {
        var column, row: Int
    }

    /// The mean value of each place that has one.
    private static func means(_ points: [Point], _ x: GridAxis, _ y: GridAxis) -> [Place: Double] {
        var found: [Place: [Double]] = [:]
        for point in points {
            guard let value = point.value, value.isFinite, let column = x.index(point.x),
                let row = y.index(point.y)
            else { continue }
            found[Place(column: column, row: row), default: []].append(value)
        }
        return found.mapValues(mean)
    }

    /// Rectangles, the lowest row last, and the numbers in them where they have room and no line crosses them.
    private func cells(_ values: [Place: Double], _ scale: ColorScale, _ frame: GridFrame) -> [SVGElement] {
        var rectangles: [SVGElement] = []
        var texts: [String: [SVGElement]] = [:]
        let size = 12.0
        let longest = values.values.map { PlotText.width(Ticks.short($0, digits: 3), size: size) }.max() ?? 0
        let hasNumbers = boundary == nil && longest <= frame.cellWidth - 6 && frame.cellHeight >= 18
        for row in frame.y.values.indices.reversed() {
            for column in frame.x.values.indices {
                let value = values[Place(column: column, row: row)]
                let color = value.map(scale.color)
                let (x, y) = (frame.horizontal.lowerBound + frame.cellWidth * Double(column), frame.top(ofRow: row))
                rectangles.append(
                    SVGElement(
                        "rect",
                        [
                            "x": x, "y": y, "width": frame.cellWidth, "height": frame.cellHeight,
                            "fill": color?.hex ?? ColorScale.gap,
                        ]))
                guard hasNumbers, let value, let color else { continue }
                texts[DivergingPalette.textColor(on: color), default: []].append(
                    SVGElement(
                        "text", ["x": x + frame.cellWidth / 2, "y": y + frame.cellHeight / 2 + 4.3],
                        text: Ticks.short(value, digits: 3)))
            }
        }
        // Crisp edges leave no seams between cells.
        return [SVGElement("g", ["class": "cells", "shape-rendering": "crispEdges"], rectangles), frame.grid]
            + texts.sorted { $0.key < $1.key }.map { color, texts in
                SVGElement("g", ["class": "numbers", "fill": color, "font-size": size, "text-anchor": "middle"], texts)
            }
    }
}
