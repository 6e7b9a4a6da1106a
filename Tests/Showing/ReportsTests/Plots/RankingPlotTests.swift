import Reports
import Statistics
import Testing

@Suite struct RankingPlotTests {
    static let rows = (0..<12).map(Double.init)

    /// A correlation that falls with the number of rows whose order is reversed.
    static func entry(
        _ name: String, reversed: Int, negative: Bool = false, bootstrap: Bootstrap? = nil
    ) -> RankingPlot.Entry {
        var values = Array(rows.prefix(reversed).reversed() + rows.dropFirst(reversed))
        if negative { values = values.map { -$0 } }
        let correlation = correlate(Variable(name, values), Variable("target", rows), bootstrap: bootstrap)
        return .init(name: name, correlation: correlation)
    }

    let plot = RankingPlot(
        title: "Ranking",
        entries: [
            entry("weak", reversed: 9), entry("flipped", reversed: 6, negative: true), entry("strong", reversed: 0),
            .init(
                name: "flat", correlation: correlate(Variable("flat", rows.map { _ in 1 }), Variable("target", rows))),
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

    @Test("Dots and intervals are to the scale of the axis")
    func scale() throws {
        let bootstrapped = Self.entry("a", reversed: 6, bootstrap: Bootstrap(seed: 1, resamples: 200))
        let picture = try ParsedSVG(RankingPlot(title: "", entries: [bootstrapped]).svg())
        let zero = try #require(picture.all("line", inClass: "zero").first).number("x1")
        let label = try #require(
            picture.all("text").first {
                $0.inherited["text-anchor"] == "middle" && (Double($0.text) ?? 0) > 0
            })
        let unit = (try label.number("x") - zero) / (try #require(Double(label.text)))
        let bounds = try #require(bootstrapped.correlation.bootstrap?.bounds)
        let path = try #require(picture.all("path", inClass: "interval").first?.attributes["d"])
        let start = try #require(Double(path.dropFirst().prefix { $0 != " " }))
        let end = try #require(Double(path.split(separator: "H")[1].prefix { $0 != "m" }))
        #expect(abs(start - (zero + unit * bounds.lower)) < 0.1)
        #expect(abs(end - (zero + unit * bounds.upper)) < 0.1)
        let dot = try #require(picture.all("circle").first).number("cx")
        let estimate = try #require(bootstrapped.correlation.estimate)
        #expect(abs(dot - (zero + unit * estimate)) < 0.1)
    }

    @Test("The legend says what the intervals are")
    func intervalKinds() throws {
        let bootstrapped = Self.entry("a", reversed: 6, bootstrap: Bootstrap(seed: 1, resamples: 200, level: 0.9))
        let analytic = Self.entry("b", reversed: 6)
        func legend(_ entries: [RankingPlot.Entry]) throws -> String {
            try ParsedSVG(RankingPlot(title: "", entries: entries).svg()).texts.joined(separator: " ")
        }
        #expect(try legend([bootstrapped]).contains("90 %, bootstrap percentiles of 200 resamples"))
        #expect(try legend([analytic]).contains("95 %, from Fisher's z"))
        #expect(try legend([bootstrapped, analytic]).contains("n = 12."))
    }

    @Test("Corrected p values have a column when there are any, counts when they differ")
    func columns() throws {
        #expect(try !ParsedSVG(plot.svg()).texts.contains("p (Holm)"))
        var more = plot
        more.entries[0].adjustedPValue = 0.0421
        let short = correlate(Variable("a", [1, 2, 4, 3]), Variable("b", [1, 2, 3, 4]))
        more.entries.append(.init(name: "short", correlation: short))
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
