import Foundation
import Plots
import TestSupport
import Testing

@Suite struct LogLogPlotTests {
    private typealias Point = LogLogPlot.Point

    private func picture(_ series: [LogLogPlot.Series], slope: Double? = nil, isJoined: Bool = true) throws -> ParsedSVG
    {
        try ParsedSVG(
            LogLogPlot(
                title: "t", xLabel: "steps", yLabel: "risk", series: series, expectedSlope: slope, isJoined: isJoined
            ).svg())
    }

    /// y = 3 x², and three points whose logarithms to base 2 are 0, 1, 5 over 0, 1, 2: slope 5/2, error sqrt(3)/2.
    private let steep = LogLogPlot.Fit.line(slope: 2, standardError: 0, logFactor: log(3))
    private let fitted = LogLogPlot.Fit.line(slope: 2.5, standardError: 0.8660254, logFactor: -0.5 * log(2))
    private let square = [1.0, 5, 20, 100].map { Point(x: $0, y: 3 * $0 * $0) }
    private let rough = [(1.0, 1.0), (2, 2), (4, 32)].map { Point(x: $0.0, y: $0.1) }

    @Test("The legend has each series' fitted slope with its standard error, and the expected one")
    func legend() throws {
        let texts = try picture(
            [.init(name: "exact", points: square, fit: steep), .init(name: "rough", points: rough, fit: fitted)],
            slope: 1.5
        ).texts
        #expect(texts.contains("exact: slope 2.000 ± 0.000"))
        #expect(texts.contains("rough: slope 2.500 ± 0.866"))
        #expect(texts.contains("expected slope 1.5"))
        #expect(texts.contains("steps (log scale)") && texts.contains("risk (log scale)"))
        #expect(try picture([.init(name: "", points: rough, fit: fitted)]).texts.contains("slope 2.500 ± 0.866"))
    }

    @Test(
        "The fitted line runs through an exact power's points, the expected one through the middle with its own slope")
    func guides() throws {
        let drawn = try picture([.init(name: "exact", points: square, fit: steep)], slope: 2)
        let places = try drawn.all("circle", inClass: "series-0").map { (try $0.number("cx"), try $0.number("cy")) }
        let lines = try drawn.all("path", inClass: "guide").map { line in
            try #require(line.attributes["d"]).split { "ML ".contains($0) }.compactMap { Double($0) }
        }
        #expect(places.count == 4 && lines.count == 2)
        for line in lines {
            let ends = [places[0].0, places[0].1, places[3].0, places[3].1]
            #expect(zip(line, ends).allSatisfy { abs($0 - $1) < 0.02 })
        }
        // Half the slope through the middle: in pixels, half the rise.
        let half = try picture([.init(name: "exact", points: square, fit: steep)], slope: 1).all(
            "path", inClass: "guide"
        ).map {
            line in
            try #require(line.attributes["d"]).split { "ML ".contains($0) }.compactMap { Double($0) }
        }
        let rises = half.map { $0[3] - $0[1] }
        #expect(abs(2 * rises[0] - rises[1]) < 0.05 && abs(half[0][1] + half[0][3] - half[1][1] - half[1][3]) < 0.05)
        #expect(
            try picture([.init(name: "exact", points: square, fit: steep)]).all("path", inClass: "guide").count == 1)
    }

    @Test("A line of the expected slope that leaves the frame ends at its border")
    func clipped() throws {
        let drawn = try picture([.init(name: "exact", points: square, fit: steep)], slope: -8)
        let frame = try #require(drawn.all("rect").first { $0.attributes["fill"] == "none" })
        let (top, height) = (try frame.number("y"), try frame.number("height"))
        let line = try #require(drawn.all("path", inClass: "guide").first?.attributes["d"])
        let numbers = line.split { "ML ".contains($0) }.compactMap { Double($0) }
        #expect(abs(numbers[1] - top) < 0.02 && abs(numbers[3] - top - height) < 0.02)
    }

    @Test("Several models at one x are their mean with a bar from the least to the greatest")
    func several() throws {
        let points = [(1.0, 1.0), (1, 3), (10, 20), (100, 200)].map { Point(x: $0.0, y: $0.1) }
        let drawn = try picture([.init(name: "", points: points)])
        #expect(drawn.all("circle", inClass: "series-0").count == 3 && drawn.all("path", inClass: "bars").count == 1)
        let all = try picture([.init(name: "", points: points)], isJoined: false)
        #expect(all.all("circle", inClass: "series-0").count == 4 && all.all("path", inClass: "bars").isEmpty)
        #expect(all.all("path", inClass: "lines").isEmpty && !drawn.all("path", inClass: "lines").isEmpty)
    }

    @Test("Points without a logarithm are left out and counted; with none left there is a sentence")
    func positive() throws {
        let mixed = rough + [Point(x: 0, y: 1), Point(x: 1, y: -2)]
        let texts = try picture([.init(name: "", points: mixed, fit: fitted)]).texts
        #expect(texts.contains("slope 2.500 ± 0.866"))
        #expect(texts.contains("2 of 5 points are left out: logarithmic axes have no place for 0 and less."))
        let none = try picture([.init(name: "", points: [Point(x: 0, y: 1), Point(x: 1, y: 0)])])
        #expect(
            none.texts.joined(separator: " ")
                == "t None of 2 points has both steps and risk above 0, which logarithmic axes take.")
        #expect(try picture([]).texts == ["t", "There is no model with both steps and risk."])
    }

    @Test("A series without a slope says why, and one without a fit has its name alone")
    func noSlope() throws {
        let few = LogLogPlot.Series(name: "few", points: Array(rough.prefix(2)), fit: .none("too few points"))
        let drawn = try picture([few, .init(name: "bare", points: rough)])
        #expect(drawn.texts.contains("few: too few points") && drawn.texts.contains("bare"))
        #expect(drawn.all("path", inClass: "guide").isEmpty && !drawn.texts.contains { $0.contains("least squares") })
    }

    @Test("A long name leaves the slope behind it in full")
    func longName() throws {
        let name = String(repeating: "very long ", count: 20)
        let text = try #require(
            try picture([.init(name: name, points: rough, fit: fitted)], slope: 1).texts.first { $0.contains("±") })
        #expect(text.hasSuffix(": slope 2.500 ± 0.866") && text.contains("…"))
    }
}
