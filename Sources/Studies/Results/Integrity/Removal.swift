import GRDB

extension ResultsStore {
    /// Removes the rows that do not verify and takes those that are left as all that there are, so that a run makes
    /// again what is missing. Rows of studies and runs stay: all their models would go with them.
    ///
    /// - Returns: what was removed, or found missing.
    public func removeDamage() throws -> [Damage] {
        let found = try damages(limit: 1_000)
        try write { db in
            let studies = try Int64.fetchAll(db, sql: "SELECT id FROM study ORDER BY id")
            for table in CheckedTable.allCases where !table.ownsModels {
                try db.execute(
                    sql: "DELETE FROM \(table.rawValue) WHERE checksum IS NOT \(table.expectedChecksum)")
            }
            try removeDamagedWeights(db)
            try removeOrphans(db)
            for table in CheckedTable.allCases where table != .study && table.owned != nil {
                try db.execute(sql: "DELETE FROM seal WHERE table_name = ?", arguments: [table.rawValue])
                // Checksums stay as they are: a row of a run that does not verify does not after.
                for study in studies { try table.count(of: study, in: db) }
            }
            try CheckedTable.study.count(of: 0, in: db)
        }
        let left = try damages(limit: 1_000)
        return found.filter { !left.contains($0) }
    }

    /// Takes all rows as they are now for what was written, as a test does that has changed some.
    package func acceptContent() throws {
        try write(Schema.sealAll)
    }

    /// Removes what belongs to a study or a model that is no longer there.
    private func removeOrphans(_ db: Database) throws {
        let columns = try Row.fetchAll(
            db,
            sql: """
                SELECT t.name AS child, f."table" AS parent, f."from" AS column
                FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
                """)
        // Once for studies' rows, once for those of the models that went with them.
        for _ in 0..<2 {
            for row in columns {
                let child: String = try row.read("child")
                let parent: String = try row.read("parent")
                let column: String = try row.read("column")
                try db.execute(sql: "DELETE FROM \(child) WHERE \(column) NOT IN (SELECT id FROM \(parent))")
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
    }
}

extension CheckedTable {
    /// Whether models go with a row.
    fileprivate var ownsModels: Bool { self == .study || self == .run }

    /// Writes the seal of the rows that are there.
    fileprivate func count(of owner: Int64, in db: Database) throws {
        guard let owned else { return }
        try write(tally(where: owned, [owner], in: db), of: owner, in: db)
    }
}
