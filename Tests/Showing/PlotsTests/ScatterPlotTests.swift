import Plots
import TestSupport
import Testing

@Suite struct ScatterPlotTests {
    /// Places of all markers, and the frame they have to be in.
    struct Markers {
        var discs, triangles: [(Double, Double)]
        var frame: (x: ClosedRange<Double>, y: ClosedRange<Double>)
    }

    func markers(_ picture: ParsedSVG) throws -> Markers {
        let frame = try #require(picture.all("rect").first { $0.attributes["fill"] == "none" })
        let (x, y) = (try frame.number("x"), try frame.number("y"))
        let discs = try picture.all("circle", inClass: "plain").map { (try $0.number("cx"), try $0.number("cy")) }
        let triangles = try picture.all("path", inClass: "marked").map { path in
            let start = try #require(path.attributes["d"]?.dropFirst().prefix { $0 != "l" })
            let numbers = start.split(separator: " ").compactMap { Double($0) }
            return (try #require(numbers.first), try #require(numbers.last))
        }
        let (right, bottom) = (x + (try frame.number("width")), y + (try frame.number("height")))
        return Markers(discs: discs, triangles: triangles, frame: (x...right, y...bottom))
    }

    func scatter(_ x: [Double?], scale: AxisScale = .automatic) -> ScatterPlot {
        ScatterPlot(
            title: "x", xLabel: "x", yLabel: "accuracy",
            points: zip(x, PlotSamples.accuracy).map { .init(x: $0, y: $1) }, xScale: scale)
    }

    static let awkward: [(name: String, values: [Double])] = [
        ("constant", Array(repeating: 3, count: 100)), ("zero", Array(repeating: 0, count: 100)),
        ("outlier", PlotSamples.noise(seed: 5).dropLast() + [1e12]),
        ("tiny range", PlotSamples.noise(seed: 5).map { 0.7143 + 0.08 * abs($0) / 6 }),
        ("far from zero", PlotSamples.noise(seed: 5).map { 1e6 + 1e-3 * $0 }),
        ("small", PlotSamples.noise(seed: 5).map { 1e-200 * $0 }),
        ("large", PlotSamples.noise(seed: 5).map { 1e299 * $0 }),
        ("last bits", PlotSamples.noise(seed: 5).map { 1 + ($0 * 4).rounded() * 0x1p-52 }),
        ("many decades", (0..<100).map { Double(sign: .plus, exponent: 18 * $0 - 900, significand: 1) }),
    ]

    @Test("Every point is inside the frame, however awkward the values", arguments: awkward.indices)
    func insideFrame(index: Int) throws {
        for scale in [AxisScale.automatic, .linear, .logarithmic] {
            let (name, values) = Self.awkward[index]
            let drawn = try markers(ParsedSVG(scatter(values, scale: scale).svg()))
            #expect(drawn.discs.count == 100)
            #expect(drawn.discs.allSatisfy { drawn.frame.x.contains($0.0) && drawn.frame.y.contains($0.1) }, "\(name)")
        }
    }

    @Test("Tick labels are distinct and lie apart, however awkward the values", arguments: awkward.indices)
    func ticks(index: Int) throws {
        let picture = try ParsedSVG(scatter(Self.awkward[index].values).svg())
        let labels = picture.all("text").filter { $0.inherited["text-anchor"] == "middle" }
        #expect(!labels.isEmpty && labels.count <= 9)
        #expect(Set(labels.map(\.text)).count == labels.count, "\(Self.awkward[index].name): \(labels.map(\.text))")
        let places = try labels.map { try $0.number("x") }
        #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 > 30 })
    }

    @Test("Ticks are round numbers at their own places")
    func tickPlaces() throws {
        let picture = try ParsedSVG(scatter((0..<100).map { 0.7143 + 0.0835 * Double($0) / 99 }).svg())
        let labels = picture.all("text").filter { $0.inherited["text-anchor"] == "middle" }
        #expect(
            labels.map(\.text) == ["0.72", "0.74", "0.76", "0.78", "0.80"]
                || labels.map(\.text) == (72...80).map { "0.\($0)" })
        let discs = try markers(picture).discs
        let (first, last) = (try #require(discs.first).0, try #require(discs.last).0)
        for label in labels {
            let value = try #require(Double(label.text))
            let expected = first + (value - 0.7143) / 0.0835 * (last - first)
            #expect(abs(try label.number("x") - expected) < 0.02)
        }
    }

    @Test("Places follow the values: right is more, up is more")
    func direction() throws {
        let plot = ScatterPlot(
            title: "", xLabel: "x", yLabel: "y", points: [.init(x: 1, y: 10), .init(x: 2, y: 30), .init(x: 3, y: 20)])
        let discs = try markers(ParsedSVG(plot.svg())).discs
        #expect(abs(discs[0].0 - 2 * discs[1].0 + discs[2].0) < 0.02)
        #expect(abs(discs[0].1 - 2 * discs[2].1 + discs[1].1) < 0.02)
        #expect(discs[0].0 < discs[1].0 && discs[0].1 > discs[1].1)
    }

    @Test(
        "The x axis turns logarithmic beyond two decades of positive values, or when asked to",
        arguments: [
            ([1.0, 50, 99], AxisScale.automatic, false), ([1, 50, 101], .automatic, true),
            ([0, 50, 101], .automatic, false),
            ([-1, 50, 1e6], .logarithmic, false), ([3, 3.5, 4], .logarithmic, true), ([1, 50, 1e6], .linear, false),
        ])
    func logarithmic(values: [Double], scale: AxisScale, isLogarithmic: Bool) throws {
        let picture = try ParsedSVG(scatter(values.map(Optional.some), scale: scale).svg())
        #expect(picture.texts.contains("x (log scale)") == isLogarithmic)
        let discs = try markers(picture).discs
        #expect(discs[0].0 < discs[1].0 && discs[1].0 < discs[2].0)
    }

    @Test("Marked points are triangles, and the legend names both classes")
    func marked() throws {
        let picture = try ParsedSVG(PlotSamples.scatter("pair_proxy", marked: true).svg())
        let drawn = try markers(picture)
        // One of each stands in the legend, above the frame.
        #expect(drawn.discs.count == 85 + 1 && drawn.triangles.count == 15 + 1)
        #expect(drawn.triangles.dropFirst().allSatisfy { drawn.frame.x.contains($0.0) && drawn.frame.y.contains($0.1) })
        #expect(picture.texts.contains("memorised") && picture.texts.contains("not memorised"))
    }

    @Test("A subtitle stands under the title, over as many lines as it takes")
    func subtitle() throws {
        var plot = scatter([1, 2, 3])
        let without = try ParsedSVG(plot.svg())
        plot.subtitle = "ρ is undefined. " + String(repeating: "flat has the same value in every row. ", count: 3)
        let with = try ParsedSVG(plot.svg())
        let lines = with.texts.dropFirst().prefix { !$0.allSatisfy { "0123456789.".contains($0) } }
        #expect(lines.first?.hasPrefix("ρ is undefined. flat has") == true && lines.count == 2)
        #expect(abs(with.height - without.height - 44) < 0.01)
    }

    @Test("Models without a value are counted, not drawn")
    func missing() throws {
        let values: [Double?] = [1, nil, 3, .nan, .infinity, 6]
        let picture = try ParsedSVG(scatter(values).svg())
        #expect(try markers(picture).discs.count == 3)
        #expect(picture.texts.contains("3 of 6 models lack a value and are not drawn."))
    }

    @Test("Without any point there is a sentence instead of a picture")
    func empty() throws {
        let picture = try ParsedSVG(scatter([nil, nil]).svg())
        #expect(picture.texts == ["x", "There is no model with a value of both x and accuracy."])
        #expect(picture.all("circle").isEmpty)
    }

    @Test("Long names are shortened in the middle and stay within the picture")
    func longNames() throws {
        var plot = scatter([1, 2, 3])
        plot.xLabel = String(repeating: "path_norm_", count: 12)
        plot.yLabel = plot.xLabel
        plot.title = plot.xLabel
        let shortened = try ParsedSVG(plot.svg()).texts.filter { $0.contains("…") }
        #expect(shortened.count == 3)
        #expect(shortened.allSatisfy { $0.hasPrefix("path_norm_") && $0.hasSuffix("norm_") })
    }

    @Test("Groups have a colour and a shape each; marked ones among them are hollow, and the legend names all")
    func groups() throws {
        let points = (0..<12).map { index in
            ScatterPlot.Point(
                x: Double(index), y: Double(index % 5), isMarked: index == 0, group: index < 9 ? index % 3 : nil)
        }
        let plot = ScatterPlot(
            title: "t", xLabel: "x", yLabel: "y", points: points, classNames: ("memorised", "not memorised"),
            groups: ["a", "b", "c"])
        let picture = try ParsedSVG(plot.svg())
        #expect(picture.texts.prefix(6) == ["t", "a", "a, not memorised", "b", "c", "no group"])
        let symbols = picture.elements.filter { $0.inherited["class"]?.hasPrefix("group-") == true }
        // Twelve points, and one symbol a legend entry.
        #expect(symbols.count == 12 + 5)
        #expect(symbols.count { $0.inherited["stroke"] == "#0072b2" } == 1 + 1)
        let looks = Set(
            symbols.map { symbol in
                """
                \(symbol.inherited["class"] ?? "") \(symbol.name) \
                \(symbol.attributes["d"]?.drop { !"lh".contains($0) } ?? "")
                """
            })
        #expect(looks.count == 4)
    }

    @Test("Thousands of points are thinned out, evenly over a grid's configurations, and the picture says so")
    func thinned() throws {
        let points = (0..<36_000).map { index in
            ScatterPlot.Point(x: index == 7 ? 950 : Double(index % 500), y: Double(index % 7), group: index % 12)
        }
        let plot = ScatterPlot(
            title: "t", xLabel: "x", yLabel: "y", points: points, groups: (0..<12).map { "configuration \($0)" })
        let picture = try ParsedSVG(plot.svg())
        let symbols = picture.elements.filter { $0.inherited["class"]?.hasPrefix("group-") == true }
        let counts = Dictionary(grouping: symbols) { $0.inherited["class"] ?? "" }.mapValues(\.count)
        // 3,000 in all, and a symbol each in the legend.
        #expect(counts.count == 12 && counts.values.allSatisfy { abs($0 - 251) <= 5 }, "\(counts)")
        #expect(
            picture.texts.contains(
                "\(symbols.count - 12) of 36000 models are drawn, evenly chosen; the axes are those of all."))
        // The tick above the outlier, which itself need not be among those drawn.
        #expect(picture.texts.contains("1000") || picture.texts.contains("800"))
        #expect(try ParsedSVG(scatter((0..<3000).map(Double.init)).svg()).texts.allSatisfy { !$0.contains("evenly") })
    }

    @Test(
        "What is thinned is chosen evenly, and in step with no period",
        arguments: [(3001, 3000), (6000, 3000), (100_000, 3000)])
    func even(count: Int, most: Int) {
        let places = evenlyChosen(of: count, most: most)
        #expect(abs(places.count - most) <= 2 && places == places.sorted() && places.allSatisfy((0..<count).contains))
        for period in 2...12 {
            for phase in 0..<period {
                let share = Double(places.count { $0 % period == phase }) / Double(places.count)
                #expect(abs(share - 1 / Double(period)) < 0.02)
            }
        }
        #expect(evenlyChosen(of: 7, most: 7) == Array(0..<7) && evenlyChosen(of: 0, most: 3).isEmpty)
    }
}

@Suite struct PlotCoreTests {
    private func plot(_ values: [Double]) throws -> ParsedSVG {
        try ParsedSVG(
            ScatterPlot(
                title: "t", xLabel: "x", yLabel: "y",
                points: values.enumerated().map { .init(x: Double($0), y: $1) }
            ).svg())
    }

    @Test("A few points far out stand in a marked margin that says how far, and leave the axis to the others")
    func margin() throws {
        let inner = (0..<40).map { 0.85 + 0.001 * Double($0 % 10) }
        let svg = try plot(inner + [0.098, 0.101])
        #expect(svg.all("rect", inClass: "beyond").count == 1)
        #expect(svg.texts.contains("In the grey margin lie 2 models beyond the axes: y down to 0.098."))
        #expect(!svg.texts.contains("0.2") && svg.texts.contains("0.854"))
    }

    @Test("Many points far out are a cluster, and an axis that has room for all shows all")
    func none() throws {
        let cluster: [Double] = (0..<40).map { $0 < 30 ? 0.85 + 0.001 * Double($0 % 10) : 0.1 }
        let even: [Double] = (0..<40).map(Double.init)
        let few: [Double] = [0, 1, 2, 3, 4, 1000]
        let constant: [Double] = (0..<40).map { $0 < 38 ? 1 : 0 }
        for values in [cluster, even, few, constant] {
            #expect(try plot(values).all("rect", inClass: "beyond").isEmpty)
        }
    }
}
