import Foundation
import Typography

/// Series on logarithmic axes, each with the line that was fitted to it and perhaps the slope that is expected.
public struct LogLogPlot: Plot {
    public struct Series: Sendable, Hashable {
        /// Empty for the only series of a plot.
        public var name: String
        /// Places of models; several at one x become their mean, with a bar from the least to the greatest.
        public var points: [Point]
        /// Drawn over the points, its slope behind the name; nil for none.
        public var fit: Fit?

        public init(name: String, points: [Point], fit: Fit? = nil) {
            self.name = name
            self.points = points
            self.fit = fit
        }
    }

    /// A straight line on logarithmic axes that was fitted to a series.
    public enum Fit: Sendable, Hashable {
        /// The natural logarithm of y is `logFactor` and `slope` times that of x.
        case line(slope: Double, standardError: Double, logFactor: Double)
        /// There is none, and why, in words for the legend.
        case none(String)

        /// The line's value at a positive x.
        func value(at x: Double) -> Double? {
            guard case .line(let slope, _, let logFactor) = self else { return nil }
            return exp(logFactor + slope * log(x))
        }

        /// "slope 0.481 ± 0.002"
        var words: String {
            switch self {
            case .line(let slope, let standardError, _):
                "slope \(fixed(slope, decimals: 3)) ± \(fixed(standardError, decimals: 3))"
            case .none(let words): words
            }
        }
    }

    public struct Point: Sendable, Hashable {
        public var x, y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }

        /// Whether logarithmic axes have a place for it; a fit is of those that have one.
        public var canBeDrawn: Bool { x > 0 && y > 0 && x.isFinite && y.isFinite }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var series: [Series]
    /// Drawn through the middle of each series, grey.
    public var expectedSlope: Double?
    /// Whether means at neighbouring x are joined; otherwise every model is drawn.
    public var isJoined: Bool
    /// Sentences below the picture.
    public var notes: [String]

    public init(
        title: String, xLabel: String, yLabel: String, series: [Series], expectedSlope: Double? = nil,
        isJoined: Bool = true,
        notes: [String] = []
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
        self.expectedSlope = expectedSlope
        self.isJoined = isJoined
        self.notes = notes
    }

    /// The picture; the same plot gives the same bytes always. Points without a logarithm are left out and counted;
    /// without any other it is a sentence.
    public func picture() -> Picture {
        let drawn = series.map { $0.points.filter(\.canBeDrawn) }
        let (count, left) = (series.reduce(0) { $0 + $1.points.count }, drawn.reduce(0) { $0 + $1.count })
        guard left > 0 else {
            let points = count == 1 ? "The only point has" : "None of \(count) points has"
            return Picture(
                sentence: count == 0
                    ? "There is no model with both \(xLabel) and \(yLabel)."
                    : "\(points) both \(xLabel) and \(yLabel) above 0, which logarithmic axes take.", title: title)
        }
        var notes = self.notes
        if left < count {
            notes.append(
                "\(count - left) of \(count) points \(count - left == 1 ? "is" : "are") left out: logarithmic "
                    + "axes have no place for 0 and less.")
        }
        if series.contains(where: { $0.fit?.value(at: 1) != nil }) {
            notes.append("Dotted lines are least squares of the logarithms, ± one standard error of the slope.")
        }
        var plot = CurvePlot(
            title: title, xLabel: xLabel, yLabel: yLabel,
            series: zip(series, drawn).map { series, drawn in
                CurvePlot.Series(
                    name: Self.legend(series.name, series.fit),
                    points: isJoined
                        ? CurvePlot.means(drawn.map { ($0.x, $0.y) }) : drawn.map { .init(x: $0.x, y: $0.y) },
                    isJoined: isJoined)
            },
            xScale: .logarithmic, yScale: .logarithmic, notes: notes)
        plot.hasLongNames = true
        plot.guides = drawn.indices.flatMap { guides(drawn[$0], series[$0].fit, series: $0) }
        // One name stands for all the lines of the expected slope.
        if let first = plot.guides.firstIndex(where: { $0.series == nil }) {
            plot.guides[first].name = "expected slope \(Ticks.short(expectedSlope ?? 0))"
        }
        return plot.picture()
    }

    /// The fitted line over the points' range, and that of the expected slope through their middle.
    private func guides(_ points: [Point], _ fit: Fit?, series: Int) -> [CurvePlot.Guide] {
        guard let least = points.map(\.x).min(), let most = points.map(\.x).max(), least < most else { return [] }
        func line(_ value: (Double) -> Double?, _ series: Int?) -> CurvePlot.Guide? {
            guard let first = value(least), let last = value(most), first > 0, last > 0, first.isFinite,
                last.isFinite
            else { return nil }
            return .init(from: .init(x: least, y: first), to: .init(x: most, y: last), series: series)
        }
        var lines = [fit.flatMap { fit in line({ fit.value(at: $0) }, series) }]
        if let expectedSlope {
            func middle(_ values: [Double]) -> Double {
                exp(values.map { log($0) }.reduce(0, +) / Double(values.count))
            }
            let (x, y) = (middle(points.map(\.x)), middle(points.map(\.y)))
            lines.insert(line({ y * exp(expectedSlope * log($0 / x)) }, nil), at: 0)
        }
        return lines.compactMap(\.self)
    }

    /// "sam: slope 0.481 ± 0.002", the name shortened where it takes more than its line of the legend.
    private static func legend(_ name: String, _ fit: Fit?) -> String {
        guard let slope = fit?.words else { return name }
        guard !name.isEmpty else { return slope }
        let room = PlotFrame.width - 2 * PlotFrame.edge - 24 - PlotText.width(": \(slope)", size: PlotStyle.textSize)
        return "\(PlotText.shortened(name, to: room, size: PlotStyle.textSize)): \(slope)"
    }
}

extension CurvePlot {
    /// The mean of y at each x, with a bar from the least to the greatest where there are several.
    package static func means(_ places: [(x: Double, y: Double)]) -> [Point] {
        Dictionary(grouping: places, by: \.x).sorted { $0.key < $1.key }.map { x, places in
            let values = places.map(\.y)
            guard let least = values.min(), let most = values.max(), values.count > 1 else {
                return Point(x: x, y: values.first)
            }
            return Point(
                x: x, y: mean(values), interval: least < most ? least...most : nil)
        }
    }
}

/// The mean of some numbers, also where their sum is no number any more.
func mean(_ values: [Double]) -> Double {
    let sum = values.reduce(0, +)
    let count = Double(values.count)
    if sum.isFinite { return sum / count }
    // Rounding may go beyond the greatest number that there is.
    let mean = values.reduce(0) { $0 + $1 / count }
    return min(max(mean, values.min() ?? mean), values.max() ?? mean)
}
