import Foundation
import GRDB
import Results
import Testing

@Suite struct ResultsStoreJudgementsTests {
    private static let date = Date(timeIntervalSince1970: 1_700_000_000)

    private func judgement(_ measure: String, target: String = "t", _ verdict: String = "supported") -> JudgementRecord
    {
        JudgementRecord(
            measure: measure, target: target, verdict: verdict, count: 100, tried: 3,
            sentence: "\(measure) is \(verdict)",
            computedAt: Self.date)
    }

    /// Every field has a value, and no two have the same.
    private var full: JudgementRecord {
        var record = judgement("full", "confounded")
        (record.estimate, record.interval) = (0.375, 0.2...0.5)
        (record.pValue, record.holmPValue, record.correctedPValue, record.detectable) = (1e-4, 3e-4, 2e-3, 0.3)
        (record.verdictBeforeTraining, record.rounding) = ("supported", 0.35...0.4)
        (record.givenCurvedEstimate, record.givenCurvedPValue, record.givenCorrectedPValue) = (0.12, 0.4, 0.9)
        (record.noisyPValue, record.leastReliability, record.robustnessValue) = (0.5, 0.95, 0.2)
        (record.unmeasuredStrength, record.benchmark) = (1.5, "dead_units")
        (record.targetReliability, record.targetReliabilityWithin) = (0.8, 0.6)
        (record.given, record.givenEstimate, record.givenPValue) = (["regime", "dead_units"], 0.1, 0.45)
        record.changePValue = 0.001
        (record.gain, record.gainError) = (-0.01, 0.02)
        (record.reliability, record.noiseFree) = (0.9, 0.4)
        record.reads = "the test labels"
        return record
    }

    private func rows(_ toy: Toy, _ sql: String) throws -> [[SQLValue]] {
        try ReadOnlyQuery(sql, at: toy.store.path).rows
    }

    @Test("A judgement comes back as recorded, with all its numbers and with none, in the order of recording")
    func roundTrip() throws {
        let toy = try Toy()
        let none = JudgementRecord(
            measure: "constant", target: "t", verdict: nil, count: 0, tried: 3, sentence: "no verdict: it is constant",
            reason: "it is constant", computedAt: Self.date)
        let recorded = [judgement("zeta"), full, none, judgement("alpha", "undetectable at this n")]
        try toy.store.record(recorded, about: "t", study: toy.study.id)
        #expect(try toy.store.judgements(of: toy.study.id) == recorded)
        #expect(
            try rows(toy, "SELECT place, measure FROM judgement ORDER BY place") == [
                [.integer(0), .text("zeta")], [.integer(1), .text("full")], [.integer(2), .text("constant")],
                [.integer(3), .text("alpha")],
            ])
    }

    @Test(
        "Judgements about a target take the place of all earlier ones about it; other targets and studies keep theirs")
    func replaced() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        let aside = [judgement("a", target: "s", "unstable"), judgement("b", target: "s")]
        let theirs = [judgement("a", "not a predictor")]
        try toy.store.record(["a", "b", "c"].map { judgement($0) }, about: "t", study: toy.study.id)
        try toy.store.record(aside, about: "s", study: toy.study.id)
        try toy.store.record(theirs, about: "t", study: other.id)
        let new = [judgement("c", "unstable"), judgement("a", "confounded")]
        try toy.store.record(new, about: "t", study: toy.study.id)
        #expect(try toy.store.judgements(of: toy.study.id) == aside + new)
        #expect(try toy.store.judgements(of: other.id) == theirs)
        try toy.store.record([], about: "t", study: toy.study.id)
        #expect(try toy.store.judgements(of: toy.study.id) == aside)
    }

    @Test("Of judgements of which one cannot be recorded none is, and the earlier ones stay")
    func wholeOrNothing() throws {
        let toy = try Toy()
        try toy.store.record([judgement("a")], about: "t", study: toy.study.id)
        #expect(throws: (any Error).self) {
            try toy.store.record([judgement("b"), judgement("b")], about: "t", study: toy.study.id)
        }
        #expect(try toy.store.judgements(of: toy.study.id) == [judgement("a")])
    }

    @Test(
        "The file refuses a judgement that contradicts itself",
        arguments: [
            "verdict = NULL", "reason = 'why'", "interval_low = NULL", "interval_low = 0.6", "gain = NULL",
            "gain_error = NULL",
            "gain_error = -1", "given = NULL", "given = 'regime'", "estimate = 1.5", "p_value = 2", "p_corrected = -1",
            "given_p_value = 2", "change_p_value = 2", "tried = -1", "place = -1", "place = 1", "sentence = NULL",
        ])
    func refused(change: String) throws {
        let toy = try Toy()
        try toy.store.record([full, judgement("next")], about: "t", study: toy.study.id)
        let error = #expect(throws: DatabaseError.self) {
            try DatabaseQueue(path: toy.store.path).write { db in
                try db.execute(sql: "UPDATE judgement SET \(change) WHERE measure = 'full'")
            }
        }
        #expect(error?.resultCode == .SQLITE_CONSTRAINT)
    }

    @Test("A reason in the verdict's place is accepted")
    func reasonInstead() throws {
        let toy = try Toy()
        try toy.store.record([judgement("a")], about: "t", study: toy.study.id)
        try alterSoundly(toy, "UPDATE judgement SET verdict = NULL, reason = 'why'")
        #expect(try toy.store.judgements(of: toy.study.id).map(\.reason) == ["why"])
    }

    @Test("The view verdict shows each study's newest version only, by study and target, in the order of recording")
    func view() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        try toy.store.record([judgement("old")], about: "t", study: toy.study.id)
        let next = try toy.store.enter(.example(digest: "d2"))
        #expect(try rows(toy, "SELECT * FROM verdict") == [])
        try toy.store.record(["z", "a"].map { judgement($0) }, about: "t", study: next.id)
        try toy.store.record([judgement("m", target: "s")], about: "s", study: next.id)
        try toy.store.record([judgement("b")], about: "t", study: other.id)
        #expect(
            try rows(toy, "SELECT study, version, target, measure FROM verdict") == [
                [.text("other"), .integer(1), .text("t"), .text("b")],
                [.text("toy"), .integer(2), .text("s"), .text("m")],
                [.text("toy"), .integer(2), .text("t"), .text("z")],
                [.text("toy"), .integer(2), .text("t"), .text("a")],
            ])
    }

    @Test("The view verdict has every number under its name")
    func columns() throws {
        let toy = try Toy()
        try toy.store.record([full], about: "t", study: toy.study.id)
        let query = try ReadOnlyQuery("SELECT * FROM verdict", at: toy.store.path)
        let values = Dictionary(uniqueKeysWithValues: zip(query.columns, try #require(query.rows.first)))
        #expect(
            values == [
                "study": .text("toy"), "version": .integer(1), "measure": .text("full"), "target": .text("t"),
                "verdict": .text("confounded"), "n": .integer(100), "rho": .real(0.375), "low": .real(0.2),
                "high": .real(0.5), "p_value": .real(1e-4), "p_holm": .real(3e-4),
                // What these were called before stays for a version.
                "interval_low": .real(0.2), "interval_high": .real(0.5), "p_corrected": .real(3e-4),
                "p_westfall_young": .real(2e-3), "verdict_before_training": .text("supported"),
                "rounding_low": .real(0.35), "rounding_high": .real(0.4), "given_curved_rho": .real(0.12),
                "given_curved_p_value": .real(0.4), "given_corrected_p_value": .real(0.9), "noisy_p_value": .real(0.5),
                "least_reliability": .real(0.95), "robustness_value": .real(0.2), "unmeasured_strength": .real(1.5),
                "benchmark": .text("dead_units"), "target_reliability": .real(0.8),
                "target_reliability_within": .real(0.6), "tried": .integer(3),
                "detectable": .real(0.3), "given": .text(#"["regime","dead_units"]"#), "given_rho": .real(0.1),
                "given_p_value": .real(0.45), "change_p_value": .real(0.001), "gain": .real(-0.01),
                "gain_se": .real(0.02), "gain_error": .real(0.02),
                "reliability": .real(0.9), "noise_free_rho": .real(0.4), "reads": .text("the test labels"),
                "sentence": .text("full is confounded"), "reason": .null,
            ])
    }

    @Test("A deleted study takes its judgements with it")
    func deleted() throws {
        let toy = try Toy()
        let other = try toy.store.enter(.example(name: "other"))
        for study in [toy.study.id, other.id] { try toy.store.record([judgement("a")], about: "t", study: study) }
        try alterSoundly(toy, "DELETE FROM study WHERE name = 'toy'")
        #expect(try rows(toy, "SELECT study_id FROM judgement") == [[.integer(other.id.rawValue)]])
    }
}
