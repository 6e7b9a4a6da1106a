import Foundation
import GRDB

extension ResultsStore {
    /// What a measure keeps of the models of a study, by position; models of which it keeps nothing are left out.
    ///
    /// - Complexity: all of the study's data of this measure are held in memory.
    public func kept(of study: StudyRecord.ID, measure: String) throws -> [KeptRecord] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT m.id, m.position, m.training_digest, k.data FROM model m JOIN kept k ON k.model_id = m.id
                    WHERE m.study_id = ? AND k.measure = ? ORDER BY m.position
                    """,
                arguments: [study.rawValue, measure]
            ).map { row in
                KeptRecord(
                    modelID: ModelRecord.ID(row["id"]), position: row["position"],
                    trainingDigest: row["training_digest"],
                    data: [UInt8](row["data"] as Data))
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
                sql: "INSERT INTO kept (model_id, measure, data) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [model.rawValue, measure, Data(data)])
        }
    }
}
