import Definitions
import Digests
import GRDB

/// What study files claim; the claims of runs on positions are others.
extension ResultsStore {
    /// Records the claims of a study file, in its order, in place of those recorded before. A claim that was there
    /// keeps what was measured.
    public func record(claims: [Claim], study: StudyRecord.ID) throws {
        try write { db in
            let before = Dictionary(try findings(of: study, in: db).map { ($0.claim, $0) }) { first, _ in first }
            try replace(claims.map { before[$0] ?? ClaimFinding($0) }, study: study, in: db)
        }
    }

    /// Records claims with what was measured, in place of all recorded before.
    public func record(findings: [ClaimFinding], study: StudyRecord.ID) throws {
        try write { db in try replace(findings, study: study, in: db) }
    }

    /// The claims of a study in the order of its file, as last measured; one whose words only a newer program knows is
    /// left out.
    public func findings(of study: StudyRecord.ID) throws -> [ClaimFinding] {
        try read { db in try findings(of: study, in: db) }
    }

    private func findings(of study: StudyRecord.ID, in db: Database) throws -> [ClaimFinding] {
        try CheckedTable.claimed.verify(of: study.rawValue, in: db, path: path)
        return try Row.fetchAll(
            db, sql: "SELECT * FROM claimed WHERE study_id = ? ORDER BY place", arguments: [study.rawValue]
        )
        .compactMap { try ClaimFinding($0) }
    }

    private func replace(_ findings: [ClaimFinding], study: StudyRecord.ID, in db: Database) throws {
        try CheckedTable.claimed.change(of: study.rawValue, in: db, path: path) {
            try db.execute(sql: "DELETE FROM claimed WHERE study_id = ?", arguments: [study.rawValue])
            for (place, finding) in findings.enumerated() {
                let claim = finding.claim
                try db.execute(
                    sql: """
                        INSERT INTO claimed (study_id, place, claim, origin, statistic, measure, over, selection,
                            expected,
                            tolerance, at_least, at_most, limitation, n, measured, standard_error, agrees, reason)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        study.rawValue, place, claim.claim, claim.origin.rawValue, claim.statistic.rawValue,
                        claim.measure,
                        claim.over, try CanonicalJSON.text(of: claim.selection), claim.expected, claim.tolerance,
                        claim.atLeast,
                        claim.atMost, claim.limit, finding.count, finding.measured, finding.standardError,
                        finding.agrees,
                        finding.reason,
                    ])
            }
        }
    }
}

extension ClaimFinding {
    /// nil for an origin or statistic that only a newer program knows.
    init?(_ row: Row) throws {
        guard let origin = Claim.Origin(rawValue: try row.read("origin")),
            let statistic = Claim.Statistic(rawValue: try row.read("statistic"))
        else { return nil }
        try self.init(
            Claim(
                claim: row.read("claim"), origin: origin, statistic: statistic, measure: row.read("measure"),
                over: row.read("over"),
                selection: try CanonicalJSON.value(ModelSelection.self, of: row.read("selection")),
                expected: row.read("expected"),
                tolerance: row.read("tolerance"), atLeast: row.read("at_least"), atMost: row.read("at_most"),
                limit: row.read("limitation"))
        )
        count = try row.read("n")
        measured = try row.read("measured")
        standardError = try row.read("standard_error")
        agrees = try row.read("agrees")
        reason = try row.read("reason")
    }
}
