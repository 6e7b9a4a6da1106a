import Definitions
import Digests
import GRDB

/// What was taken out of a results file, or found missing in it.
public struct RemovedDamage: Sendable, Equatable {
    /// What did not verify, and does now that it is gone.
    public let damages: [Damage]
    /// Rows that are gone by table, those that went with a row that did not verify among them.
    public let rows: [String: Int]
}

extension ResultsStore {
    /// Removes the rows that do not verify and takes those that are left as all that there are, so that a run makes
    /// again what is missing. The measurements, kept data and weights of a model go with it, and
    /// a model goes whose history is not whole any more: only its training could tell the rest.
    ///
    /// Rows of studies and of runs stay, damaged or not, and nothing is taken for complete that belongs to one that is
    /// missing: all its models would go with it. `acceptContent` is for a person who knows better.
    ///
    /// - Complexity: reads the whole file, three times.
    public func removeDamage() throws -> RemovedDamage {
        let found = try damages(limit: Damage.most)
        guard !found.isEmpty else { return RemovedDamage(damages: [], rows: [:]) }
        let rows = try write { db in
            let before = try Self.counts(db)
            for table in CheckedTable.allCases where !table.ownsModels {
                try db.execute(
                    sql: "DELETE FROM \(table.rawValue) WHERE checksum IS NOT \(table.expectedChecksum)")
            }
            try removeDamagedWeights(db)
            try removeModelsOfOtherHistory(db)
            try countAnew(db)
            return try Self.counts(db).merging(before) { after, before in before - after }.filter { $0.value > 0 }
        }
        let left = try damages(limit: Damage.most)
        return RemovedDamage(damages: found.filter { !left.contains($0) }, rows: rows)
    }

    /// Takes all rows as they are for what was written: for a person who changed or removed some on purpose.
    public func acceptContent() throws {
        try write(Schema.sealAll)
    }

    private static func counts(_ db: Database) throws -> [String: Int] {
        let tables = CheckedTable.allCases.map(\.rawValue) + ["weights"]
        return Dictionary(
            uniqueKeysWithValues: try tables.map {
                ($0, try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") ?? 0)
            })
    }

    /// Writes the seals of the rows that are there, but of studies and runs only where no row belongs to one that is
    /// not. Checksums stay: a row of a run that does not verify does not after.
    private func countAnew(_ db: Database) throws {
        let studies = Set(try Int64.fetchAll(db, sql: "SELECT id FROM study"))
        let owners = Set(try Int64.fetchAll(db, sql: "SELECT owner FROM seal")).subtracting([0])
        var (isEveryStudyThere, isEveryRunThere) = (true, true)
        for table in CheckedTable.allCases {
            guard let owned = table.owned, table != .study else { continue }
            for owner in owners.subtracting(studies) {
                if try table.tally(where: owned, [owner], in: db).rows > 0 {
                    isEveryStudyThere = false
                } else {
                    try db.execute(
                        sql: "DELETE FROM seal WHERE table_name = ? AND owner = ?", arguments: [table.rawValue, owner])
                }
            }
            if table == .run {
                isEveryRunThere =
                    try Int.fetchOne(
                        db, sql: "SELECT count(*) FROM model WHERE run_id NOT IN (SELECT id FROM run)") == 0
                if !isEveryRunThere { continue }
            }
            for study in studies { try table.write(table.tally(where: owned, [study], in: db), of: study, in: db) }
        }
        guard isEveryStudyThere, let owned = CheckedTable.study.owned else { return }
        try CheckedTable.study.write(CheckedTable.study.tally(where: owned, [0], in: db), of: 0, in: db)
    }

    /// Of studies whose definitions read; of others nobody knows what a history should be.
    private func removeModelsOfOtherHistory(_ db: Database) throws {
        for study in try Row.fetchAll(db, sql: "SELECT id, specification_json FROM study") {
            let json: String = try study.read("specification_json")
            guard json.contains("\"history\""),
                let definition = try? CanonicalJSON.value(StudySpecification.Definition.self, of: json)
            else { continue }
            for planned in definition.models where planned.configuration.variant?.isComputed != true {
                guard let wanted = planned.configuration.model.kind.history else { continue }
                let row = try Row.fetchOne(
                    db,
                    sql: "SELECT id, epochs FROM model WHERE study_id = ? AND position = ? AND status = 'trained'",
                    arguments: [try study.read("id") as Int64, planned.position])
                guard let row, let epochs: Int = try row.read("epochs") else { continue }
                let id = ModelRecord.ID(try row.read("id"))
                if try wanted.isWhole(history(of: id, in: db), upTo: epochs) { continue }
                try db.execute(sql: "DELETE FROM model WHERE id = ?", arguments: [id.rawValue])
            }
        }
    }

    private func removeDamagedWeights(_ db: Database) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT w.model_id, m.weights_digest, w.safetensors FROM weights w
                LEFT JOIN model m ON m.id = w.model_id
                """)
        var damaged: [Int64] = []
        while let row = try rows.next() {
            let written: String? = try row.read("weights_digest")
            if written != WeightsDigest.of(try row.read("safetensors")) { damaged.append(try row.read("model_id")) }
        }
        for id in damaged { try db.execute(sql: "DELETE FROM weights WHERE model_id = ?", arguments: [id]) }
        // Of models that verify: what keeps none any more says so.
        try db.execute(
            sql: """
                UPDATE model SET weights_kept = 0
                WHERE weights_kept = 1 AND id NOT IN (SELECT model_id FROM weights);
                UPDATE model SET checksum = \(CheckedTable.model.expectedChecksum)
                WHERE checksum IS NOT \(CheckedTable.model.expectedChecksum)
                """)
    }
}

extension CheckedTable {
    /// Whether models go with a row.
    fileprivate var ownsModels: Bool { self == .study || self == .run }
}
