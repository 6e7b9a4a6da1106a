import Foundation
import Statistics

/// Series on logarithmic axes, each with the power law that fits it and perhaps the slope that is expected.
public struct LogLogPlot: Sendable {
    public struct Series: Sendable, Hashable {
        /// Empty for the only series of a plot.
        public var name: String
        /// Places of models; several at one x become their mean, with a bar from the least to the greatest.
        public var points: [Point]

        public init(name: String, points: [Point]) {
            self.name = name
            self.points = points
        }
    }

    public struct Point: Sendable, Hashable {
        public var x, y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
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
    public func svg() -> String {
        let drawn = series.map { series in
            series.points.filter { $0.x > 0 && $0.y > 0 && Axis.canShow($0.x) && Axis.canShow($0.y) }
        }
        let (count, left) = (series.reduce(0) { $0 + $1.points.count }, drawn.reduce(0) { $0 + $1.count })
        guard left > 0 else {
            let points = count == 1 ? "The only point has" : "None of \(count) points has"
            return svgSentence(
                count == 0
                    ? "There is no model with both \(xLabel) and \(yLabel)."
                    : "\(points) both \(xLabel) and \(yLabel) above 0, which logarithmic axes take.", title: title)
        }
        var notes = self.notes
        if left < count {
            notes.append(
                "\(count - left) of \(count) points \(count - left == 1 ? "is" : "are") left out: logarithmic axes have no place for 0 "
                    + "and less.")
        }
        let fits = drawn.enumerated().map { index, points in
            powerLaw(Variable(yLabel, points.map(\.y)), over: Variable(xLabel, points.map(\.x)))
        }
        if fits.contains(where: { (try? $0.get()) != nil }) {
            notes.append("Dotted lines are least squares of the logarithms, ± one standard error of the slope.")
        }
        var plot = CurvePlot(
            title: title, xLabel: xLabel, yLabel: yLabel,
            series: zip(series, zip(drawn, fits)).map { series, found in
                CurvePlot.Series(
                    name: Self.legend(series.name, found.1),
                    points: isJoined
                        ? CurvePlot.means(found.0.map { ($0.x, $0.y) }) : found.0.map { .init(x: $0.x, y: $0.y) },
                    isJoined: isJoined)
            },
            xScale: .logarithmic, yScale: .logarithmic, notes: notes)
        plot.hasLongNames = true
        plot.guides = drawn.indices.flatMap { guides(drawn[$0], try? fits[$0].get(), series: $0) }
        // One name stands for all the lines of the expected slope.
        if let first = plot.guides.firstIndex(where: { $0.series == nil }) {
            plot.guides[first].name = "expected slope \(Ticks.short(expectedSlope ?? 0))"
        }
        return plot.svg()
    }

    /// The fitted line over the points' range, and that of the expected slope through their middle.
    private func guides(_ points: [Point], _ fit: PowerLaw?, series: Int) -> [CurvePlot.Guide] {
        guard let least = points.map(\.x).min(), let most = points.map(\.x).max(), least < most else { return [] }
        func line(_ value: (Double) -> Double, _ series: Int?) -> CurvePlot.Guide? {
            let (first, last) = (value(least), value(most))
            guard first > 0, last > 0, Axis.canShow(first), Axis.canShow(last) else { return nil }
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
    private static func legend(_ name: String, _ fit: Result<PowerLaw, UndefinedPowerLaw>) -> String {
        let slope =
            switch fit {
            case .success(let law):
                "slope \(fixed(law.exponent, decimals: 3)) ± \(fixed(law.standardError, decimals: 3))"
            case .failure(.tooFewRows): "too few points for a slope"
            case .failure(.constant(let variable)): "no slope, as \(variable) is constant"
            case .failure(.noLogarithm): "no slope"
            }
        guard !name.isEmpty else { return slope }
        let room = PlotFrame.width - 2 * PlotFrame.edge - 24 - PlotText.width(": \(slope)", size: PlotStyle.textSize)
        return "\(PlotText.shortened(name, to: room, size: PlotStyle.textSize)): \(slope)"
    }
}

extension CurvePlot {
    /// The mean of y at each x, with a bar from the least to the greatest where there are several.
    static func means(_ places: [(x: Double, y: Double)]) -> [Point] {
        Dictionary(grouping: places, by: \.x).sorted { $0.key < $1.key }.map { x, places in
            let values = places.map(\.y)
            guard let least = values.min(), let most = values.max(), values.count > 1 else {
                return Point(x: x, y: values.first)
            }
            return Point(
                x: x, y: values.reduce(0, +) / Double(values.count), interval: least < most ? least...most : nil)
        }
    }
}
