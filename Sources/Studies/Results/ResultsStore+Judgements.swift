import GRDB

extension ResultsStore {
    /// Records what was judged, in this order, in place of all earlier judgements about the target: a verdict depends
    /// on which measures were tried beside it.
    ///
    /// - Precondition: each judgement is about `target`.
    public func record(_ judgements: [JudgementRecord], about target: String, study: StudyRecord.ID) throws {
        precondition(judgements.allSatisfy { $0.target == target }, "a judgement about another target")
        try write { db in
            try CheckedTable.judgement.change(of: study.rawValue, in: db, path: path) {
                try db.execute(
                    sql: "DELETE FROM judgement WHERE study_id = ? AND target = ?", arguments: [study.rawValue, target])
                for (place, judgement) in judgements.enumerated() {
                    try judgement.insert(study: study, place: place, in: db)
                }
            }
        }
    }

    /// What was judged of a study's measures, by target, in the order of recording.
    public func judgements(of study: StudyRecord.ID) throws -> [JudgementRecord] {
        try read { db in
            try CheckedTable.judgement.verify(of: study.rawValue, in: db, path: path)
            return try Row.fetchAll(
                db,
                sql: "SELECT * FROM judgement WHERE study_id = ? ORDER BY target, place",
                arguments: [study.rawValue]
            ).map(JudgementRecord.init)
        }
    }
}
