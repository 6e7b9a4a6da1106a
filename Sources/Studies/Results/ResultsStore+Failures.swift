import GRDB

extension ResultsStore {
    /// Positions whose model failed; adding a model there replaces it.
    public func failedPositions(of study: StudyRecord.ID) throws -> Set<Int> {
        try read { db in
            try Set(
                Int.fetchCursor(
                    db, sql: "SELECT position FROM model WHERE study_id = ? AND status = 'failed'",
                    arguments: [study.rawValue]))
        }
    }

    /// Failures that were tried again since, by position, oldest first.
    public func earlierFailures(of study: StudyRecord.ID) throws -> [EarlierFailureRecord] {
        try read { db in
            try CheckedTable.earlierFailure.verify(of: study.rawValue, in: db, path: path)
            return try Row.fetchAll(
                db, sql: "SELECT * FROM earlier_failure WHERE study_id = ? ORDER BY position, id",
                arguments: [study.rawValue]
            ).map { row in
                try EarlierFailureRecord(
                    position: row.read("position"), label: row.read("label"), digest: row.read("digest"),
                    reason: row.read("reason"),
                    epochs: row.read("epochs"), seconds: row.read("seconds"), runID: RunRecord.ID(row.read("run_id")))
            }
        }
    }

    /// Moves a failed model out of its position, within a transaction; a trained one stays.
    func makeRoom(study: StudyRecord.ID, position: Int, in db: Database) throws {
        let place: StatementArguments = [study.rawValue, position]
        let isFailed = "study_id = ? AND position = ? AND status = 'failed'"
        let ofFailed = "model_id IN (SELECT id FROM model WHERE \(isFailed))"
        let failed = try [(CheckedTable.model, isFailed), (.measurement, ofFailed), (.kept, ofFailed)].map {
            ($0, try $0.tally(where: $1, place, in: db))
        }
        guard failed[0].1.rows > 0 else { return }
        try checkRows(of: .model, where: isFailed, place, in: db)
        try CheckedTable.earlierFailure.verify(of: study.rawValue, in: db, path: path)
        let move = try db.cachedStatement(
            sql: """
                INSERT INTO earlier_failure (study_id, run_id, position, label, digest, reason, epochs, seconds)
                SELECT study_id, run_id, position, label, digest, reason, epochs, seconds FROM model
                WHERE study_id = ? AND position = ? AND status = 'failed'
                """)
        try move.execute(arguments: place)
        try db.execute(sql: "DELETE FROM model WHERE study_id = ? AND position = ?", arguments: place)
        for (table, gone) in failed { try table.adjustSeal(of: study.rawValue, by: Seal() - gone, in: db) }
        try CheckedTable.earlierFailure.reseal(of: study.rawValue, in: db)
    }
}
