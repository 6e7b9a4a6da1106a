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
            try Row.fetchAll(
                db, sql: "SELECT * FROM earlier_failure WHERE study_id = ? ORDER BY position, id",
                arguments: [study.rawValue]
            ).map { row in
                EarlierFailureRecord(
                    position: row["position"], label: row["label"], digest: row["digest"], reason: row["reason"],
                    epochs: row["epochs"], seconds: row["seconds"], runID: RunRecord.ID(row["run_id"]))
            }
        }
    }

    /// Moves a failed model out of its position, within a transaction; a trained one stays.
    func makeRoom(study: StudyRecord.ID, position: Int, in db: Database) throws {
        let place: StatementArguments = [study.rawValue, position]
        let move = try db.cachedStatement(
            sql: """
                INSERT INTO earlier_failure (study_id, run_id, position, label, digest, reason, epochs, seconds)
                SELECT study_id, run_id, position, label, digest, reason, epochs, seconds FROM model
                WHERE study_id = ? AND position = ? AND status = 'failed'
                """)
        try move.execute(arguments: place)
        guard db.changesCount == 1 else { return }
        try db.execute(sql: "DELETE FROM model WHERE study_id = ? AND position = ?", arguments: place)
    }
}
