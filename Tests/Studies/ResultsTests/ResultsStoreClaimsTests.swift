import Definitions
import GRDB
import Results
import Testing

@Suite struct ResultsStoreStatedClaimsTests {
    private let number = Claim(
        claim: "It is 4.", origin: .paper, statistic: .value, measure: "a",
        selection: ModelSelection(["steps": [.number(64)]]),
        expected: 4, tolerance: 0.5, limit: "Of one instance.")
    private let bounds = Claim(
        claim: "It grows.", origin: .restated, statistic: .slope, measure: "a", over: "steps", atLeast: 0.25,
        atMost: 0.75)
    private let ranks = Claim(
        claim: "It orders them.", origin: .derived, statistic: .spearman, measure: "a", over: "b", atLeast: 0.9)

    private var findings: [ClaimFinding] {
        var measured = ClaimFinding(number)
        (measured.measured, measured.count, measured.agrees) = (4.25, 1, true)
        var slope = ClaimFinding(bounds)
        (slope.measured, slope.standardError, slope.count, slope.agrees) = (1, 0.125, 5, false)
        var none = ClaimFinding(ranks)
        (none.count, none.reason) = (2, "Too few models.")
        return [measured, slope, none]
    }

    @Test("Claims come back as they were recorded, in their order, each study's own")
    func roundTrip() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        try toy.store.record(claims: [number, bounds, ranks], study: toy.study.id)
        try toy.store.record(claims: [ranks], study: other.id)
        #expect(try toy.store.findings(of: toy.study.id) == [number, bounds, ranks].map { ClaimFinding($0) })
        try toy.store.record(findings: findings, study: toy.study.id)
        #expect(try toy.store.findings(of: toy.study.id) == findings)
        #expect(try toy.store.findings(of: other.id) == [ClaimFinding(ranks)])
    }

    @Test("A claim that is stated again keeps what was measured; a changed one loses it, and one that is gone goes")
    func restated() throws {
        let toy = try Toy()
        try toy.store.record(findings: findings, study: toy.study.id)
        var changed = number
        changed.tolerance = 0.125
        try toy.store.record(claims: [bounds, changed], study: toy.study.id)
        #expect(try toy.store.findings(of: toy.study.id) == [findings[1], ClaimFinding(changed)])
    }

    @Test("The view shows the newest version's claims beside what was measured")
    func view() throws {
        let toy = try Toy()
        try toy.store.record(findings: findings, study: toy.study.id)
        let sql = """
            SELECT study, version, claim, over, selection, expected, at_most, measured, standard_error, n, agrees, \
            reason, limitation
            FROM claims
            """
        #expect(
            try ReadOnlyQuery(sql, at: toy.folder.path()).rows == [
                [
                    .text("toy"), .integer(1), .text("It is 4."), .null, .text(#"{"steps":[64]}"#), .real(4), .null,
                    .real(4.25),
                    .null, .integer(1), .integer(1), .null, .text("Of one instance."),
                ],
                [
                    .text("toy"), .integer(1), .text("It grows."), .text("steps"), .text("{}"), .null, .real(0.75),
                    .real(1),
                    .real(0.125), .integer(5), .integer(0), .null, .null,
                ],
                [
                    .text("toy"), .integer(1), .text("It orders them."), .text("b"), .text("{}"), .null, .null, .null,
                    .null,
                    .integer(2), .null, .text("Too few models."), .null,
                ],
            ])
        let newer = try toy.store.enter(.example(digest: "d2"))
        #expect(newer.version == 2)
        #expect(try ReadOnlyQuery("SELECT * FROM claims", at: toy.folder.path()).rows == [])
    }

    @Test("A claim of an origin or a statistic that only a newer program knows is left out")
    func unknownWords() throws {
        let toy = try Toy()
        try toy.store.record(findings: findings, study: toy.study.id)
        try alterSoundly(
            toy,
            """
            UPDATE claimed SET origin = 'oracle' WHERE place = 0; UPDATE claimed SET statistic = 'mode' WHERE place = 2
            """)
        #expect(try toy.store.findings(of: toy.study.id) == [findings[1]])
    }

    @Test("A selection reads as a sentence's part, numbers without needless zeros")
    func words() {
        #expect(ModelSelection.all.description == "all models")
        let selection = ModelSelection([
            "steps": [.number(64), .number(0.5), .number(1)], "regime": [.word("sam")], "radius": [.number(-2)],
        ])
        #expect(selection.description == "radius -2; regime sam; steps 64, 0.5 or 1")
    }
}
