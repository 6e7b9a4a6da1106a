import Foundation
import Plots
import TestSupport
import Testing

@Suite struct MatrixPlotTests {
    @Test("Each cell holds its value in its place")
    func cells() throws {
        let picture = try ParsedSVG(
            MatrixPlot(title: "t", names: ["a", "b"], values: [[1, -0.254], [0.5, 0]]).svg())
        let squares = picture.all("rect", inClass: "cells")
        #expect(squares.count == 4)
        for (square, text) in zip(squares, ["1.00", "−0.25", "0.50", "0.00"]) {
            let label = try #require(picture.all("text").first { $0.text == text })
            let (dx, dy) = (try label.number("x") - square.number("x"), try label.number("y") - square.number("y"))
            let (width, height) = (try square.number("width"), try square.number("height"))
            #expect(dx > 0 && dx < width && dy > 0 && dy < height)
        }
    }

    @Test("Numbers stand out from their cell: contrast is at least 4.5 for every value")
    func contrast() throws {
        let values = (0...100).map { Double($0) / 50 - 1 }
        let picture = try ParsedSVG(
            MatrixPlot(
                title: "t", names: values.map { "\($0)" }, values: values.map { _ in values.map(Optional.some) }
            ).svg())
        // The first row: its cells from left to right, and its numbers wherever they are written.
        let squares = Array(picture.all("rect", inClass: "cells").prefix(values.count))
        let top = try squares[0].number("y"), bottom = top + (try squares[0].number("height"))
        let labels = picture.all("text").filter { label in
            label.inherited["text-anchor"] == "middle" && label.inherited["font-size"] == "12"
                && (label.attributes["y"].flatMap(Double.init).map { $0 > top && $0 < bottom } ?? false)
        }.sorted { (Double($0.attributes["x"] ?? "") ?? 0) < (Double($1.attributes["x"] ?? "") ?? 0) }
        try #require(labels.count == squares.count)
        for (square, label) in zip(squares, labels) {
            let (a, b) = (try luminance(square.attributes["fill"]), try luminance(label.inherited["fill"]))
            #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5)
        }
    }

    @Test("Opposite signs have colours that differ in hue, the same sizes in like lightness")
    func palette() throws {
        let picture = try ParsedSVG(MatrixPlot(title: "t", names: ["a", "b"], values: [[1, -1], [0.5, -0.5]]).svg())
        let fills = picture.all("rect", inClass: "cells").compactMap { $0.attributes["fill"] }
        #expect(Set(fills).count == 4)
        let lightness = try fills.map(luminance)
        #expect(abs(lightness[2] - lightness[3]) < 0.1)
        #expect(lightness[0] < lightness[2] && lightness[1] < lightness[3])
    }

    @Test("An undefined correlation is a dash, and the legend says so")
    func undefined() throws {
        let picture = try ParsedSVG(MatrixPlot(title: "t", names: ["a", "b"], values: [[1, nil], [.nan, 1]]).svg())
        #expect(picture.texts.filter { $0 == "–" }.count == 2)
        #expect(picture.texts.contains("undefined"))
        #expect(try !ParsedSVG(MatrixPlot(title: "t", names: ["a"], values: [[1]]).svg()).texts.contains("undefined"))
    }

    @Test("Without measures there is a sentence")
    func empty() throws {
        let picture = try ParsedSVG(MatrixPlot(title: "t", names: [], values: []).svg())
        #expect(picture.texts == ["t", "There are no measures to compare."])
    }
}

/// Relative luminance of WCAG 2 of a colour such as "#1f2328".
private func luminance(_ color: String?) throws -> Double {
    let digits = try #require(color.flatMap { Int($0.dropFirst(), radix: 16) })
    let channels = [16, 8, 0].map { shift -> Double in
        let share = Double(digits >> shift & 0xFF) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
}
