import Analysis
import Reports
import Results
import SyntheticStudies
import TestSupport
import Testing

@Suite struct RoundingSectionTests {
    private let study = RoundedStudy(networks: 12, measures: ["test_accuracy", "pair_proxy", "weight_norm_l2"])

    private func enter(_ rounding: Int, turned: Bool = false, missing: Set<Int> = [], in store: ResultsStore) throws {
        let ramp = (0..<12).map { Double($0) }
        try study.enter(
            rounding: rounding,
            columns: [
                "test_accuracy": ramp, "pair_proxy": ramp.map { turned ? -$0 : $0 },
                "weight_norm_l2": noise(seed: 3, count: 12),
            ], missing: missing, in: store)
    }

    private func report(_ archive: Archive) throws -> String {
        try StudyReport(of: Population(of: archive.store.study(named: "toy"), in: archive.store), in: archive.store)
            .markdown
    }

    @Test("The report has the ranges where other arithmetics are in the file, and no section where there are none")
    func section() throws {
        let archive = try Archive()
        try enter(0, in: archive.store)
        #expect(try !report(archive).contains("## Rounding"))
        try enter(1, in: archive.store)
        try enter(2, turned: true, in: archive.store)
        let text = try report(archive)
        #expect(text.contains("## Rounding"))
        #expect(text.contains("Initial weights moved by at most one unit in the last place, K = 2"))
        #expect(text.contains("    basin run toy --rounding 2"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| pair_proxy | 1.000 | -1.000 | 1.000 |") }
        #expect(rows.count == 1 && rows.first?.hasSuffix("| 3 | sign | yes |") == true)
        #expect(
            text.split(separator: "\n").contains {
                $0.hasPrefix("| weight_norm_l2 |") && $0.hasSuffix("| 3 | nothing | yes |")
            })
    }

    @Test("What is not whole is named, with the command that makes it so")
    func incomplete() throws {
        let archive = try Archive()
        try enter(0, in: archive.store)
        try enter(1, missing: [2], in: archive.store)
        #expect(try report(archive).contains("toy-rounding-1 lacks 1 network, and is left out."))
        try enter(2, in: archive.store)
        let text = try report(archive)
        #expect(text.contains("K = 1") && text.contains("toy-rounding-1 lacks 1 network"))
        let ranges = try RoundingRanges(
            of: Population(of: archive.store.study(named: "toy"), in: archive.store), in: archive.store)
        #expect(ranges.remark?.contains("'basin run toy --rounding 1' trains what is missing.") == true)
    }
}
