import Foundation
import TestSupport
import Testing

/// Claims and figures of a study file, from its file to its report.
@Suite struct ClaimsCommandTests {
    private let presentation = """
        figures:
          - {name: seeds, title: Accuracy of each seed, kind: curves, x: seed, y: test_accuracy}
        claims:
          - {claim: Accuracy is a share., origin: derived, statistic: maximum, of: test_accuracy, at_most: 1}
          - {claim: Every network is perfect., origin: paper, statistic: minimum, of: test_accuracy, expected: 1, \
        tolerance: 0}
          - {claim: The ninth is good., origin: paper, statistic: value, of: test_accuracy, where: {seed: 9}, \
        at_least: 0.5}
        """

    private func claims(_ place: Workplace) throws -> [String] {
        let answer = try place.basin(
            "sql", "SELECT claim, agrees, n FROM claims WHERE study = 'toy'", "--format", "csv")
        return answer.output.split(whereSeparator: \.isNewline).dropFirst().map(String.init)
    }

    @Test("A run evaluates the claims, says how many do not hold, and the report shows them with the figures")
    func run() throws {
        let place = try Workplace(networks: 2, epochs: 3)
        try place.writeStudy(networks: 2, epochs: 3, extra: presentation)
        // A run without the target has claims to look at all the same.
        let first = try place.basin("run", "toy", "--measures", "dead_units", "--jobs", "1")
        #expect(first.status == 0 && first.errors.contains("of 3 claims 3 could not be measured"), "\(first.errors)")
        let run = try place.basin("run", "toy", "--jobs", "1")
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            run.errors.contains(
                "basin: of 3 claims 1 does not hold and 1 could not be measured; basin sql "
                    + "\"SELECT * FROM claims WHERE study = 'toy' AND agrees IS NOT 1\" lists them\n"), "\(run.errors)")
        #expect(
            try claims(place) == ["Accuracy is a share.,1,2", "Every network is perfect.,0,2", "The ninth is good.,,0"])
        #expect(try place.basin("report", "toy").status == 0)
        let text = try String(contentsOfFile: place.folder("reports/toy/report.md"), encoding: .utf8)
        #expect(text.contains("1 of 2 measured claims agree") && text.contains("figure-seeds.svg"))
        #expect(FileManager.default.fileExists(atPath: place.folder("reports/toy/figure-seeds.svg")))
    }

    @Test("Changing a claim makes no new version; the next run evaluates what the file says then")
    func changed() throws {
        let place = try Workplace(networks: 2, epochs: 3)
        try place.writeStudy(networks: 2, epochs: 3, extra: presentation)
        #expect(try place.basin("run", "toy", "--jobs", "1").status == 0)
        try place.writeStudy(networks: 2, epochs: 3, extra: presentation.replacing("at_most: 1}", with: "at_most: -1}"))
        let again = try place.basin("run", "toy")
        #expect(again.status == 0 && again.errors.contains("of 3 claims 2 do not hold"), "\(again.errors)")
        #expect(try claims(place)[0] == "Accuracy is a share.,0,2")
        let versions = try place.basin("sql", "SELECT count(*) FROM study", "--format", "csv").output
        #expect(versions.split(whereSeparator: \.isNewline).last == "1")
        let wrong = presentation.replacing("of: test_accuracy, at_most", with: "of: test_acuracy, at_most")
        try place.writeStudy(networks: 2, epochs: 3, extra: wrong)
        let refused = try place.basin("run", "toy")
        #expect(
            refused.status != 0 && refused.errors.contains("claims[1].of is 'test_acuracy'")
                && refused.errors.contains("Did you mean 'test_accuracy'?"))
    }
}
