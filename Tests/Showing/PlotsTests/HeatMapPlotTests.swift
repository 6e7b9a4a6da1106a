import Plots
import TestSupport
import Testing

@Suite struct HeatMapPlotTests {
    private typealias Point = HeatMapPlot.Point

    private func plot(_ points: [(Double, Double, Double?)]) -> HeatMapPlot {
        HeatMapPlot(
            title: "t", xLabel: "radius", yLabel: "step", valueLabel: "risk",
            points: points.map { Point(x: $0.0, y: $0.1, value: $0.2) })
    }

    private func cells(_ picture: ParsedSVG) throws -> [(x: Double, y: Double, fill: String)] {
        try picture.all("rect", inClass: "cells").map {
            (try $0.number("x"), try $0.number("y"), try #require($0.attributes["fill"]))
        }
    }

    @Test("A cell a place: x grows to the right, y upwards, and more is lighter")
    func places() throws {
        let drawn = try cells(ParsedSVG(plot([(1, 10, 1), (2, 10, 2), (1, 20, 3), (2, 20, 4)]).svg()))
        #expect(drawn.count == 4)
        // Row by row from the top: values 3, 4, 1, 2.
        #expect(
            drawn[0].x < drawn[1].x && drawn[0].x == drawn[2].x && drawn[0].y < drawn[2].y && drawn[0].y == drawn[1].y)
        let order = [drawn[2], drawn[3], drawn[0], drawn[1]].map(\.fill)
        #expect(order.first == "#440154" && order.last == "#fde725" && Set(order).count == 4)
    }

    @Test("Each value of a quantity has a column of the same width, whatever the steps, and its number below it")
    func uneven() throws {
        let picture = try ParsedSVG(plot([(0.001, 1, 1), (0.5, 1, 2), (-3, 1, 3), (1e6, 1, 4)]).svg())
        let drawn = try cells(picture)
        let steps = zip(drawn.dropFirst(), drawn).map { $0.x - $1.x }
        #expect(steps.allSatisfy { abs($0 - steps[0]) < 0.02 })
        for label in ["−3", "0.001", "0.5", "10⁶", "1"] { #expect(picture.texts.contains(label), "\(label)") }
        // In the order of the numbers: the third value comes first.
        #expect(
            drawn.map(\.fill)[0] != "#440154" && drawn.map(\.fill)[1] == "#440154" && drawn.map(\.fill)[3] == "#fde725")
    }

    @Test("Several models at one place are their mean, a place without a value is grey and named so")
    func meansAndGaps() throws {
        let picture = try ParsedSVG(plot([(1, 1, 1), (1, 1, 3), (2, 1, 2), (1, 2, 0), (2, 2, nil), (1, 2, nil)]).svg())
        let fills = try cells(picture).map(\.fill)
        #expect(fills[2] == fills[3] && fills[1] == "#d8dee4")
        #expect(picture.texts.contains("no value"))
        #expect(!(try ParsedSVG(plot([(1, 1, 1), (2, 1, 2)]).svg()).texts.contains("no value")))
    }

    @Test("Values over decades have colours by their logarithm, with zeros apart; others do not")
    func logarithmic() throws {
        let picture = try ParsedSVG(plot([(1, 1, 1e-4), (2, 1, 1e-2), (3, 1, 1), (4, 1, 0)]).svg())
        let fills = try cells(picture).map(\.fill)
        #expect(fills == ["#440154", "#21918c", "#fde725", "#ffffff"])
        #expect(
            picture.texts.contains("risk (log scale)")
                && picture.all("text", inClass: "legend").map(\.text).contains("0"))
        let linear = try ParsedSVG(plot([(1, 1, 1e-4), (2, 1, 1e-2), (3, 1, 1), (4, 1, -1)]).svg())
        #expect(linear.texts.contains("risk") && !linear.texts.contains("risk (log scale)"))
        let narrow = try ParsedSVG(plot([(1, 1, 0), (2, 1, 1), (3, 1, 2)]).svg())
        let first = try cells(narrow)[0].fill
        #expect(narrow.texts.contains("risk") && first == "#440154")
    }

    @Test("What is 1e-15 of the greatest counts as zero, and the legend says so")
    func roundingZeros() throws {
        let picture = try ParsedSVG(plot([(1, 1, 1e-33), (2, 1, 0), (3, 1, 0.01), (4, 1, 2)]).svg())
        #expect(try cells(picture).map(\.fill) == ["#ffffff", "#ffffff", "#440154", "#fde725"])
        #expect(picture.texts.contains("below 2×10⁻¹⁵"))
    }

    @Test("Numbers stand in cells that have room for them, where no line crosses them")
    func numbers() throws {
        let points = [(1.0, 1.0, 0.125 as Double?), (2, 1, 12345), (1, 2, -3.14159), (2, 2, nil)]
        let few = try ParsedSVG(plot(points).svg())
        #expect(Set(few.all("text", inClass: "numbers").map(\.text)) == ["0.125", "12345", "−3.14"])
        var crossed = plot(points)
        crossed.boundary = .init(name: "b", points: [.init(x: 1, y: 1)])
        #expect(try ParsedSVG(crossed.svg()).all("text", inClass: "numbers").isEmpty)
        let many = (0..<40).flatMap { x in (0..<40).map { (Double(x), Double($0), Double(x) as Double?) } }
        let small = try ParsedSVG(plot(many).svg())
        #expect(small.all("rect", inClass: "cells").count == 1600 && small.all("text", inClass: "numbers").isEmpty)
    }

    /// The ends of the pieces of a boundary's line, in pixels.
    private func line(_ plot: HeatMapPlot) throws -> [(x: Double, y: Double)] {
        let path = try ParsedSVG(plot.svg()).all("path", inClass: "boundary").first?.attributes["d"] ?? ""
        let numbers = path.split { "ML ".contains($0) }.compactMap { Double($0) }
        return stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }

    private let grid = [1.0, 10, 100].flatMap { y in [1.0, 10, 100].map { ($0, y, $0 * y as Double?) } }

    @Test("A boundary goes through its places: in the middle of a cell at its value, between two as the scale has it")
    func boundary() throws {
        var map = plot(grid)
        let drawn = try cells(ParsedSVG(map.svg()))
        let (width, height) = (drawn[1].x - drawn[0].x, drawn[3].y - drawn[0].y)
        let (left, bottom) = (drawn[0].x, drawn[6].y + height)
        func column(_ x: Double) -> Double { (x - left) / width - 0.5 }
        func row(_ y: Double) -> Double { (bottom - y) / height - 0.5 }
        map.boundary = .init(name: "b", points: [.init(x: 55, y: 100), .init(x: 10, y: 1), .init(x: 28, y: 10)])
        // The picture with a legend line is lower by that line.
        let shift = try cells(ParsedSVG(map.svg()))[0].y - drawn[0].y
        let places: [(Double, Double)] = try line(map).map { (column($0.x), row($0.y - shift)) }
        // Three places make two pieces; in the order of y. 28 is a fifth of the way from 10 to 100, 55 half.
        #expect(places.count == 4)
        for (place, wanted) in zip(places, [(1.0, 0.0), (1.2, 1), (1.2, 1), (1.5, 2)]) {
            #expect(abs(place.0 - wanted.0) < 0.001 && abs(place.1 - wanted.1) < 0.001)
        }
        map.isLogarithmicX = true
        map.boundary = .init(name: "b", points: [.init(x: 10, y: 1), .init(x: 31.6227766, y: 10)])
        let logarithmic = try line(map).map { column($0.x) }
        #expect(zip(logarithmic, [1, 1.5]).allSatisfy { abs($0 - $1) < 0.001 })
    }

    @Test("A boundary ends where the figure does; one that is elsewhere is told; that of one row is upright")
    func boundaryAtTheBorder() throws {
        var map = plot(grid)
        map.boundary = .init(name: "b", points: [.init(x: -1e6, y: 1), .init(x: 1e6, y: 100)])
        let picture = try ParsedSVG(map.svg())
        let frame = try #require(picture.all("rect").first { $0.attributes["fill"] == "none" })
        let (left, width) = (try frame.number("x"), try frame.number("width"))
        let places = try line(map)
        #expect(places.count == 2 && abs(places[0].x - left) < 0.02 && abs(places[1].x - left - width) < 0.02)
        map.boundary = .init(name: "critical", points: [.init(x: 1e6, y: 1), .init(x: 1e6, y: 100)])
        let outside = try ParsedSVG(map.svg())
        #expect(try line(map).isEmpty && outside.texts.contains("critical has no place within the figure."))
        map.boundary = .init(name: "critical", points: [.init(x: 10, y: 10)])
        let upright = try line(map)
        #expect(upright.count == 2 && upright[0].x == upright[1].x && abs(upright[0].y - upright[1].y) > 20)
    }

    @Test("Without a value, or without a grid, there is a sentence")
    func nothing() throws {
        #expect(
            try ParsedSVG(plot([]).svg()).texts == ["t", "There is no value of risk to draw over radius and step."])
        #expect(
            try ParsedSVG(plot([(1, 1, nil), (.nan, 1, 2), (1, 1, .infinity)]).svg()).texts
                == ["t", "There is no value of risk to draw over radius and step."])
        let points = (0..<201).map { (Double($0), 1.0, 1.0 as Double?) }
        #expect(
            try ParsedSVG(plot(points).svg()).texts.joined(separator: " ")
                == "t radius has 201 different values: a heat map is of a grid of at most 200.")
    }

    @Test("Equal values are one colour with their number beside it")
    func constant() throws {
        let picture = try ParsedSVG(plot([(1, 1, 7), (2, 1, 7)]).svg())
        #expect(try cells(picture).map(\.fill) == ["#21918c", "#21918c"])
        #expect(picture.all("text", inClass: "legend").map(\.text) == ["risk", "7"])
        #expect(try ParsedSVG(plot([(1, 1, 0)]).svg()).all("text", inClass: "legend").map(\.text) == ["risk", "0"])
    }

    @Test("More values than have room are labelled at even distances, so that no label touches the next")
    func labels() throws {
        let picture = try ParsedSVG(plot((0..<100).map { (Double($0) / 1000, 1, 1) }).svg())
        let places = try picture.all("text").filter {
            $0.inherited["text-anchor"] == "middle" && $0.text.hasPrefix("0")
        }
        .map { try $0.number("x") }
        #expect(places.count > 3 && places.count < 20)
        #expect(zip(places.dropFirst(), places).allSatisfy { $0 - $1 > 40 })
    }
}
