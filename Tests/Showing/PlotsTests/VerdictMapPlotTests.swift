import Plots
import Testing
import TestSupport

@Suite struct VerdictMapPlotTests {
    private static let map = VerdictMapPlot(
        title: "Verdicts", rows: ["a", "b<"], columns: ["one", "two", "three"],
        cells: [
            [
                .init(word: "supported", tone: .good, raw: -0.5, left: -0.25),
                .init(word: "open", tone: .unclear, raw: 0.5, left: nil), nil,
            ],
            [nil, nil, .init(word: "confounded", tone: .bad, raw: nil, left: nil)],
        ])

    @Test("Each pair has a cell, with its word and numbers where there is a verdict")
    func cells() throws {
        let svg = try ParsedSVG(Self.map.svg())
        #expect(svg.all("rect", inClass: "cells").count == 6)
        #expect(svg.texts.contains("supported") && svg.texts.contains("−0.50 → −0.25"))
        #expect(svg.texts.contains("+0.50") && svg.texts.contains("b<"))
        #expect(svg.texts.count { $0 == "–" } == 4)
    }

    @Test("The same map gives the same bytes, and one without rows is a sentence")
    func stable() throws {
        #expect(Self.map.svg() == Self.map.svg())
        let empty = VerdictMapPlot(title: "Verdicts", rows: [], columns: ["one"], cells: [])
        #expect(try ParsedSVG(empty.svg()).texts.contains("There are no verdicts to compare."))
    }

    @Test("A scale is logarithmic only where numbers are spaced so")
    func scales() {
        #expect(AxisScale.fitting([500, 2000, 6000, 12_000, 60_000]) == .logarithmic)
        #expect(AxisScale.fitting([1, 10, 100]) == .logarithmic)
        #expect(AxisScale.fitting([1, 11, 21, 31]) == .linear)
        #expect(AxisScale.fitting([1, 2, 4]) == .linear)
        #expect(AxisScale.fitting([0, 10, 100]) == .linear)
        #expect(AxisScale.fitting([10, 1000]) == .linear)
    }
}
