import Digests
import Foundation
import GRDB

extension ResultsStore {
    /// What a study found, one line a row, sorted: models with the digest of their weights, measurements, what
    /// measures keep of the models, and histories.
    ///
    /// Times, seconds, keys and runs are left out, and so is what only tells how the work went: claims, checkpoints,
    /// earlier failures, and whether a network lies here or with the model that it was taken over from. Numbers are
    /// written so that equal lines mean equal bits. Two runs of one study on one machine give the same lines, whatever
    /// the jobs, the processes, the order of work and the interruptions.
    public func contentLines(of study: StudyRecord.ID) throws -> [String] {
        try verify(study)
        return try read { db in
            var lines: [String] = []
            let models = try Row.fetchCursor(
                db,
                sql: """
                    SELECT m.*, coalesce(
                        (SELECT safetensors FROM weights WHERE model_id = m.id),
                        (SELECT w.safetensors FROM model o JOIN weights w ON w.model_id = o.id
                        WHERE o.training_digest = m.training_digest AND o.run_id = m.run_id
                            AND o.variant IS NULL AND m.variant IS NULL)
                        ) AS safetensors
                    FROM model m WHERE m.study_id = ? ORDER BY m.position
                    """,
                arguments: [study.rawValue])
            while let row = try models.next() {
                let weights = (try row.read("safetensors") as Data?).map { SHA256.hexadecimal(of: [UInt8]($0)) }
                lines.append(
                    Self.line(
                        "model",
                        try Self.values(
                            of: row,
                            [
                                "position", "label", "digest", "training_digest", "variant", "seed", "regime",
                                "hyperparameters", "status", "reason", "epochs",
                            ]) + [weights?.databaseValue ?? .null]))
            }
            let measurements = try Row.fetchCursor(
                db,
                sql: """
                    SELECT m.position, v.* FROM model m JOIN measurement v ON v.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, v.measure
                    """,
                arguments: [study.rawValue])
            while let row = try measurements.next() {
                lines.append(
                    Self.line(
                        "measurement",
                        try Self.values(
                            of: row,
                            [
                                "position", "measure", "value", "standard_error", "effort", "status", "reason",
                                "detail",
                            ])))
            }
            let kept = try Row.fetchCursor(
                db,
                sql: """
                    SELECT m.position, k.measure, k.data FROM model m JOIN kept k ON k.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, k.measure
                    """,
                arguments: [study.rawValue])
            while let row = try kept.next() {
                let digest = SHA256.hexadecimal(of: [UInt8](try row.read("data") as Data))
                lines.append(
                    Self.line("kept", try Self.values(of: row, ["position", "measure"]) + [digest.databaseValue]))
            }
            let history = try Row.fetchCursor(
                db,
                sql: """
                    SELECT m.position, h.* FROM model m JOIN history h ON h.model_id = m.id
                    WHERE m.study_id = ? ORDER BY m.position, h.epoch
                    """,
                arguments: [study.rawValue])
            while let row = try history.next() {
                let columns = ["position"] + CheckedTable.history.columns.dropFirst()
                lines.append(Self.line("history", try Self.values(of: row, columns)))
            }
            return lines
        }
    }

    /// SHA-256 of `contentLines(of:)`, in hexadecimal.
    public func contentDigest(of study: StudyRecord.ID) throws -> String {
        let hash = SHA256()
        for line in try contentLines(of: study) {
            hash.update(line + "\n")
        }
        return hexadecimal(hash.finalize())
    }

    private static func values(of row: Row, _ columns: [String]) throws -> [DatabaseValue] {
        try columns.map { try row.read($0) }
    }

    private static func line(_ kind: String, _ values: [DatabaseValue]) -> String {
        let texts = values.map { value in
            switch value.storage {
            case .null: "-"
            case .int64(let number): String(number)
            case .double(let number): "\(number)"  // Swift's shortest text that reads back as the same bits
            case .string(let text): text.debugDescription
            case .blob(let data): hexadecimal(data)
            }
        }
        return ([kind] + texts).joined(separator: "\t")
    }
}
