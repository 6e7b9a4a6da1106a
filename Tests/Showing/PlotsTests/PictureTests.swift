import Foundation
import Plots
import TestSupport
import Testing

/// What holds for every picture, whatever it draws.
@Suite struct PictureTests {
    private static let note = "Not all networks: a < 1 & b > 'x y z' " + String(repeating: "and so on ", count: 30)

    static let pictures: [(name: String, svg: @Sendable () -> String)] = [
        ("scatter", { PlotSamples.scatter("pair_proxy").svg() }),
        ("scatter with marks", { PlotSamples.scatter("dead_units", marked: true).svg() }),
        ("scatter on a log axis", { PlotSamples.scatter("hessian_trace_exact").svg() }),
        ("scatter without points", { ScatterPlot(title: "t", xLabel: "x", yLabel: "y", points: []).svg() }),
        ("scatter with groups", { PlotSamples.grouped.svg() }),
        ("curves", { PlotSamples.curves.svg() }),
        ("curves of nothing", { CurvePlot(title: "t", xLabel: "x", yLabel: "y", series: []).svg() }),
        ("curves with slopes", { PlotSamples.slopes.svg() }),
        ("curves with slopes of nothing", { LogLogPlot(title: "t", xLabel: "x", yLabel: "y", series: []).svg() }),
        ("heat map", { PlotSamples.heatMap().svg() }),
        ("heat map with a line", { PlotSamples.heatMap(hasBoundary: true).svg() }),
        (
            "heat map of nothing",
            {
                HeatMapPlot(title: "t", xLabel: "x", yLabel: "y", valueLabel: "z", points: []).svg()
            }
        ),
        ("ranking", { PlotSamples.ranking.svg() }),
        ("ranking of nothing", { RankingPlot(title: "t", entries: []).svg() }),
        ("matrix", { PlotSamples.matrix.svg() }),
        ("matrix of nothing", { MatrixPlot(title: "t", names: [], values: []).svg() }),
        ("ranking with a note", { PlotSamples.ranking.picture().noted(note).svg }),
        ("ranking with two notes", { PlotSamples.ranking.picture().noted(note).noted("Again.").svg }),
    ]

    @Test("A picture is well-formed, small, and the same bytes twice", arguments: pictures.indices)
    func wellFormed(index: Int) throws {
        let text = Self.pictures[index].svg()
        let picture = try ParsedSVG(text)
        #expect(text == Self.pictures[index].svg())
        #expect(text.utf8.count < 60_000)
        #expect(picture.elements.first?.attributes["viewBox"]?.hasPrefix("0 0 ") == true)
    }

    @Test("A note stands whole below a picture, which is otherwise as it was")
    func noted() throws {
        let plain = PlotSamples.ranking.picture()
        let noted = plain.noted(Self.note)
        #expect(noted.title == plain.title && noted.width == plain.width && noted.height > plain.height)
        let (before, after) = (try ParsedSVG(plain.svg), try ParsedSVG(noted.svg))
        #expect(after.all("svg").count == 2 && after.all("circle").count == before.all("circle").count)
        let added = after.all("text").map(\.text).suffix(after.all("text").count - before.all("text").count)
        #expect(added.joined(separator: " ") == Self.note.trimmingCharacters(in: .whitespaces))
        #expect(plain.noted("  ") == plain)
    }

    @Test(
        "A picture has a background over its whole size, a title, no script and nothing from elsewhere",
        arguments: pictures.indices)
    func selfContained(index: Int) throws {
        let text = Self.pictures[index].svg()
        let picture = try ParsedSVG(text)
        let background = try #require(picture.all("rect").first)
        #expect(try [background.number("width"), background.number("height")] == [picture.width, picture.height])
        #expect(background.attributes["fill"] == "#ffffff")
        #expect(picture.all("title").first?.text.isEmpty == false)
        #expect(picture.all("script").isEmpty && picture.all("style").isEmpty && picture.all("image").isEmpty)
        #expect(!text.contains("href") && text.components(separatedBy: "http").count == 2)  // the name space alone
    }

    @Test("All places of texts, discs and boxes are inside the picture", arguments: pictures.indices)
    func inside(index: Int) throws {
        let picture = try ParsedSVG(Self.pictures[index].svg())
        let places = [
            ("text", "x", "y"), ("circle", "cx", "cy"), ("rect", "x", "y"), ("line", "x1", "y1"), ("line", "x2", "y2"),
        ]
        for (name, x, y) in places {
            for element in picture.all(name) where element.attributes[x] != nil {
                #expect((0...picture.width).contains(try element.number(x)))
                #expect((0...picture.height).contains(try element.number(y)))
            }
        }
    }

    @Test("Markup in names is escaped, and characters that XML forbids are spelt out")
    func escaping() throws {
        let name = "a<b> & \"c\" 'd' \u{1}\u{FFFF}"
        let readable = "a<b> & \"c\" 'd' \\u{01}\\u{FFFF}"
        let values = [1.0, 2, 4, 3]
        let scatter = ScatterPlot(title: name, xLabel: name, yLabel: name, points: values.map { .init(x: $0, y: $0) })
        let ranking = RankingPlot(title: name, entries: [.init(name: name, coefficient: 1, count: 4)], notes: [name])
        let matrix = MatrixPlot(title: name, names: [name], values: [[1]], notes: [name])
        let curve = CurvePlot(
            title: name, xLabel: name, yLabel: name,
            series: [.init(name: name, points: values.map { .init(x: $0, y: $0) })])
        let slopes = LogLogPlot(
            title: name, xLabel: name, yLabel: name, series: [.init(name: name, points: [.init(x: 1, y: 1)])],
            notes: [name])
        let map = HeatMapPlot(
            title: name, xLabel: name, yLabel: name, valueLabel: name, points: [.init(x: 1, y: 1, value: 1)],
            boundary: .init(name: name, points: [.init(x: 1, y: 1)]), notes: [name])
        for svg in [scatter.svg(), ranking.svg(), matrix.svg(), curve.svg(), slopes.svg(), map.svg()] {
            let picture = try ParsedSVG(svg)
            #expect(picture.all("title").first?.text == readable)
            #expect(picture.texts.filter { $0.hasPrefix(readable) }.count >= 3)
        }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
