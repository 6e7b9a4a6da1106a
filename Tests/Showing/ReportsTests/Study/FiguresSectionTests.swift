import Analysis
import Definitions
import Foundation
import Reports
import Results
import TestSupport
import SyntheticStudies
import Testing

@Suite struct FiguresSectionTests {
    private static let figures = [
        Figure(
            name: "phases", title: "When <does> it drift?", kind: .heatMap, x: "radius", y: "steps", value: "risk",
            boundary: "critical",
            selection: ModelSelection(["regime": [.word("gd")]])),
        Figure(
            name: "growth", title: "Growth", kind: .curves, x: "steps", y: "risk", by: "regime", scale: .logLog,
            slope: 1,
            selection: ModelSelection(["radius": [.number(2)]])),
        Figure(name: "linear", title: "Risk over steps", kind: .curves, x: "steps", y: "risk", by: "radius"),
        Figure(name: "pairs", title: "Pairs", kind: .scatter, x: "norm", y: "risk", by: "regime", scale: .logY),
        Figure(name: "sloped", title: "Sloped", kind: .scatter, x: "steps", y: "risk", scale: .logLog, slope: 1),
        Figure(
            name: "none", title: "None", kind: .scatter, x: "norm", y: "risk",
            selection: ModelSelection(["radius": [.number(7)]])),
        Figure(name: "word", title: "Word", kind: .curves, x: "rule", y: "risk"),
    ]

    /// Two regimes over two radii and four numbers of steps, two models a place; the risk of small radii is 0.
    private static func study(_ name: String = "toy", figures: [Figure] = figures) -> SyntheticStudy {
        var networks: [SyntheticStudy.Network] = []
        for (regime, factor) in [("gd", 1.0), ("sam", 4)] {
            for radius in [1, 2] {
                for steps in [1, 2, 4, 8] {
                    for copy in [0.5, 1.5] {
                        networks.append(
                            .init(
                                regime: regime,
                                hyperparameters: #"{"radius":\#(radius),"rule":"\#(regime)","steps":\#(steps)}"#,
                                columns: [
                                    "risk": radius == 1 ? 0 : factor * copy * Double(steps),
                                    "norm": Double(networks.count * 5 % 7),
                                    "critical": 1.5,
                                ]))
                    }
                }
            }
        }
        return SyntheticStudy(name: name, networks: networks, figures: figures, target: "risk")
    }

    private func report() throws -> StudyReport {
        let archive = try Archive()
        return try StudyReport(of: archive.population(Self.study()), in: archive.store)
    }

    private func picture(_ name: String) throws -> ParsedSVG {
        try ParsedSVG(try #require(try report().pictures.first { $0.name == "figure-\(name).svg" }).svg)
    }

    @Test("Each figure has a heading, a sentence on what is drawn of which models, and its picture")
    func section() throws {
        let report = try report()
        #expect(
            report.markdown.contains(
                """
                ## Figures

                ### When \\<does> it drift?

                `risk` as colour over `radius` and `steps`, with the line where theory has `critical`; models with \
                regime gd.

                ![When \\<does> it drift?](figure-phases.svg)

                ### Growth

                `risk` over `steps`, a curve for each `regime`; models with radius 2.

                ![Growth](figure-growth.svg)
                """))
        #expect(report.markdown.contains("`risk` over `norm`, by `regime`; all models."))
        let drawn = report.pictures.map(\.name).filter { $0.hasPrefix("figure-") }
        #expect(drawn == Self.figures.map { "figure-\($0.name).svg" })
        let archive = try Archive()
        let plain = try StudyReport(of: archive.population(Self.study(figures: [])), in: archive.store).markdown
        #expect(!plain.contains("## Figures"))
    }

    @Test("A heat map has a cell for each of the selected models' places, their mean in it, and the boundary's line")
    func heatMap() throws {
        let map = try picture("phases")
        let fills = map.all("rect", inClass: "cells").compactMap { $0.attributes["fill"] }
        #expect(fills.count == 8)
        // From the top: steps 8, 4, 2, 1; radius 1 has no risk. Means of 8, 4, 2, 1 are linear in colour.
        #expect(fills[0] == fills[2] && fills[2] == fills[4] && fills[4] == fills[6] && fills[1] == "#fde725")
        #expect(map.texts.contains("critical, as theory has it") && !map.all("path", inClass: "boundary").isEmpty)
        #expect(map.texts.contains("Each cell is the mean over its models, up to 2."))
    }

    @Test("Curves group the selected models, with means and bars, and slopes on logarithmic axes")
    func curves() throws {
        let growth = try picture("growth")
        #expect(
            growth.texts.contains { $0.hasPrefix("gd: slope 1.000 ± ") }
                && growth.texts.contains { $0.hasPrefix("sam: slope 1.000 ± ") })
        #expect(growth.texts.contains("expected slope 1"))
        #expect(growth.all("path", inClass: "bars").count == 8)
        #expect(
            growth.texts.joined(separator: " ").contains(
                "Points are means over models of the same steps; bars reach from the least to the greatest."))
        let linear = try picture("linear")
        #expect(
            linear.texts.contains("radius 1") && linear.texts.contains("radius 2") && linear.texts.contains("steps"))
    }

    @Test("A scatter has a point a model; those without a place on its axes are counted")
    func scatter() throws {
        let pairs = try picture("pairs")
        // Eight points and the legend's.
        #expect(pairs.all("circle", inClass: "group-0").count == 9 && pairs.all("path", inClass: "group-1").count == 9)
        #expect(pairs.texts.contains("16 of 32 models are left out: a logarithmic axis has no place for 0 and less."))
        #expect(pairs.texts.contains("risk (log scale)") && pairs.texts.contains("norm"))
        let sloped = try picture("sloped")
        #expect(sloped.all("circle", inClass: "series-0").count == 16 && sloped.all("path", inClass: "lines").isEmpty)
        #expect(sloped.texts.contains("16 of 32 points are left out: logarithmic axes have no place for 0 and less."))
    }

    @Test("A figure of no model, or of no number, is a sentence")
    func sentences() throws {
        #expect(try picture("none").texts == ["None", "No model has radius 7: there are 1, 2."])
        #expect(try picture("word").texts == ["Word", "None of 32 selected models has a number for rule."])
    }

    @Test("Writing a report again removes the pictures of figures that are gone")
    func stale() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "toy/figure-gone.svg")
        _ = try report().write(into: folder.path)
        #expect(!FileManager.default.fileExists(atPath: folder("toy/figure-gone.svg")))
        #expect(FileManager.default.fileExists(atPath: folder("toy/figure-phases.svg")))
    }

    @Test("A family shows its members' figures under their names; the same name in two studies is two pictures")
    func family() throws {
        let archive = try Archive()
        let members = try [
            Self.study("sco-a", figures: [Self.figures[1]]), Self.study("sco-b", figures: []), Self.study("sco-c"),
        ]
        .map(archive.population)
        let report = try FamilyReport(of: members, name: "sco", in: archive.store)
        let shown = report.markdown.matches(of: /\]\(([^)]+\.svg)\)/).map { String($0.1) }
        #expect(Set(shown) == Set(report.pictures.map(\.name)) && shown.count == report.pictures.count)
        #expect(shown.contains("figure-sco-a-growth.svg") && shown.contains("figure-sco-c-growth.svg"))
        #expect(report.markdown.contains("### Growth (`sco-a`)"))
    }

    @Test("A lab's report speaks of models, that of a study of networks of trained networks")
    func words() throws {
        var lab = Self.study()
        lab.population = #"{"configurations":[{"seeds":[0],"lab":{"experiment":"x","settings":{}}}]}"#
        let archive = try Archive()
        let text = try StudyReport(of: archive.population(lab), in: archive.store).markdown
        #expect(text.contains("32 models of 1, 0 failed") && !text.contains("32 trained networks"))
        #expect(try report().markdown.contains("32 trained networks of 3, 0 failed"))
    }
}
