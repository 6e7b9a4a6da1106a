import Plots
import TestSupport
import Testing

/// What holds for every picture of finite numbers, however large, small or close together they are.
@Suite struct ExtremeValuesTests {
    /// Ranges over all of double precision: some numbers of each.
    static let columns: [[Double]] = {
        let tiny = Double.leastNonzeroMagnitude
        let huge = Double.greatestFiniteMagnitude
        var columns: [[Double]] = [
            [tiny, tiny, tiny], [tiny, 2 * tiny, 3 * tiny], [0, tiny, 2 * tiny], [-tiny, 0, tiny],
            [tiny, 0x1p-1063, 0x1p-1030], [0x1p-1063, 1, 1e308], [tiny, 1, huge], [huge, huge, huge], [-huge, 0, huge],
            [-huge, -huge / 2, -huge / 3], [huge.nextDown.nextDown, huge.nextDown, huge], [1e300, 2e300, 1e301],
            [9.99e299, 1e300, 1.01e300], [0x1p-1024, 0x1.8p-1024, 0x1p-1023], [0, 0, 0], [-0.0, 0, 0], [0, 1, 1e-300],
            [0.3, 0.3.nextUp, 0.3.nextUp.nextUp], [-1e20, -1e20 + 1e11, -1e20 + 2e11], [1, 1 + 1e-12, 1 + 2e-12],
            [1, 1 + 1e-9, 1 + 2e-9], [1e6, 1e6 + 1e-3, 1e6 + 2e-3], [3, 3.5, 4], [2, 9, 15], [11, 50, 98],
            [1.1, 5, 99],
            [1.00001, 1.00002, 1.00003], [123_456_789, 123_456_790, 123_456_791], [1e-5, 2e-5, 1e-4], [-5, -4, 1e-200],
        ]
        for exponent in stride(from: -320, through: 305, by: 25) {
            // Read, not computed: a power of ten below the normal numbers is the nearest that there is.
            guard let size = Double("1e\(exponent)") else { continue }
            columns.append([size, 2 * size, 7 * size])
            columns.append([-size, size, 3 * size])
            columns.append([size, size.nextUp, size.nextUp.nextUp])
            columns.append([size, size, size])
            columns.append([tiny, size, size * 99])
        }
        return columns
    }()

    static let scales: [(AxisScale, AxisScale)] = [
        (.automatic, .automatic), (.linear, .linear), (.logarithmic, .logarithmic), (.linear, .logarithmic),
    ]

    /// Everything that can be drawn of two columns.
    static func pictures(_ x: [Double], _ y: [Double], _ scale: (AxisScale, AxisScale)) -> [(String, Picture)] {
        let isLogarithmic = scale.0 == .logarithmic
        let places = zip(x, y).map { LogLogPlot.Point(x: $0, y: $1) }
        return [
            (
                "scatter",
                ScatterPlot(
                    title: "t", xLabel: "x", yLabel: "y", points: zip(x, y).map { .init(x: $0, y: $1) },
                    xScale: scale.0, yScale: scale.1
                ).picture()
            ),
            (
                "curves",
                CurvePlot(
                    title: "t", xLabel: "x", yLabel: "y",
                    series: [
                        .init(
                            name: "s",
                            points: zip(x, y).map { .init(x: $0, y: $1, interval: min($1, 0)...max($1, 0)) })
                    ], xScale: scale.0, yScale: scale.1, reference: 0
                ).picture()
            ),
            (
                "slopes",
                LogLogPlot(
                    title: "t", xLabel: "x", yLabel: "y",
                    series: [
                        .init(name: "s", points: places, fit: .line(slope: 3, standardError: 1, logFactor: -700))
                    ], expectedSlope: -2
                ).picture()
            ),
            (
                "heat map",
                HeatMapPlot(
                    title: "t", xLabel: "x", yLabel: "y", valueLabel: "v",
                    points: x.flatMap { x in y.map { .init(x: x, y: $0, value: x) } },
                    boundary: .init(name: "b", points: zip(y, y).map { .init(x: $0, y: $1) }),
                    isLogarithmicX: isLogarithmic, isLogarithmicY: isLogarithmic
                ).picture()
            ),
            (
                "heat map of numbers",
                HeatMapPlot(
                    title: "t", xLabel: "x", yLabel: "y", valueLabel: "v",
                    points: [0.0, 1, 2].flatMap { place in y.map { .init(x: place, y: place, value: $0) } }
                ).picture()
            ),
        ]
    }

    @Test("Whatever finite numbers are drawn, every place is within the picture", arguments: columns.indices)
    func inside(index: Int) throws {
        for other in Self.partners(of: index) {
            for scale in Self.scales {
                for (name, picture) in Self.pictures(Self.columns[index], other, scale) {
                    #expect(try Self.strayNumbers(picture).isEmpty, "\(name) of \(Self.columns[index]) and \(other)")
                }
            }
        }
    }

    @Test(
        "Every axis of points has two ticks at least, of different labels that do not cover each other",
        arguments: columns.indices)
    func ticks(index: Int) throws {
        for other in Self.partners(of: index) {
            for scale in Self.scales {
                for (name, picture) in Self.pictures(Self.columns[index], other, scale).prefix(3) {
                    let drawn = try ParsedSVG(picture.svg)
                    // A figure on two logarithmic axes is a sentence where nothing is above 0.
                    guard drawn.all("rect").count > 1 else {
                        #expect(name == "slopes" && !zip(Self.columns[index], other).contains { $0 > 0 && $1 > 0 })
                        continue
                    }
                    for (anchor, axis) in [("middle", "x"), ("end", "y")] {
                        let labels = drawn.all("text").filter { $0.inherited["text-anchor"] == anchor }
                        let words =
                            "\(name), \(axis) axis of \(Self.columns[index]) and \(other): \(labels.map(\.text))"
                        #expect(labels.count >= 2, "\(words)")
                        #expect(Set(labels.map(\.text)).count == labels.count, "\(words)")
                        let places = try labels.map { try $0.number(axis) }.sorted()
                        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= 25 }, "\(words)")
                    }
                }
            }
        }
    }

    @Test(
        "Columns and rows of a heat map have different labels, two at least where there are two",
        arguments: columns.indices)
    func heatMapLabels(index: Int) throws {
        let column = Self.columns[index]
        let picture = Self.pictures(column, column, (.linear, .linear))[3].1
        let drawn = try ParsedSVG(picture.svg)
        for anchor in ["middle", "end"] {
            let labels = drawn.all("text").filter { $0.inherited["text-anchor"] == anchor }.map(\.text)
            #expect(labels.count >= min(Set(column).count, 2), "\(column): \(labels)")
            #expect(Set(labels).count == labels.count, "\(column): \(labels)")
        }
    }

    @Test("A ranking of any coefficients has two ticks at least", arguments: columns.indices)
    func ranking(index: Int) throws {
        let column = Self.columns[index].filter { abs($0) <= 1 }
        let entries = column.enumerated().map { place, value in
            RankingPlot.Entry(name: "m\(place)", coefficient: value, interval: value...value, pValue: 0, count: 3)
        }
        let picture = RankingPlot(
            title: "t",
            entries: entries + [.init(name: "none", coefficient: .nan, count: 3, reason: "It is not there.")]
        ).picture()
        #expect(try Self.strayNumbers(picture).isEmpty, "\(column)")
        let labels = try ParsedSVG(picture.svg).all("text").filter { $0.inherited["text-anchor"] == "middle" }
        #expect(column.isEmpty || labels.count >= 2, "\(column)")
        #expect(Set(labels.map(\.text)).count == labels.count, "\(column): \(labels.map(\.text))")
    }

    @Test("A number of any size is drawn, none is counted as missing")
    func nothingMissing() throws {
        let column = [.leastNonzeroMagnitude, 1, 1.7e308]
        let plot = ScatterPlot(
            title: "t", xLabel: "x", yLabel: "y", points: column.map { .init(x: $0, y: -$0) }, xScale: .logarithmic)
        let drawn = try ParsedSVG(plot.picture().svg)
        #expect(drawn.all("circle", inClass: "plain").count == 3)
        #expect(!drawn.texts.contains { $0.contains("lack") })
    }

    /// The column itself, another one of ordinary numbers, and one of the other end of the range.
    static func partners(of index: Int) -> [[Double]] {
        [columns[index], [0.2, 0.9, 0.4], columns[columns.count - 1 - index]]
    }

    /// What stands in a picture where a pixel should and is none of it, and words of numbers that are none.
    static func strayNumbers(_ picture: Picture) throws -> [String] {
        let drawn = try ParsedSVG(picture.svg)
        var stray: [String] = []
        for element in drawn.elements {
            for (name, text) in element.attributes {
                let isX = ["x", "x1", "x2", "cx"].contains(name)
                guard isX || ["y", "y1", "y2", "cy"].contains(name) else { continue }
                let size = isX ? drawn.width : drawn.height
                guard let place = Double(text), (0...size).contains(place) else {
                    stray.append("\(element.name) \(name)=\(text)")
                    continue
                }
            }
            if element.name == "path" {
                let numbers = (element.attributes["d"] ?? "").split { !"-.0123456789e".contains($0) }
                let reach = max(drawn.width, drawn.height) + 10
                stray += numbers.filter { Double($0).map { abs($0) > reach } ?? true }.map { "path \($0)" }
            }
        }
        let words = drawn.texts.flatMap { $0.lowercased().split { !$0.isLetter } }
        return stray + words.filter { ["nan", "inf"].contains($0) }.map(String.init)
    }
}
