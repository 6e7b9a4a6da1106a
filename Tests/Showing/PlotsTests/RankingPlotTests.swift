import Plots
import TestSupport
import Testing

@Suite struct RankingPlotTests {
    let plot = RankingPlot(
        title: "Ranking",
        entries: [
            .init(name: "weak", coefficient: 0.25, pValue: 0.4, count: 12),
            .init(name: "flipped", coefficient: -0.5, pValue: 0.1, count: 12),
            .init(name: "strong", coefficient: 1, pValue: 0, count: 12),
            .init(name: "flat", coefficient: nil, count: 12, reason: "flat has the same value in every row."),
        ])

    @Test("Measures stand in the order of |rho|, undefined ones last with their reason")
    func order() throws {
        let picture = try ParsedSVG(plot.svg())
        let names = ["strong", "flipped", "weak", "flat"]
        let places = try names.map { name in try #require(picture.all("text").first { $0.text == name }).number("y") }
        #expect(places == places.sorted())
        #expect(picture.texts.contains("undefined. flat has the same value in every row."))
        #expect(picture.all("circle").count == 3)
    }

    @Test("Positive dots are filled and right of the zero line, negative ones hollow and left of it")
    func signs() throws {
        let picture = try ParsedSVG(plot.svg())
        let zero = try #require(picture.all("line", inClass: "zero").first).number("x1")
        let dots = picture.all("circle")
        let background = picture.all("rect").first?.attributes["fill"]
        let isRight = try dots.map { try $0.number("cx") > zero }
        let isHollow = dots.map { $0.attributes["fill"] == background }
        #expect(isRight.prefix(2) == [true, false])
        #expect(isHollow == isRight.map { !$0 })
        #expect(dots[0].attributes["fill"] == dots[0].attributes["stroke"])
    }

    @Test(
        "Judged measures keep their order; a hollow dot is the coefficient, a filled one what is left, beside its word")
    func judged() throws {
        let plot = RankingPlot(
            title: "Judged",
            entries: [
                .init(
                    name: "holds", coefficient: 0.25, count: 12,
                    judgement: .init(word: "supported", tone: .good, left: 0.2)),
                .init(
                    name: "goes", coefficient: -0.75, count: 12,
                    judgement: .init(word: "confounded", tone: .bad, left: 0.1)),
                .init(
                    name: "alone", coefficient: 0.5, count: 12,
                    judgement: .init(word: "open", tone: .unclear, left: nil)),
            ])
        let picture = try ParsedSVG(plot.svg())
        func text(_ wanted: String) throws -> ParsedSVG.Element {
            try #require(picture.all("text").first { $0.text == wanted })
        }
        let places = try ["holds", "goes", "alone"].map { try text($0).number("y") }
        #expect(places == places.sorted())
        let dots = picture.all("circle")
        let background = picture.all("rect").first?.attributes["fill"]
        #expect(dots.map { $0.attributes["fill"] == background } == [true, false, true, false, true])
        let zero = try #require(picture.all("line", inClass: "zero").first).number("x1")
        #expect(try dots.map { try $0.number("cx") > zero } == [true, true, false, true, true])
        #expect(
            dots[2].attributes["stroke"] == dots[3].attributes["fill"]
                && dots[0].attributes["stroke"] != dots[2].attributes["stroke"])
        #expect(try text("supported").number("y") == text("holds").number("y"))
        #expect(picture.texts.contains("0.20") && picture.texts.contains("−0.75"))
    }

    @Test("Dots and intervals are to the scale of the axis")
    func scale() throws {
        let entry = RankingPlot.Entry(name: "a", coefficient: 0.4, interval: 0.15...0.7, count: 12)
        let picture = try ParsedSVG(RankingPlot(title: "", entries: [entry]).svg())
        let zero = try #require(picture.all("line", inClass: "zero").first).number("x1")
        let label = try #require(
            picture.all("text").first {
                $0.inherited["text-anchor"] == "middle" && (Double($0.text) ?? 0) > 0
            })
        let unit = (try label.number("x") - zero) / (try #require(Double(label.text)))
        let path = try #require(picture.all("path", inClass: "interval").first?.attributes["d"])
        let start = try #require(Double(path.dropFirst().prefix { $0 != " " }))
        let end = try #require(Double(path.split(separator: "H")[1].prefix { $0 != "m" }))
        #expect(abs(start - (zero + unit * 0.15)) < 0.1)
        #expect(abs(end - (zero + unit * 0.7)) < 0.1)
        let dot = try #require(picture.all("circle").first).number("cx")
        #expect(abs(dot - (zero + unit * 0.4)) < 0.1)
    }

    @Test("The legend says what dots and intervals are, n where it is one for all, and what is held fixed")
    func reading() throws {
        var plot = plot
        plot.legend = ("Intervals: 95 %.", "Held fixed: regime.")
        func legend() throws -> String { try ParsedSVG(plot.svg()).texts.joined(separator: " ") }
        #expect(try legend().contains("● positive, ○ negative. Intervals: 95 %. n = 12. Held fixed: regime."))
        plot.entries[0].count = 11
        #expect(try legend().contains("Intervals: 95 %. Held fixed: regime."))
    }

    @Test("Corrected p values have a column when there are any, counts when they differ")
    func columns() throws {
        #expect(try !ParsedSVG(plot.svg()).texts.contains("p (Holm)"))
        var more = plot
        more.entries[0].adjustedPValue = 0.0421
        more.entries.append(.init(name: "short", coefficient: 0.8, count: 4))
        let texts = try ParsedSVG(more.svg()).texts
        #expect(texts.contains("p (Holm)") && texts.contains("0.042"))
        #expect(texts.contains("n") && texts.contains("4"))
    }

    @Test("A picture of undefined measures alone has no axis")
    func allUndefined() throws {
        var undefined = plot
        undefined.entries = [plot.entries[3]]
        let picture = try ParsedSVG(undefined.svg())
        #expect(picture.all("line").isEmpty && picture.all("circle").isEmpty)
        #expect(picture.texts.contains("flat"))
    }
}
