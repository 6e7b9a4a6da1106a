import Definitions
import GRDB

extension ResultsStore {
    /// Records the published figures of a study, in place of those recorded before.
    public func record(_ published: [PublishedValue], study: StudyRecord.ID) throws {
        try write { db in
            try db.execute(sql: "DELETE FROM published WHERE study_id = ?", arguments: [study.rawValue])
            for figure in published {
                try db.execute(
                    sql: """
                        INSERT INTO published (study_id, kind, measure, target, regime, seed, variant, value, tolerance,
                            source)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        study.rawValue, figure.kind.rawValue, figure.measure, figure.target, figure.regime,
                        figure.seed.map(Int64.init(bitPattern:)), figure.variant, figure.value, figure.tolerance,
                        figure.source,
                    ])
            }
        }
    }

    /// Published figures beside this study's own, in the order of the study file.
    ///
    /// Read from the view, so only a study's newest version has them.
    public func replication(of study: StudyRecord) throws -> [ReplicationRecord] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM replication WHERE study = ? AND version = ?",
                arguments: [study.name, study.version]
            ).compactMap(ReplicationRecord.init)
        }
    }
}

extension ReplicationRecord {
    /// nil for a kind that only a newer program knows.
    init?(_ row: Row) {
        guard let kind = PublishedValue.Kind(rawValue: row["kind"]) else { return nil }
        self.init(
            published: PublishedValue(
                kind: kind, measure: row["measure"], target: row["target"], regime: row["regime"],
                seed: (row["seed"] as Int64?).map(UInt64.init(bitPattern:)), variant: row["variant"],
                value: row["published"], tolerance: row["tolerance"], source: row["source"]),
            measured: row["measured"], difference: row["difference"], agrees: row["agrees"])
    }
}
