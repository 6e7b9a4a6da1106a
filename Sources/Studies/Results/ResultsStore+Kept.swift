import Foundation
import GRDB

extension ResultsStore {
    /// What a measure keeps of the models of a study, by position; models of which it keeps nothing are left out.
    ///
    /// - Complexity: all of the study's data of this measure are held in memory.
    public func kept(of study: StudyRecord.ID, measure: String) throws -> [KeptRecord] {
        try read { db in
            try CheckedTable.kept.verify(of: study.rawValue, in: db, path: path)
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT m.id, m.position, k.data, coalesce(
                        m.weights_digest,
                        (SELECT o.weights_digest FROM model o
                        WHERE o.training_digest = m.training_digest AND o.variant IS NULL
                            AND o.weights_digest IS NOT NULL AND o.study_id = m.study_id),
                        (SELECT o.weights_digest FROM model o
                        WHERE o.training_digest = m.training_digest AND o.variant IS NULL
                            AND o.weights_digest IS NOT NULL AND o.run_id = m.run_id),
                        m.training_digest) AS network
                    FROM model m JOIN kept k ON k.model_id = m.id
                    WHERE m.study_id = ? AND k.measure = ? ORDER BY m.position
                    """,
                arguments: [study.rawValue, measure]
            ).map { row in
                KeptRecord(
                    modelID: ModelRecord.ID(try row.read("id")), position: try row.read("position"),
                    network: try row.read("network"), data: [UInt8](try row.read("data") as Data))
            }
        }
    }

    /// The measures that keep something of a study's models, by name.
    public func keptMeasures(of study: StudyRecord.ID) throws -> [String] {
        try read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT k.measure FROM model m JOIN kept k ON k.model_id = m.id
                    WHERE m.study_id = ? ORDER BY k.measure
                    """,
                arguments: [study.rawValue])
        }
    }

    /// Inserts within a transaction; what is there stays.
    func insert(_ kept: [String: [UInt8]], model: ModelRecord.ID, into db: Database) throws {
        for (measure, data) in kept.sorted(by: { $0.key < $1.key }) {
            try db.execute(
                sql: """
                    INSERT INTO kept (model_id, measure, data, checksum) VALUES (?1, ?2, ?3, row_checksum(?1, ?2, ?3))
                    ON CONFLICT DO NOTHING
                    """,
                arguments: [model.rawValue, measure, Data(data)])
        }
    }
}
