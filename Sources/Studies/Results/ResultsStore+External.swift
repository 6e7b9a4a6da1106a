import Digests
import GRDB
import Measures

extension ResultsStore {
    /// Records measures that were computed elsewhere, all of them or none: what they are, and their values, in place of
    /// those of an earlier file with the same columns.
    ///
    /// - Returns: how many measurements are new or changed.
    /// - Throws: `ResultsError.measureName` for a name that the view `models` has for something else.
    @discardableResult
    public func record(
        external measures: [ExternalMeasure], values: [(modelID: ModelRecord.ID, measurement: MeasurementRecord)],
        study: StudyRecord.ID, run: RunRecord.ID
    ) throws -> Int {
        try write { db in
            try CheckedTable.external.change(of: study.rawValue, in: db, path: path) {
                for measure in measures {
                    try db.execute(
                        sql: "INSERT OR REPLACE INTO external (study_id, measure, definition) VALUES (?, ?, ?)",
                        arguments: [study.rawValue, measure.name, try CanonicalJSON.text(of: measure)])
                }
            }
            return try replace(values, run: run, in: db)
        }
    }

    /// The measures of a study that were computed elsewhere, by name.
    public func externalMeasures(of study: StudyRecord.ID) throws -> [ExternalMeasure] {
        try read { db in
            try CheckedTable.external.verify(of: study.rawValue, in: db, path: path)
            return try String.fetchAll(
                db, sql: "SELECT definition FROM external WHERE study_id = ? ORDER BY measure",
                arguments: [study.rawValue]
            ).map { try CanonicalJSON.value(ExternalMeasure.self, of: $0) }
        }
    }
}
