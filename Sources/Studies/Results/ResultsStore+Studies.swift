import Diagnostics
import Foundation
import GRDB

extension ResultsStore {
    /// The version of the study that has this digest: the one in the file, or a new one.
    ///
    /// What does not define results (title, source, target, the text of the file) is brought up to date.
    public func enter(_ study: NewStudy, at date: Date = Date()) throws -> StudyRecord {
        try write { db in
            try CheckedTable.study.change(of: 0, in: db, path: path) {
                let known = try Row.fetchOne(
                    db, sql: "SELECT * FROM study WHERE name = ? AND digest = ?", arguments: [study.name, study.digest])
                if let known {
                    try db.execute(
                        sql: "UPDATE study SET title = ?, source = ?, target = ?, specification_yaml = ? WHERE id = ?",
                        arguments: [
                            study.title, study.source, study.target, study.specificationYAML,
                            try known.read("id") as Int64,
                        ])
                } else {
                    try db.execute(
                        sql: """
                            INSERT INTO study (name, version, digest, title, source, target, specification_yaml,
                                specification_json, created_at)
                            VALUES (?, 1 + coalesce((SELECT max(version) FROM study WHERE name = ?), 0), ?, ?, ?, ?, ?,
                                ?, ?)
                            """,
                        arguments: [
                            study.name, study.name, study.digest, study.title, study.source, study.target,
                            study.specificationYAML, study.specificationJSON, Timestamp.text(date),
                        ])
                }
            }
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM study WHERE name = ? AND digest = ?", arguments: [study.name, study.digest])
            guard let row else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row just written is missing")
            }
            return try StudyRecord(row)
        }
    }

    /// All versions of all studies, by name and version.
    public func studies() throws -> [StudyRecord] {
        try read { db in
            try CheckedTable.study.verify(of: 0, in: db, path: path)
            return try Row.fetchAll(db, sql: "SELECT * FROM study ORDER BY name, version").map(StudyRecord.init)
        }
    }

    /// A study by its name; its newest version unless one is asked for.
    public func study(named name: String, version: Int? = nil) throws -> StudyRecord {
        let all = try studies()
        let versions = all.filter { $0.name == name }
        guard let newest = versions.last else {
            throw ResultsError.unknownStudy(
                name: name, path: path, suggestion: suggestion(for: name, among: Set(all.map(\.name)).sorted()))
        }
        guard let version else { return newest }
        guard let found = versions.first(where: { $0.version == version }) else {
            throw ResultsError.unknownVersion(study: name, version: version, newest: newest.version)
        }
        return found
    }
}

extension StudyRecord {
    init(_ row: Row) throws {
        try self.init(
            id: ID(row.read("id")), name: row.read("name"), version: row.read("version"), digest: row.read("digest"),
            title: row.read("title"),
            source: row.read("source"), target: row.read("target"), specificationYAML: row.read("specification_yaml"),
            specificationJSON: row.read("specification_json"),
            createdAt: Timestamp.date(row.read("created_at")) ?? .distantPast)
    }
}
