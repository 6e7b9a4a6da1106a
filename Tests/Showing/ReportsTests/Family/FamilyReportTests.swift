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

    @Test("A study's row has the regimes' means, their gap with its interval beside the published one, and Welch's p")
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
        #expect(cells[5] == NumberFormat.fixed(2).string(100 * test.interval.lower))
        #expect(cells[6] == NumberFormat.fixed(2).string(100 * test.interval.upper))
        #expect(cells[7] == "1.20")
        #expect(cells[8] == NumberFormat.significant(2).string(test.pValue))
        for (cell, label) in zip(cells[9...10], ["small-batch", "large-batch"]) {
            let traces = study.networks.filter { $0.regime == label }.compactMap { $0.columns["hessian_trace"] }
            #expect(cell.hasPrefix("\(NumberFormat.significant(4).string(traces.sorted()[12])) ("))
        }
    }

    @Test("The picture of the gap has a point a study with Welch's interval, and the published ones beside it")
    func gap() throws {
        let picture = try #require(try FamilySamples.report().pictures.first { $0.name == "curve-gap.svg" })
        let svg = try ParsedSVG(picture.svg)
        #expect(svg.texts.contains("test_accuracy: large-batch less small-batch"))
        #expect(svg.texts.contains("gap, percentage points") && svg.texts.contains("published"))
        #expect(svg.all("path", inClass: "bars").count == 3)
    }

    @Test("The finding counts every verdict, and the map has the word and both correlations of each")
    func verdicts() throws {
        let report = try FamilySamples.report()
        let members = try FamilySamples.studies().map { try StudyVerdicts(of: Archive().population($0)) }
        let rows = members.flatMap(\.rows).filter { $0.verdict.word != .notAPredictor }
        let words = Dictionary(grouping: rows.compactMap(\.verdict.word)) { $0 }
        let finding = try #require(report.markdown.split(separator: "\n").first { $0.hasPrefix("Of ") })
        for (word, found) in words {
            #expect(finding.contains("\(found.count) \(word == .undetectable ? "undetectable" : word.rawValue)"))
        }
        let svg = try ParsedSVG(try #require(report.pictures.first { $0.name == "verdicts.svg" }).svg)
        for row in rows {
            let verdict = row.verdict
            guard let word = verdict.word, let raw = verdict.raw.estimate else { continue }
            let left = verdict.hardest?.value.map { " → \(signed($0, digits: 2))" } ?? ""
            let numbers = "\(signed(raw, digits: 2))\(left)".replacing("-", with: "−")
            #expect(svg.texts.contains(numbers))
            #expect(svg.texts.contains { word.rawValue.hasPrefix($0) && !$0.isEmpty })
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
        let cells = try row(
            "hessian_trace | scale-n2000", under: "## Raw correlations and those within regimes",
            of: FamilySamples.report().markdown)
        let text = NumberFormat.fixed(3)
        let rho = try #require(raw.estimate)
        #expect(cells[2] == "-0.750" && cells[3] == text.string(rho))
        #expect(cells[4] == text.string(rho + 0.75))
        let grouping = try #require(population.groupings.first)
        for (place, label) in [(5, "small-batch"), (6, "large-batch")] {
            let within = try population.correlation("hessian_trace", "test_accuracy", within: label, of: grouping)
            #expect(cells[place] == text.string(try #require(within.estimate)))
        }
        #expect(cells[7] == text.string(try #require(given.estimate)))
        #expect(cells[8] == NumberFormat.significant(2).string(try #require(given.pValue)))
        #expect(cells[9] == "between groups only")
    }

    @Test("A table counts in how many studies a correlation stands, and what becomes of it within regimes")
    func outcomes() throws {
        let text = try FamilySamples.report().markdown
        let heading = "## Raw correlations and those within regimes"
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("| measure | studies |") })
        let columns = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        func count(_ measure: String, _ column: String) throws -> String {
            try row(measure, under: heading, of: text)[#require(columns.firstIndex(of: column))]
        }
        #expect(try count("hessian_trace | 3", "raw counts") == "2")
        #expect(try count("hessian_trace | 3", "between groups only") == "2")
        #expect(try count("weight_norm_l2 | 3", "raw counts") == "3")
        #expect(try count("weight_norm_l2 | 3", "holds within") == "3")
        #expect(try count("test_loss (no predictor) | 3", "studies") == "3")
    }

    @Test("Published figures stand beside the measured ones, by kind")
    func published() throws {
        let text = try FamilySamples.report().markdown
        for heading in ["## Published means and ranges", "## Published single networks"] {
            let lines = text.split(separator: "\n")
            let place = try #require(lines.firstIndex { $0 == heading })
            // Those that agree are a count, the others are listed.
            #expect(lines[place + 1].contains(/^\d+ of \d+ figures with a stated tolerance agree/))
            #expect(
                !lines[place...].prefix { $0 == heading || !$0.hasPrefix("#") }.contains { $0.hasSuffix("| yes |") })
        }
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
                "curve-rho-weight_norm_l2.svg", "curve-gap.svg", "verdicts.svg",
            ]))
        for picture in report.pictures {
            let svg = try ParsedSVG(picture.svg)
            guard picture.name != "verdicts.svg" else { continue }
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
        #expect(
            try row(
                "hessian_trace | scale-n500", under: "## Rank correlations", of: report.markdown
            ).count == 3)
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
