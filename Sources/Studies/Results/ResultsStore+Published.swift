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
        try CheckedTable.published.verify(of: study.rawValue, in: db, path: path)
        try CheckedTable.replicated.verify(of: study.rawValue, in: db, path: path)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT p.*, r.n, r.measured, r.agrees, r.reason
                FROM published p LEFT JOIN replicated r ON r.published_id = p.id
                WHERE p.study_id = ? ORDER BY p.id
                """,
            arguments: [study.rawValue]
        ).compactMap { row in
            guard let record = try ReplicationRecord(row) else { return nil }
            return (row: try row.read("id"), record: record)
        }
    }

    /// Rows of figures that are as they were keep their numbers.
    private func replace(_ records: [ReplicationRecord], study: StudyRecord.ID, in db: Database) throws {
        if try replication(of: study, in: db).map(\.record.published) != records.map(\.published) {
            try db.execute(sql: "DELETE FROM published WHERE study_id = ?", arguments: [study.rawValue])
            for record in records { try insert(record.published, study: study, in: db) }
            try CheckedTable.published.reseal(of: study.rawValue, in: db)
            try CheckedTable.replicated.reseal(of: study.rawValue, in: db)
        }
        for (row, record) in zip(try replication(of: study, in: db).map(\.row), records) {
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO replicated (published_id, n, measured, agrees, reason)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [row, record.count, record.measured, record.agrees, record.reason])
        }
        try CheckedTable.replicated.reseal(of: study.rawValue, in: db)
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
    init?(_ row: Row) throws {
        guard let kind = PublishedValue.Kind(rawValue: try row.read("kind")) else { return nil }
        try self.init(
            PublishedValue(
                kind: kind, measure: row.read("measure"), target: row.read("target"), regime: row.read("regime"),
                seed: (row.read("seed") as Int64?).map(UInt64.init(bitPattern:)), variant: row.read("variant"),
                value: row.read("value"), tolerance: row.read("tolerance"), source: row.read("source")),
            measured: row.read("measured"), count: row.read("n"), agrees: row.read("agrees"), reason: row.read("reason")
        )
    }
}
