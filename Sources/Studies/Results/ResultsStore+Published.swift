import Definitions
import GRDB

extension ResultsStore {
    /// Records the published figures of a study, in place of those recorded before. A figure that was there keeps what
    /// was found of it.
    public func record(_ published: [PublishedValue], study: StudyRecord.ID) throws {
        try write { db in
            let before = Dictionary(
                try replication(of: study, in: db).map { ($0.record.published, $0.record) }
            ) { first, _ in first }
            try replace(published.map { before[$0] ?? ReplicationRecord($0) }, study: study, in: db)
        }
    }

    /// Records published figures with what was found of them, in place of all recorded before.
    public func record(replication: [ReplicationRecord], study: StudyRecord.ID) throws {
        try write { db in try replace(replication, study: study, in: db) }
    }

    /// The published figures of a study, in the order of its file; one of a kind that only a newer program knows is
    /// left out.
    public func published(of study: StudyRecord.ID) throws -> [PublishedValue] {
        try read { db in try replication(of: study, in: db).map(\.record.published) }
    }

    /// Published figures beside this study's own, in the order of the study file, as last found.
    public func replication(of study: StudyRecord) throws -> [ReplicationRecord] {
        try read { db in try replication(of: study.id, in: db).map(\.record) }
    }

    private func replication(
        of study: StudyRecord.ID, in db: Database
    ) throws -> [(row: Int64, record: ReplicationRecord)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT p.*, r.n, r.measured, r.agrees, r.reason
                FROM published p LEFT JOIN replicated r ON r.published_id = p.id
                WHERE p.study_id = ? ORDER BY p.id
                """,
            arguments: [study.rawValue]
        ).compactMap { row in ReplicationRecord(row).map { (row["id"], $0) } }
    }

    /// Rows of figures that are as they were keep their numbers.
    private func replace(_ records: [ReplicationRecord], study: StudyRecord.ID, in db: Database) throws {
        if try replication(of: study, in: db).map(\.record.published) != records.map(\.published) {
            try db.execute(sql: "DELETE FROM published WHERE study_id = ?", arguments: [study.rawValue])
            for record in records { try insert(record.published, study: study, in: db) }
        }
        for (row, record) in zip(try replication(of: study, in: db).map(\.row), records) {
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO replicated (published_id, n, measured, agrees, reason)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [row, record.count, record.measured, record.agrees, record.reason])
        }
    }

    private func insert(_ figure: PublishedValue, study: StudyRecord.ID, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO published (study_id, kind, measure, target, regime, seed, variant, value, tolerance, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                study.rawValue, figure.kind.rawValue, figure.measure, figure.target, figure.regime,
                figure.seed.map(Int64.init(bitPattern:)), figure.variant, figure.value, figure.tolerance,
                figure.source,
            ])
    }
}

extension ReplicationRecord {
    /// nil for a kind that only a newer program knows.
    init?(_ row: Row) {
        guard let kind = PublishedValue.Kind(rawValue: row["kind"]) else { return nil }
        self.init(
            PublishedValue(
                kind: kind, measure: row["measure"], target: row["target"], regime: row["regime"],
                seed: (row["seed"] as Int64?).map(UInt64.init(bitPattern:)), variant: row["variant"],
                value: row["value"], tolerance: row["tolerance"], source: row["source"]),
            measured: row["measured"], count: row["n"], agrees: row["agrees"], reason: row["reason"])
    }
}
