import Analysis
import Definitions
import Reports
import Results
import TestSupport
import SyntheticStudies
import Testing

@Suite struct ClaimsSectionTests {
    static let claims = [
        Claim(
            claim: "The risk grows as the steps' square.", origin: .paper, statistic: .slope, measure: "risk",
            over: "steps",
            selection: ModelSelection(["regime": [.word("gd")]]), expected: 2, tolerance: 0.01, limit: "Of small steps."
        ),
        Claim(
            claim: "It is 4.", origin: .restated, statistic: .value, measure: "risk",
            selection: ModelSelection(["steps": [.number(2)]]),
            atLeast: 4.5, atMost: 5),
        Claim(
            claim: "Nobody knows.", origin: .derived, statistic: .mean, measure: "risk",
            selection: ModelSelection(["steps": [.number(3)]]),
            atMost: 1),
        Claim(claim: "It is large.", origin: .derived, statistic: .maximum, measure: "risk", atLeast: 1e-3),
    ]

    /// Risk is the square of the steps; the regime of the last model is another.
    static func study(_ name: String = "toy", claims: [Claim] = claims, target: String = "risk") -> SyntheticStudy {
        SyntheticStudy(
            name: name,
            networks: [1.0, 2, 4, 8].enumerated().map { index, steps in
                .init(
                    regime: index < 3 ? "gd" : "sam", hyperparameters: #"{"steps":\#(Int(steps))}"#,
                    columns: ["risk": steps * steps, "norm": Double(index * 3 % 4)])
            },
            claims: claims, target: target)
    }

    private func report(_ study: SyntheticStudy) throws -> String {
        let archive = try Archive()
        return try StudyReport(of: archive.population(study), in: archive.store).markdown
    }

    @Test("Each claim has a row: who says so, what of, the claimed and the measured number, and whether they agree")
    func rows() throws {
        let text = try report(Self.study())
        #expect(text.contains("2 of 3 measured claims agree with what was claimed. 1 was not measured."))
        #expect(
            text.contains(
                """
                | claim | origin | of what | claimed | measured | models | agrees | limit |
                | :--- | :--- | :--- | ---: | ---: | ---: | :--- | :--- |
                | The risk grows as the steps' square. | the paper | slope of risk over steps; regime gd | 2.0 ± 0.01 \
                | 2.0000000000 ± 0 | 3 | yes | Of small steps. |
                """.replacing("2.0 ± 0.01", with: "2 ± 0.01")))
        #expect(
            text.contains(
                "| It is 4. | the paper's instance, as restated | risk; steps 2 | 4.5 to 5 | 4 | 1 | **no** |  |"))
        #expect(
            text.contains(
                "| Nobody knows. | derived here | mean of risk; steps 3 | at most 1 | – (1) | 0 | not measured |  |"))
        #expect(text.contains("| It is large. | derived here | maximum of risk | at least 0.001 | 64 | 4 | yes |  |"))
        #expect(text.contains("(1) No model has steps 3: there are 1, 2, 4, 8."))
        #expect(
            text.contains("    basin sql \"SELECT claim, measured, expected, agrees FROM claims WHERE study = 'toy'\""))
    }

    @Test(
        "A tolerance of any size beside its number is printed",
        arguments: [(1e-300, 1e300), (1e308, 1e300), (4.0, Double.leastNonzeroMagnitude)])
    func tolerances(expected: Double, tolerance: Double) throws {
        let claim = Claim(
            claim: "It is so.", origin: .derived, statistic: .maximum, measure: "risk", expected: expected,
            tolerance: tolerance)
        let text = try report(Self.study(claims: [claim]))
        #expect(text.contains("| \(expected == 4 ? "4" : "\(expected)") ± \(tolerance) |"))
    }

    @Test(
        """
        The section stands between the verdicts and what is behind them; a study without claims has none, and a \
        column of limits only with limits
        """
    )
    func whether() throws {
        let text = try report(Self.study())
        let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings.first == "## Verdicts")
        let (claims, measures) = (
            headings.firstIndex(of: "## Claims"), headings.firstIndex(of: "## The measures themselves")
        )
        #expect(try #require(claims) < #require(measures))
        #expect(!(try report(Self.study(claims: []))).contains("## Claims"))
        let unlimited = try report(Self.study(claims: [Self.claims[3]]))
        #expect(
            unlimited.contains("| models | agrees |\n")
                && unlimited.contains("The one claim that was measured agrees with"))
        #expect(
            try report(Self.study(claims: [Self.claims[3], Self.claims[0]])).contains(
                "All 2 claims that were measured agree with"))
    }

    @Test(
        "A measured number has the digits that its tolerance can tell apart",
        arguments: [
            (2.0 / 3, 1e-9, "0.6666666667"), (2.0 / 3, 0.1, "0.666667"), (2.0 / 3, 0, "0.6666666666666666"),
        ])
    func digits(value: Double, tolerance: Double, shown: String) throws {
        var study = Self.study(claims: [
            Claim(
                claim: "A.", origin: .paper, statistic: .maximum, measure: "norm", expected: value, tolerance: tolerance
            )
        ])
        for index in study.networks.indices { study.networks[index].columns["norm"] = index == 2 ? value : value / 2 }
        #expect(try report(study).contains(" | \(shown) | 4 | yes |"))
    }

    @Test("A family has one table over all members that claim something, with their names")
    func family() throws {
        let archive = try Archive()
        let members = try [
            Self.study("sco-a", claims: [Self.claims[1]]), Self.study("sco-b", claims: []),
            Self.study("sco-c", claims: [Self.claims[3], Self.claims[0]]),
        ].map(archive.population)
        let text = try FamilyReport(of: members, name: "sco", in: archive.store).markdown
        #expect(text.contains("2 of 3 measured claims agree with what was claimed."))
        #expect(
            text.contains("| study | claim | origin |") && text.contains("| sco-a | It is 4. |")
                && text.contains("| sco-c | It is large. |"))
        #expect(text.components(separatedBy: "## Claims").count == 2)
        #expect(text.contains("FROM claims WHERE study IN ('sco-a', 'sco-c')\""))
    }

    @Test(
        """
        A family of different targets says which study has which, and one without its target is left out of the \
        verdicts alone
        """
    )
    func targets() throws {
        let archive = try Archive()
        let members = try [
            Self.study("sco-a"), Self.study("sco-b", target: "norm"), Self.study("sco-c", target: "gap"),
        ].map(archive.population)
        let text = try FamilyReport(of: members, name: "sco", in: archive.store).markdown
        #expect(
            text.contains("The studies have different targets: `gap` (`sco-c`); `norm` (`sco-b`); `risk` (`sco-a`)."))
        #expect(
            text.contains(
                "No model has a value of the target in `sco-c` (`gap`): without verdicts and correlations here."))
        #expect(text.contains("| sco-c | It is large. |"))
        let same = try FamilyReport(of: Array(members.prefix(1)), name: "sco", in: archive.store).markdown
        #expect(!same.contains("different targets") && !same.contains("without verdicts"))
    }

    @Test(
        """
        A family without targets, claims and figures is the error that the target is missing; with claims it is a \
        report
        """
    )
    func nothing() throws {
        let archive = try Archive()
        let bare = try archive.population(Self.study("sco-a", claims: [], target: "gap"))
        #expect(throws: UnknownColumn.self) { try FamilyReport(of: [bare], name: "sco", in: archive.store) }
        let claiming = try archive.population(Self.study("sco-b", target: "gap"))
        let text = try FamilyReport(of: [bare, claiming], name: "sco", in: archive.store).markdown
        #expect(text.contains("## Claims") && !text.contains("## Study by study"))
    }

    @Test("Members with many regimes between them have no column for each")
    func manyRegimes() throws {
        let archive = try Archive()
        let members = try ["a", "b"].map { name in
            var study = Self.study("sco-\(name)")
            study.networks = (0..<12).map { index in
                .init(
                    regime: "\(name)-\(index / 2)", hyperparameters: #"{"steps":\#(index / 2)}"#,
                    columns: ["risk": Double(index * index % 7), "norm": Double(index)])
            }
            return try archive.population(study)
        }
        let text = try FamilyReport(of: members, name: "sco", in: archive.store).markdown
        #expect(text.contains("## Study by study") && !text.contains("risk, a-0"))
    }
}
