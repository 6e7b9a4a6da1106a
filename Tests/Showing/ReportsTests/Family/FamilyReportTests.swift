import Analysis
import Foundation
import Reports
import Results
import Statistics
import TestSupport
import Typography
import SyntheticStudies
import Testing

@Suite struct FamilyReportTests {
    /// The cells of a table's row that begins so, in the section with this heading.
    private func row(_ start: String, under heading: String, of text: String) throws -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let section = try #require(lines.firstIndex { $0 == heading })
        let line = try #require(
            lines[section...].dropFirst().prefix { !$0.hasPrefix("#") }.first { $0.hasPrefix("| \(start) |") })
        return line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test("A study's row has the regimes' means, their gap beside the published one, and Welch's p")
    func regimes() throws {
        let study = FamilySamples.studies()[0]
        let groups = ["small-batch", "large-batch"].map { label in
            study.networks.filter { $0.regime == label }.compactMap { $0.columns["test_accuracy"] }
        }
        let test = try welchTest(groups[1], groups[0]).get()
        let cells = try row("scale-n500", under: "## Study by study", of: FamilySamples.report().markdown)
        #expect(cells[1] == "50")
        #expect(cells[2].hasPrefix(NumberFormat.fixed(5).string(groups[0].reduce(0, +) / 25) + " ± 0.00"))
        #expect(cells[3].hasPrefix(NumberFormat.fixed(5).string(groups[1].reduce(0, +) / 25) + " ± 0.00"))
        #expect(cells[4] == NumberFormat.fixed(2).string(100 * test.difference))
        #expect(cells[5] == "1.20")
        #expect(cells[6] == NumberFormat.significant(2).string(test.pValue))
        for (cell, label) in zip(cells[7...8], ["small-batch", "large-batch"]) {
            let traces = study.networks.filter { $0.regime == label }.compactMap { $0.columns["hessian_trace"] }
            let mean = try #require(Double(cell.prefix { $0 != " " }))
            // Shown to three digits of the spread, which is about 1.
            #expect(abs(mean - traces.reduce(0, +) / 25) <= 0.0051)
        }
    }

    @Test("What tells the studies apart is said of each, regime by regime where these differ")
    func differences() throws {
        let text = try FamilySamples.report().markdown
        #expect(text.contains("| scale-n500 | 1 | 50 | 3 | 0 | 500 | small-batch 0.05, large-batch 0.5 |"))
    }

    @Test("A measure's row has rho published, raw, within each regime and given the regime, as correlated by itself")
    func correlations() throws {
        let population = try Archive().population(FamilySamples.studies()[1])
        let raw = try population.correlation("hessian_trace", "test_accuracy", bootstrap: nil)
        let given = try population.correlation("hessian_trace", "test_accuracy", given: ["regime"], bootstrap: nil)
        let cells = try row("scale-n2000", under: "### hessian_trace", of: FamilySamples.report().markdown)
        let text = NumberFormat.fixed(3)
        let rho = try #require(raw.estimate)
        #expect(cells[1] == "50" && cells[2] == "-0.750" && cells[3] == text.string(rho))
        #expect(cells[4] == text.string(rho + 0.75))
        let grouping = try #require(population.groupings.first)
        for (place, label) in [(6, "small-batch"), (7, "large-batch")] {
            let within = try population.correlation("hessian_trace", "test_accuracy", within: label, of: grouping)
            #expect(cells[place] == text.string(try #require(within.estimate)))
        }
        #expect(cells[8] == text.string(try #require(given.estimate)))
        #expect(cells[9] == NumberFormat.significant(2).string(try #require(given.pValue)))
        #expect(cells[10] == "between groups only")
    }

    @Test("Sentences say where raw and within-regime correlations disagree")
    func findings() throws {
        let text = try FamilySamples.report().markdown
        #expect(
            text.contains(
                "- `hessian_trace`: the raw correlation counts in 2 of 3 studies; it comes from the difference "
                    + "between the regimes in 2 (`scale-n500`, `scale-n2000`)."))
        #expect(
            text.contains(
                "- `weight_norm_l2`: the raw correlation counts in 3 of 3 studies; it holds within the regimes in 3"))
        #expect(text.contains("- `test_loss` (reads unseen labels: no predictor): "))
        #expect(text.contains("- `scale-n500`: the raw correlation (-0."))
    }

    @Test("Published figures stand beside the measured ones, by kind")
    func published() throws {
        let text = try FamilySamples.report().markdown
        let mean = try row(
            "scale-n500 | mean test_accuracy, small-batch", under: "## Published means and ranges", of: text)
        #expect(mean.suffix(1) == ["yes"])
        let network = try row(
            "scale-n24000 | test_accuracy of seed 100, large-batch", under: "## Published single networks", of: text)
        #expect(network[2] == "0.86" && network.last == "yes")
        let bare = try FamilySamples.report(FamilySamples.studies(published: false)).markdown
        #expect(!bare.contains("ublished"))
    }

    @Test("Every picture that the text shows is there and drawn, and every picture is shown")
    func pictures() throws {
        let report = try FamilySamples.report()
        let shown = report.markdown.matches(of: /\]\(([^)]+\.svg)\)/).map { String($0.1) }
        #expect(Set(shown) == Set(report.pictures.map(\.name)) && shown.count == report.pictures.count)
        #expect(
            Set(shown).isSuperset(of: [
                "curve-test_accuracy.svg", "curve-hessian_trace.svg", "curve-rho-hessian_trace.svg",
                "curve-rho-weight_norm_l2.svg",
            ]))
        for picture in report.pictures {
            let svg = try ParsedSVG(picture.svg)
            #expect(svg.texts.contains("training_points (log scale)"))
            #expect(!svg.all("path", inClass: "lines").isEmpty)
        }
        let rho = try ParsedSVG(try #require(report.pictures.first { $0.name == "curve-rho-hessian_trace.svg" }).svg)
        #expect(
            rho.texts.contains("raw, all networks") && rho.texts.contains("given regime")
                && rho.texts.contains("published, raw"))
    }

    @Test("Studies without regimes make a report too")
    func withoutRegimes() throws {
        let studies = FamilySamples.studies(published: false).map { study in
            var study = study
            for index in study.networks.indices { study.networks[index].regime = nil }
            return study
        }
        let report = try FamilySamples.report(studies)
        #expect(!report.markdown.contains("regime"))
        #expect(try row("scale-n500", under: "### hessian_trace", of: report.markdown).count == 4)
    }

    @Test("A report is written into a folder of its name, the same bytes twice, without curves of an older one")
    func written() throws {
        let folder = try TemporaryFolder()
        try folder.write("old", to: "scale/curve-rho-gone.svg")
        try folder.write("mine", to: "scale/notes.txt")
        let path = try FamilySamples.report().write(into: folder.path)
        #expect(path == folder("scale/report.md"))
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text == (try FamilySamples.report().markdown))
        #expect(!FileManager.default.fileExists(atPath: folder("scale/curve-rho-gone.svg")))
        #expect(FileManager.default.fileExists(atPath: folder("scale/notes.txt")))
    }
}
