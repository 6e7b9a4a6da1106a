import Diagnostics
import Foundation
import GRDB

/// A study that cannot be deleted as it stands.
public enum UndeletableStudy: RequestError, Hashable {
    /// Somebody works on it now.
    case isAtWork(study: String, runs: Int)
    /// Another study took networks over from it, and shares their runs and weights.
    case isShared(study: String, with: [String])

    public var description: String {
        switch self {
        case .isAtWork(let study, let runs):
            "\(counted(runs, "run")) at work on '\(study)' now. Wait for the end, or stop what works; nothing was "
                + "deleted."
        case .isShared(let study, let others):
            "\(others.map { "'\($0)'" }.joined(separator: ", ")) took networks over from '\(study)' and would lose "
                + "them. Delete \(others.count == 1 ? "it" : "them") too, in the same command; nothing was deleted."
        }
    }
}

extension ResultsStore {
    /// Deletes all versions of these studies with everything that belongs to them, in one transaction; the file keeps
    /// its size until `compact()`.
    ///
    /// - Parameter names: of studies; each version of each goes.
    /// - Returns: how many networks, failed ones included, went.
    /// - Throws: `ResultsError.unknownStudy`; `UndeletableStudy` where a run lives, or where a study that stays has
    ///   networks that were made by a run of one that goes. Nothing is deleted then.
    public func delete(studiesNamed names: Set<String>, now: Date = Date()) throws -> Int {
        for name in names.sorted() { _ = try study(named: name) }
        return try write { db in
            let all = try Row.fetchAll(db, sql: "SELECT id, name FROM study ORDER BY id")
            let going = try all.filter { names.contains(try $0.read("name")) }
            let ids = try going.map { try $0.read("id") as Int64 }
            for row in going {
                let (id, name): (Int64, String) = (try row.read("id"), try row.read("name"))
                try buryDeadRuns(of: StudyRecord.ID(id), now: now, in: db)
                let alive = try Row.fetchAll(
                    db, sql: "SELECT * FROM run WHERE study_id = ? AND outcome = 'running'", arguments: [id]
                ).map(RunRecord.init).filter { isAtWork($0, now: now) }
                guard alive.isEmpty else { throw UndeletableStudy.isAtWork(study: name, runs: alive.count) }
                let marks = ids.map { _ in "?" }.joined(separator: ", ")
                let others = try String.fetchAll(
                    db,
                    sql: """
                        SELECT DISTINCT s.name FROM model m JOIN run r ON r.id = m.run_id JOIN study s
                        ON s.id = m.study_id WHERE r.study_id = ? AND m.study_id NOT IN (\(marks))
                        UNION SELECT DISTINCT s.name FROM measurement v JOIN run r ON r.id = v.run_id
                        JOIN model m ON m.id = v.model_id JOIN study s ON s.id = m.study_id
                        WHERE r.study_id = ? AND m.study_id NOT IN (\(marks)) ORDER BY 1
                        """, arguments: StatementArguments([id] + ids + [id] + ids))
                guard others.isEmpty else { throw UndeletableStudy.isShared(study: name, with: others) }
            }
            try CheckedTable.study.verify(of: 0, in: db, path: path)
            // Counted before any goes, as one's runs take the networks of another with them.
            let networks = try ids.reduce(0) { sum, id in
                sum + (try Int.fetchOne(db, sql: "SELECT count(*) FROM model WHERE study_id = ?", arguments: [id]) ?? 0)
            }
            for id in ids {
                try db.execute(sql: "DELETE FROM study WHERE id = ?", arguments: [id])
                try db.execute(
                    sql: "DELETE FROM seal WHERE owner = ? AND table_name <> ?",
                    arguments: [id, CheckedTable.study.rawValue])
            }
            try CheckedTable.study.reseal(of: 0, in: db)
            return networks
        }
    }

    /// Gives the space of what was deleted back to the file system.
    ///
    /// - Complexity: writes the file anew, which takes its size once more on the disk while it lasts.
    public func compact() throws { try withoutTransaction { try $0.execute(sql: "VACUUM") } }
}

/// What a study takes of a results file.
public struct StudySpace: Sendable {
    public let study: StudyRecord
    /// Networks or other models; trained, of which variants; failed.
    public let trained, variants, failed: Int
    /// Models whose weights are kept, and the bytes of these.
    public let withWeights: Int
    public let weightBytes: Int
    /// Measures that have a value, or a reason for none.
    public let measures: Int
    public let runs: Int
}

extension ResultsStore {
    /// Every version of every study, by name and version, with what it holds.
    ///
    /// - Complexity: reads the lengths of all weights, not the weights.
    public func spaces() throws -> [StudySpace] {
        try studies().map { study in
            try read { db in
                func count(_ sql: String) throws -> Int {
                    try Int.fetchOne(db, sql: sql, arguments: [study.id.rawValue]) ?? 0
                }
                let of = "FROM model WHERE study_id = ?"
                let weights = "FROM weights w JOIN model m ON m.id = w.model_id WHERE m.study_id = ?"
                return StudySpace(
                    study: study,
                    trained: try count("SELECT count(*) \(of) AND status = 'trained'"),
                    variants: try count("SELECT count(*) \(of) AND status = 'trained' AND variant IS NOT NULL"),
                    failed: try count("SELECT count(*) \(of) AND status = 'failed'"),
                    withWeights: try count("SELECT count(*) \(weights)"),
                    weightBytes: try count("SELECT coalesce(sum(length(w.safetensors)), 0) \(weights)"),
                    measures: try count(
                        """
                        SELECT count(DISTINCT v.measure) FROM measurement v JOIN model m ON m.id = v.model_id
                        WHERE m.study_id = ?
                        """),
                    runs: try count("SELECT count(*) FROM run WHERE study_id = ?"))
            }
        }
    }
}
