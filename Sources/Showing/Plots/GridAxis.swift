import Foundation

/// Numbers that each have a column or row of their own, in order.
struct GridAxis {
    let values: [Double]
    /// One a value, all different.
    let labels: [String]
    private let isLogarithmic: Bool

    init(_ values: [Double], isLogarithmic: Bool) {
        self.values = Set(values).sorted()
        labels = Ticks.short(self.values)
        self.isLogarithmic = isLogarithmic
    }

    /// - Complexity: O(log values).
    func index(_ value: Double) -> Int? {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < values.count && values[low] == value ? low : nil
    }

    /// A number's place, 0 for the middle of the first column; between and beyond the values as far as the step there
    /// says.
    ///
    /// - Returns: nil for another number than the only value.
    func place(_ value: Double) -> Double? {
        if let index = index(value) { return Double(index) }
        guard values.count > 1 else { return nil }
        let next = min(max(values.firstIndex { $0 > value } ?? values.count - 1, 1), values.count - 1)
        let (low, high) = (values[next - 1], values[next])
        let part =
            isLogarithmic && low > 0 && value > 0
            ? (log(value) - log(low)) / (log(high) - log(low)) : share(of: value, from: low, to: high)
        return Double(next - 1) + part
    }
}

/// The frame of a heat map: cells of one size, the values beside them, and the labels.
struct GridFrame {
    static let mostHeight = 320.0

    let x: GridAxis
    let y: GridAxis
    /// Pixels, the frame's left and right border.
    let horizontal: ClosedRange<Double>
    /// Pixels, the frame's upper and lower border.
    let vertical: ClosedRange<Double>
    private let xLabel: String
    private let yLabel: String

    /// - Precondition: each axis has a value.
    init(_ x: GridAxis, _ y: GridAxis, top: Double, xLabel: String, yLabel: String) {
        self.x = x
        self.y = y
        self.xLabel = xLabel
        self.yLabel = yLabel
        func width(_ label: String) -> Double { PlotText.width(label, size: PlotStyle.textSize) }
        let left = PlotFrame.edge + 22 + (y.labels.map(width).max() ?? 0) + 8
        // A wide last label must not be cut off.
        let count = Double(x.values.count)
        let most = PlotFrame.width - PlotFrame.edge - left
        let overhang = x.labels.last.map(width).map { $0 / 2 - most / count / 2 - PlotFrame.edge + 6 } ?? 0
        // As wide as the labels take, where there is room.
        let widest = x.labels.map(width).max() ?? 0
        let across = min(most - max(overhang, 0), max(120, widest + 10) * count)
        horizontal = left...left + across
        vertical = top...top + min(Self.mostHeight, 48 * Double(y.values.count))
    }

    var cellWidth: Double { (horizontal.upperBound - horizontal.lowerBound) / Double(x.values.count) }
    var cellHeight: Double { (vertical.upperBound - vertical.lowerBound) / Double(y.values.count) }

    /// Row 0 is the lowest.
    func top(ofRow row: Int) -> Double { vertical.upperBound - cellHeight * Double(row + 1) }

    /// The pixel of a place on the x axis, where 0 is the middle of the first column.
    func pixel(column place: Double) -> Double { horizontal.lowerBound + cellWidth * (place + 0.5) }

    func pixel(row place: Double) -> Double { vertical.upperBound - cellHeight * (place + 0.5) }

    /// Faint lines between cells, which would be one field where they are of one colour; none between the smallest.
    var grid: SVGElement {
        let columns = cellWidth < 8 ? [] : Array(x.values.indices.dropFirst())
        let rows = cellHeight < 8 ? [] : Array(y.values.indices.dropFirst())
        let lines =
            columns.map { index in
                let place = pixel(column: Double(index) - 0.5)
                return SVGElement(
                    "line", ["x1": place, "y1": vertical.lowerBound, "x2": place, "y2": vertical.upperBound])
            }
            + rows.map { index in
                let place = pixel(row: Double(index) - 0.5)
                return SVGElement(
                    "line", ["x1": horizontal.lowerBound, "y1": place, "x2": horizontal.upperBound, "y2": place])
            }
        return SVGElement("g", ["stroke": PlotStyle.grid, "stroke-opacity": 0.6], lines)
    }

    var elements: [SVGElement] {
        let (left, right) = (horizontal.lowerBound, horizontal.upperBound)
        let (top, bottom) = (vertical.lowerBound, vertical.upperBound)
        let widest = x.labels.map { PlotText.width($0, size: PlotStyle.textSize) }.max() ?? 0
        let columns = Self.shown(x.values.count, size: cellWidth, needed: widest + 10).map { index in
            SVGElement(
                "text", ["x": pixel(column: Double(index)), "y": bottom + 18], text: x.labels[index])
        }
        let rows = Self.shown(y.values.count, size: cellHeight, needed: 17).map { index in
            SVGElement(
                "text", ["x": left - 7, "y": pixel(row: Double(index)) + 4.5], text: y.labels[index])
        }
        let border = SVGElement(
            "rect",
            [
                "x": left, "y": top, "width": right - left, "height": bottom - top, "fill": "none",
                "stroke": PlotStyle.frame,
            ])
        let size = PlotStyle.labelSize
        let center = (top + bottom) / 2
        // A narrow frame has room for a label beyond its right border.
        let room = 2 * min((left + right) / 2 - PlotFrame.edge, PlotFrame.width - PlotFrame.edge - (left + right) / 2)
        return [
            border, SVGElement("g", ["text-anchor": "middle"], columns), SVGElement("g", ["text-anchor": "end"], rows),
            SVGElement(
                "text",
                [
                    "x": (left + right) / 2, "y": bottom + 42, "font-size": size, "text-anchor": "middle",
                ], text: PlotText.shortened(xLabel, to: room, size: size)),
            SVGElement(
                "text",
                [
                    "x": PlotFrame.edge + 10, "y": center, "font-size": size, "text-anchor": "middle",
                    "transform": "rotate(-90 \((PlotFrame.edge + 10).svgText) \(center.svgText))",
                ], text: PlotText.shortened(yLabel, to: max(bottom - top, 120), size: size)),
        ]
    }

    /// Every value's index, or every second, third, …, such that their labels have room; the first and the last at
    /// least.
    private static func shown(_ count: Int, size: Double, needed: Double) -> [Int] {
        let shown = Array(stride(from: 0, to: count, by: max(1, Int((needed / size).rounded(.up)))))
        // One label says nothing of the others.
        return shown.count < 2 && count > 1 ? [0, count - 1] : shown
    }
}

/// Where `value` is on the way from one number to another, 0 at the first and 1 at the second, also where their
/// difference is no number any more.
func share(of value: Double, from first: Double, to last: Double) -> Double {
    let span = last - first
    return span.isFinite ? (value - first) / span : (value / 2 - first / 2) / (last / 2 - first / 2)
}
