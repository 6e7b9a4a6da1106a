import Definitions
import GRDB

/// What does not verify in a results file.
public struct Damage: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The row's checksum is not that of what it holds.
        case changed
        /// The table has so many rows where so many were written; the same number where one row stands for another.
        case missing(found: Int, written: Int)
        /// The file's structure, in SQLite's words.
        case structure
    }

    /// Most that are listed, of each table and study.
    public static let most = 100

    public let kind: Kind
    /// The table; empty for the file's structure.
    public let table: String
    /// Which row or rows, in words: "pair_proxy of 'seed 5'".
    public let rows: String

    public var description: String {
        switch kind {
        case .changed: "table \(table), \(rows): it is not what was written"
        case .missing(let found, 0): "table \(table), \(rows): \(found) rows, of which nothing was noted"
        case .missing(let found, let written) where found == written:
            "table \(table), \(rows): the \(found) rows are not those that were written"
        case .missing(let found, let written):
            "table \(table), \(rows): \(found) of the \(written) rows that were written"
        case .structure: rows
        }
    }
}

extension CheckedTable {
    /// Throws unless all rows of an owner are what was written, and all are there.
    ///
    /// - Throws: `ResultsError.damagedRows`, which names the first that is not.
    /// - Complexity: one scan of these rows, about half a microsecond each.
    func verify(of owner: Int64, in db: Database, path: String) throws {
        if let damage = try damages(of: owner, limit: 1, in: db).first {
            throw ResultsError.damagedRows(path: path, damage)
        }
    }

    /// What does not verify of an owner's rows, at most so many.
    func damages(of owner: Int64, limit: Int, in db: Database) throws -> [Damage] {
        guard let owned else { return [] }
        let counts = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*), wrapping_sum(checksum), total(checksum IS NOT \(expectedChecksum))
                    FROM \(rawValue) WHERE \(owned)
                    """), arguments: [owner])
        guard let counts else { return [] }
        let found = Seal(rows: try counts.decode(atIndex: 0), checksum: try counts.decode(atIndex: 1))
        let changed = try counts.decode(Double.self, atIndex: 2)
        if changed > 0 { return try changedRows(where: owned, [owner], limit: limit, in: db) }
        let written = try seal(of: owner, in: db)
        if found == written { return [] }
        return [
            Damage(
                kind: .missing(found: found.rows, written: written.rows), table: rawValue,
                rows: try ownerName(owner, in: db))
        ]
    }

    /// The rows under a condition whose checksum is not that of what they hold.
    func changedRows(
        where condition: String, _ arguments: StatementArguments, limit: Int, in db: Database
    ) throws -> [Damage] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT CAST(\(rowName) AS TEXT) FROM \(rawValue)
                WHERE \(condition) AND checksum IS NOT \(expectedChecksum) LIMIT \(limit)
                """, arguments: arguments
        ).map { row in Damage(kind: .changed, table: rawValue, rows: try row.decode(String?.self, atIndex: 0) ?? "?") }
    }

    private func ownerName(_ owner: Int64, in db: Database) throws -> String {
        guard self != .study else { return "all studies" }
        let name = try Row.fetchOne(
            db, sql: "SELECT CAST(\(CheckedTable.study.rowName) AS TEXT) FROM study WHERE id = ?", arguments: [owner])
        return try name?.decode(String?.self, atIndex: 0) ?? "study \(owner)"
    }
}

extension ResultsStore {
    /// Throws unless all that is recorded of a study verifies, its kept weights aside, which are looked at when they
    /// are read.
    ///
    /// - Throws: `ResultsError.damagedRows`.
    public func verify(_ study: StudyRecord.ID) throws {
        try read { db in
            try CheckedTable.study.verify(of: 0, in: db, path: path)
            for table in CheckedTable.allCases where table != .study {
                try table.verify(of: study.rawValue, in: db, path: path)
            }
        }
    }

    /// Throws unless all rows of the file verify, kept weights aside.
    ///
    /// - Throws: `ResultsError.damagedRows`.
    /// - Complexity: one scan of the file's rows, about half a microsecond each.
    public func verifyAllRows() throws {
        try read { db in
            if let damage = try damagedRows(limit: 1, in: db).first {
                throw ResultsError.damagedRows(path: path, damage)
            }
        }
    }

    /// All that does not verify: the file's structure, its rows, and the weights that it keeps.
    ///
    /// - Parameter limit: most rows to name, of each table and study.
    /// - Complexity: reads the whole file, twice.
    public func damages(limit: Int = Damage.most) throws -> [Damage] {
        try read { db in
            let structure = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))").filter { $0 != "ok" }
            return try structure.map { Damage(kind: .structure, table: "", rows: $0) }
                + damagedRows(limit: limit, in: db) + damagedWeights(limit: limit, in: db)
        }
    }

    /// What the file holds, in words: "2 studies, 150 models, 1800 measurements".
    public var census: String {
        get throws {
            try read { db in
                try CheckedTable.censused.map { table, one, many in
                    let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") ?? 0
                    return "\(count) \(count == 1 ? one : many)"
                }.joined(separator: ", ")
            }
        }
    }

    private func damagedRows(limit: Int, in db: Database) throws -> [Damage] {
        var found = try CheckedTable.study.damages(of: 0, limit: limit, in: db)
        let studies = try Int64.fetchAll(db, sql: "SELECT id FROM study ORDER BY id")
        for table in CheckedTable.allCases where table != .study && table.owned != nil {
            for study in studies { found += try table.damages(of: study, limit: limit, in: db) }
            // Rows whose study is no longer there are rows that changed, or that lost it.
            let known = studies.map(String.init).joined(separator: ", ")
            let sealed = try Int64.fetchAll(
                db, sql: "SELECT owner FROM seal WHERE table_name = ? AND owner NOT IN (\(known))",
                arguments: [table.rawValue])
            for owner in sealed { found += try table.damages(of: owner, limit: limit, in: db) }
        }
        return try found + missingWeights(limit: limit, in: db)
            + CheckedTable.checkpoint.changedRows(where: "1", [], limit: limit, in: db)
    }

    /// Models that keep weights, and have none.
    private func missingWeights(limit: Int, in db: Database) throws -> [Damage] {
        try String.fetchAll(
            db,
            sql: """
                SELECT label FROM model WHERE weights_kept = 1 AND id NOT IN (SELECT model_id FROM weights)
                ORDER BY id LIMIT \(limit)
                """
        ).map { Damage(kind: .missing(found: 0, written: 1), table: "weights", rows: "those of '\($0)'") }
    }

    private func damagedWeights(limit: Int, in db: Database) throws -> [Damage] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT m.label, m.weights_digest, w.safetensors FROM weights w LEFT JOIN model m ON m.id = w.model_id
                ORDER BY w.model_id
                """)
        var found: [Damage] = []
        while found.count < limit, let row = try rows.next() {
            let written: String? = try row.read("weights_digest")
            guard written != WeightsDigest.of(try row.read("safetensors")) else { continue }
            let label: String? = try row.read("label")
            found.append(Damage(kind: .changed, table: "weights", rows: "those of '\(label ?? "no model")'"))
        }
        return found
    }
}

extension CheckedTable {
    /// Tables that a person counts a file by, with the words for one row and for several.
    fileprivate static let censused = [
        ("study", "study", "studies"), ("model", "model", "models"), ("measurement", "measurement", "measurements"),
        ("weights", "network's weights", "networks' weights"),
    ]
}
