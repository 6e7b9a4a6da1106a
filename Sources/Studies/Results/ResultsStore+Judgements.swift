import Digests
import Foundation
import GRDB

extension ResultsStore {
    /// Records what was judged, in this order, in place of all earlier judgements about the target: a verdict depends
    /// on which measures were tried beside it.
    ///
    /// - Precondition: each judgement is about `target`.
    public func record(_ judgements: [JudgementRecord], about target: String, study: StudyRecord.ID) throws {
        precondition(judgements.allSatisfy { $0.target == target }, "a judgement about another target")
        try write { db in
            try db.execute(
                sql: "DELETE FROM judgement WHERE study_id = ? AND target = ?", arguments: [study.rawValue, target])
            for (place, judgement) in judgements.enumerated() {
                try db.execute(
                    sql: """
                        INSERT INTO judgement (study_id, measure, target, place, verdict, n, estimate, interval_low,
                            interval_high, p_value, p_corrected, tried, detectable, given, given_estimate, given_p_value,
                            change_p_value, gain, gain_error, reliability, noise_free, reads, sentence, reason, computed_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        study.rawValue, judgement.measure, judgement.target, place, judgement.verdict, judgement.count,
                        judgement.estimate, judgement.interval?.lowerBound, judgement.interval?.upperBound,
                        judgement.pValue, judgement.correctedPValue, judgement.tried, judgement.detectable,
                        try judgement.given.map({ try CanonicalJSON.text(of: $0) }), judgement.givenEstimate,
                        judgement.givenPValue,
                        judgement.changePValue, judgement.gain, judgement.gainError, judgement.reliability,
                        judgement.noiseFree, judgement.reads, judgement.sentence, judgement.reason,
                        Timestamp.text(judgement.computedAt),
                    ])
            }
        }
    }

    /// What was judged of a study's measures, by target, in the order of recording.
    public func judgements(of study: StudyRecord.ID) throws -> [JudgementRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT * FROM judgement WHERE study_id = ? ORDER BY target, place",
                arguments: [study.rawValue]
            ).map(JudgementRecord.init)
        }
    }
}

extension JudgementRecord {
    init(_ row: Row) throws {
        self.init(
            measure: row["measure"], target: row["target"], verdict: row["verdict"], count: row["n"],
            tried: row["tried"],
            sentence: row["sentence"], reason: row["reason"],
            computedAt: Timestamp.date(row["computed_at"]) ?? .distantPast)
        estimate = row["estimate"]
        if let low: Double = row["interval_low"], let high: Double = row["interval_high"], low <= high {
            interval = low...high
        }
        pValue = row["p_value"]
        correctedPValue = row["p_corrected"]
        detectable = row["detectable"]
        given = try (row["given"] as String?).map { try CanonicalJSON.value([String].self, of: $0) }
        givenEstimate = row["given_estimate"]
        givenPValue = row["given_p_value"]
        changePValue = row["change_p_value"]
        gain = row["gain"]
        gainError = row["gain_error"]
        reliability = row["reliability"]
        noiseFree = row["noise_free"]
        reads = row["reads"]
    }
}
