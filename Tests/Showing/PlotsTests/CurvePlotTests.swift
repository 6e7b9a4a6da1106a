import Plots
import TestSupport
import Testing

@Suite struct CurvePlotTests {
    private func points(_ picture: ParsedSVG, series: Int) throws -> [(x: Double, y: Double)] {
        try picture.all("circle", inClass: "series-\(series)").map { (try $0.number("cx"), try $0.number("cy")) }
    }

    private func plot(
        _ points: [CurvePlot.Point], x: AxisScale = .linear, y: AxisScale = .linear
    ) throws -> ParsedSVG {
        try ParsedSVG(
            CurvePlot(
                title: "t", xLabel: "n", yLabel: "accuracy", series: [.init(name: "one", points: points)], xScale: x,
                yScale: y
            ).svg())
    }

    @Test("Places follow the values: equal steps are equally far apart, up is more")
    func linear() throws {
        let drawn = try points(try plot([.init(x: 1, y: 10), .init(x: 2, y: 30), .init(x: 3, y: 20)]), series: 0)
        #expect(abs(drawn[0].x - 2 * drawn[1].x + drawn[2].x) < 0.02)
        #expect(abs(drawn[0].y - 2 * drawn[2].y + drawn[1].y) < 0.02)
        #expect(drawn[0].x < drawn[1].x && drawn[0].y > drawn[1].y)
    }

    @Test("On logarithmic axes equal ratios are equally far apart, and ticks name round numbers at their places")
    func logarithmic() throws {
        let picture = try plot(
            [.init(x: 100, y: 1), .init(x: 1000, y: 10), .init(x: 10_000, y: 100)], x: .logarithmic, y: .logarithmic)
        let drawn = try points(picture, series: 0)
        #expect(abs(drawn[0].x - 2 * drawn[1].x + drawn[2].x) < 0.02)
        #expect(abs(drawn[0].y - 2 * drawn[1].y + drawn[2].y) < 0.02)
        let ticks = picture.all("text").filter { $0.inherited["text-anchor"] == "middle" }
        let thousand = try #require(ticks.first { $0.text == "1000" })
        #expect(abs(try thousand.number("x") - drawn[1].x) < 0.02)
        #expect(picture.texts.contains("n (log scale)") && picture.texts.contains("accuracy (log scale)"))
    }

    @Test("Error bars end at their interval's places")
    func bars() throws {
        let picture = try plot([.init(x: 1, y: 2, interval: 1...3), .init(x: 2, y: 4, interval: 3...5)])
        let drawn = try points(picture, series: 0)
        let bars = try picture.all("path", inClass: "bars").map { bar in
            let numbers = try #require(bar.attributes["d"]).split { "MVhLv ".contains($0) }.compactMap { Double($0) }
            return (x: numbers[0], top: numbers[1], bottom: numbers[2])
        }
        #expect(bars.count == 2)
        // The first bar ends where the second begins, at 3, half way between the points.
        #expect(abs(bars[0].top - bars[1].bottom) < 0.02)
        #expect(abs(bars[0].top - (drawn[0].y + drawn[1].y) / 2) < 0.02)
        #expect(zip(bars, drawn).allSatisfy { abs($0.x - $1.x) < 0.02 })
    }

    @Test("A bar that reaches zero ends at the border of a logarithmic axis")
    func clipped() throws {
        let picture = try plot([.init(x: 1, y: 2, interval: -1...3), .init(x: 2, y: 400)], y: .logarithmic)
        let frame = try #require(picture.all("rect").first { $0.attributes["fill"] == "none" })
        let bottom = try frame.number("y") + frame.number("height")
        let bar = try #require(picture.all("path", inClass: "bars").first?.attributes["d"])
        #expect(picture.texts.contains("accuracy (log scale)"))
        #expect(bar.contains("V\(Int(bottom))"))
    }

    @Test("An axis with a range shows all of it and no more")
    func range() throws {
        let plot = CurvePlot(
            title: "t", xLabel: "n", yLabel: "rho",
            series: [.init(name: "one", points: [.init(x: 1, y: 1), .init(x: 2, y: 0.5), .init(x: 3, y: 7)])],
            yScale: .linear, yRange: -1...1, reference: 0)
        let picture = try ParsedSVG(plot.svg())
        let frame = try #require(picture.all("rect").first { $0.attributes["fill"] == "none" })
        let (top, height) = (try frame.number("y"), try frame.number("height"))
        let drawn = try points(picture, series: 0)
        #expect(abs(drawn[0].y - top) < 0.02 && abs(drawn[1].y - top - height / 4) < 0.02)
        // What is beyond the range stands at its border.
        #expect(abs(drawn[2].y - top) < 0.02)
        let zero = try #require(picture.all("line", inClass: "reference").first)
        #expect(abs(try zero.number("y1") - top - height / 2) < 0.02)
    }

    @Test("Missing points are left out and break the line; points are joined in the order of x")
    func missing() throws {
        let picture = try plot([
            .init(x: 5, y: 1), .init(x: 1, y: 1), .init(x: 2, y: 2), .init(x: 3, y: nil), .init(x: 4, y: .nan),
            .init(x: nil, y: 7), .init(x: 6, y: 2),
        ])
        #expect(try points(picture, series: 0).count == 4)
        let lines = picture.all("path", inClass: "lines").compactMap { $0.attributes["d"] }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.split(separator: "L").count == 2 })
    }

    @Test("Series have names, colours and shapes of their own")
    func series() throws {
        let names = (0..<8).map { "series \($0)" }
        let plot = CurvePlot(
            title: "t", xLabel: "x", yLabel: "y",
            series: names.enumerated().map { .init(name: $1, points: [.init(x: 1, y: Double($0)), .init(x: 2, y: 3)]) })
        let picture = try ParsedSVG(plot.svg())
        #expect(picture.texts.filter(names.contains) == names)
        let looks = try names.indices.map { index in
            let symbol = try #require(
                picture.elements.first { $0.inherited["class"] == "series-\(index)" && $0.name != "g" })
            let shape = symbol.attributes["d"]?.drop { !"lh".contains($0) } ?? "disc"
            return "\(symbol.inherited["fill"] ?? "") \(shape)"
        }
        #expect(Set(looks).count == 8)
    }

    @Test("Without a point there is a sentence, and a series without one is not in the legend")
    func empty() throws {
        let none = try plot([.init(x: 1, y: nil)])
        #expect(none.texts == ["t", "There is no value of accuracy to draw over n."])
        let some = CurvePlot(
            title: "t", xLabel: "x", yLabel: "y",
            series: [.init(name: "there", points: [.init(x: 1, y: 1)]), .init(name: "gone", points: [])])
        let texts = try ParsedSVG(some.svg()).texts
        #expect(texts.contains("there") && !texts.contains("gone"))
    }
}
