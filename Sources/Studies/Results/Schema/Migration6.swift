import Definitions
import GRDB

extension Schema {
    /// Schema 6: checksums of rows and seals over tables, so that damage is noticed, and a digest of each network's
    /// weights, so that a network is known again. `sealAll` fills the checksums.
    static func addIntegrity(_ db: Database) throws {
        let columns = integrityTables.map { "ALTER TABLE \($0) ADD COLUMN checksum INTEGER;" }
        try db.execute(
            sql: """
                \(columns.joined(separator: "\n"))
                ALTER TABLE model ADD COLUMN weights_digest TEXT;
                ALTER TABLE model ADD COLUMN weights_kept INTEGER NOT NULL DEFAULT 0 CHECK (weights_kept IN (0, 1));
                UPDATE model SET weights_kept = 1 WHERE id IN (SELECT model_id FROM weights);
                CREATE INDEX model_digest ON model (study_id, digest, position);
                CREATE INDEX model_weights ON model (study_id, weights_digest, position);
                CREATE TABLE seal (
                    table_name TEXT NOT NULL,
                    owner INTEGER NOT NULL,
                    rows INTEGER NOT NULL,
                    checksum INTEGER NOT NULL,
                    PRIMARY KEY (table_name, owner)
                ) STRICT, WITHOUT ROWID;
                """)
        let kept = try Row.fetchCursor(
            db, sql: "SELECT w.model_id, w.safetensors FROM weights w JOIN model m ON m.id = w.model_id")
        while let row = try kept.next() {
            let id: Int64 = try row.read("model_id")
            try db.execute(
                sql: "UPDATE model SET weights_digest = ? WHERE id = ?",
                arguments: [WeightsDigest.of(try row.read("safetensors")), id])
        }
        // A network that was taken over from another model has that one's weights.
        try db.execute(
            sql: """
                UPDATE model SET weights_digest = (
                    SELECT o.weights_digest FROM model o
                    WHERE o.training_digest = model.training_digest AND o.run_id = model.run_id AND o.variant IS NULL
                        AND o.weights_digest IS NOT NULL)
                WHERE weights_digest IS NULL AND variant IS NULL AND status = 'trained'
                """)
    }

    /// Gives all rows of a file the checksums and seals of what they hold: what a file holds when it is brought up to
    /// date is taken as sound.
    ///
    /// It is no migration: which columns a checksum is of grows with the schema. A later migration that adds a column
    /// to a checked table verifies that table's rows before it and seals them after; a file is sealed as a whole once.
    static func sealAll(_ db: Database) throws {
        try db.execute(
            sql: """
                DELETE FROM seal;
                UPDATE model SET weights_kept = id IN (SELECT model_id FROM weights);
                """)
        for table in CheckedTable.allCases {
            try db.execute(sql: "UPDATE \(table.rawValue) SET checksum = \(table.expectedChecksum)")
            guard table != .study, table.owned != nil else { continue }
            for study in try Int64.fetchAll(db, sql: "SELECT id FROM study") { try table.reseal(of: study, in: db) }
        }
        try CheckedTable.study.reseal(of: 0, in: db)
    }

    private static let integrityTables = [
        "study", "run", "model", "measurement", "kept", "checkpoint", "published", "replicated", "figure", "claimed",
        "correlation", "judgement", "earlier_failure",
    ]
}
