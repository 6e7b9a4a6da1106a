import Digests
import Foundation
import GRDB
import Measures

extension ResultsStore {
    /// Records correlations; one of the same measure, target, method and given columns takes the place of the old one.
    public func record(_ correlations: [CorrelationRecord], study: StudyRecord.ID) throws {
        try write { db in
            try CheckedTable.correlation.change(of: study.rawValue, in: db, path: path) {
                for correlation in correlations {
                    try db.execute(
                        sql: """
                            INSERT OR REPLACE INTO correlation (study_id, measure, target, method, given, estimate,
                            p_value,
                                interval_low, interval_high, level, n, status, reason, computed_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            study.rawValue, correlation.measure, correlation.target, correlation.method,
                            try CanonicalJSON.text(of: correlation.given), correlation.estimate, correlation.pValue,
                            correlation.intervalLow, correlation.intervalHigh, correlation.level, correlation.count,
                            correlation.status.rawValue, correlation.reason, Timestamp.text(correlation.computedAt),
                        ])
                }
            }
        }
    }

    /// The correlations of a study, by target, method, given columns and measure.
    public func correlations(of study: StudyRecord.ID) throws -> [CorrelationRecord] {
        try read { db in
            try CheckedTable.correlation.verify(of: study.rawValue, in: db, path: path)
            return try Row.fetchAll(
                db,
                sql: "SELECT * FROM correlation WHERE study_id = ? ORDER BY target, method, given, measure",
                arguments: [study.rawValue]
            ).map(CorrelationRecord.init)
        }
    }
}

extension CorrelationRecord {
    init(_ row: Row) throws {
        try self.init(
            measure: row.read("measure"), target: row.read("target"), method: row.read("method"),
            given: try CanonicalJSON.value([String].self, of: row.read("given")), estimate: row.read("estimate"),
            pValue: row.read("p_value"),
            intervalLow: row.read("interval_low"), intervalHigh: row.read("interval_high"), level: row.read("level"),
            count: row.read("n"),
            status: MeasuredValue.Status(rawValue: row.read("status")) ?? .failed, reason: row.read("reason"),
            computedAt: Timestamp.date(row.read("computed_at")) ?? .distantPast)
    }
}
