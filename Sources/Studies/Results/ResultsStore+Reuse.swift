import GRDB

extension ResultsStore {
    /// Copies models of an earlier version of a study into a newer one, where both have the same model at the same
    /// place.
    ///
    /// So a measure that is added to a study file makes a new version, complete in itself, without training anything
    /// again. The copies name the run that made them. Positions that the newer version has already stay as they are.
    ///
    /// - Parameters:
    ///   - digests: what the newer version has at each position (`NewModel.digest`).
    ///   - measures: the columns that mean the same in both versions; others are not copied.
    ///   - kept: the measures of which the data that they keep of each model are copied; `measures` when nil. A measure
    ///     over
    ///     the population may change its values while its data stay good.
    /// - Returns: the positions copied.
    @discardableResult
    public func reuse(
        models earlier: StudyRecord.ID, in newer: StudyRecord.ID, digests: [Int: String], measures: Set<String>,
        kept: Set<String>? = nil
    ) throws -> Set<Int> {
        try write { db in
            var copied: Set<Int> = []
            var seals: [CheckedTable: Seal] = [:]
            for table in [CheckedTable.model, .measurement, .kept, .history] {
                try table.verify(of: earlier.rawValue, in: db, path: path)
            }
            let candidates = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, position, digest FROM model
                    WHERE study_id = ? AND position NOT IN (SELECT position FROM model WHERE study_id = ?)
                    ORDER BY position
                    """,
                arguments: [earlier.rawValue, newer.rawValue])
            for candidate in candidates {
                let (id, position, digest): (Int64, Int, String) = (
                    try candidate.read("id"), try candidate.read("position"), try candidate.read("digest")
                )
                guard digests[position] == digest else { continue }
                try db.execute(
                    sql: """
                        INSERT INTO model (study_id, run_id, position, label, digest, training_digest, variant, seed, \
                        regime,
                            hyperparameters, status, reason, epochs, seconds, weights_digest, weights_kept)
                        SELECT ?, run_id, position, label, digest, training_digest, variant, seed, regime,
                            hyperparameters, status, reason, epochs, seconds, weights_digest, weights_kept
                        FROM model WHERE id = ?
                        """,
                    arguments: [newer.rawValue, id])
                let copy = db.lastInsertedRowID
                try db.execute(
                    sql: "INSERT INTO weights SELECT ?, safetensors FROM weights WHERE model_id = ?",
                    arguments: [copy, id])
                for measure in measures.sorted() {
                    try db.execute(
                        sql: """
                            INSERT INTO measurement (model_id, measure, run_id, value, standard_error, effort, status, \
                            reason,
                                seconds, detail, checksum)
                            SELECT ?1, measure, run_id, value, standard_error, effort, status, reason, seconds, detail,
                                row_checksum(?1, measure, run_id, value, standard_error, effort, status, reason, \
                            seconds, detail)
                            FROM measurement WHERE model_id = ?2 AND measure = ?3
                            """,
                        arguments: [copy, id, measure])
                }
                for measure in (kept ?? measures).sorted() {
                    try db.execute(
                        sql: """
                            INSERT INTO kept (model_id, measure, data, checksum)
                            SELECT ?1, measure, data, row_checksum(?1, measure, data) FROM kept
                            WHERE model_id = ?2 AND measure = ?3
                            """,
                        arguments: [copy, id, measure])
                }
                try insert(try history(of: ModelRecord.ID(id), in: db), model: ModelRecord.ID(copy), into: db)
                try sealNew(model: ModelRecord.ID(copy), sealing: &seals, in: db)
                copied.insert(position)
            }
            for (table, change) in seals { try table.adjustSeal(of: newer.rawValue, by: change, in: db) }
            return copied
        }
    }
}
