import GRDB

extension Schema {
    /// Schema 8: what is written down of a training on its way, and an index for what is known by its digest.
    ///
    /// Checkpoints that verified keep verifying, as in `addConditions`.
    static func addHistory(_ db: Database) throws {
        IntegrityFunctions.register(in: db.sqliteConnection)
        let before = "training_digest, epochs, seconds, state, saved_at"
        try db.execute(
            sql: """
                CREATE TABLE history (
                    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
                    epoch INTEGER NOT NULL CHECK (epoch >= 0),
                    train_loss REAL,
                    train_accuracy REAL CHECK (train_accuracy BETWEEN 0 AND 1),
                    test_accuracy REAL CHECK (test_accuracy BETWEEN 0 AND 1),
                    gradient_norm REAL CHECK (gradient_norm >= 0),
                    gradient_noise REAL,
                    hessian_trace REAL,
                    checksum INTEGER,
                    PRIMARY KEY (model_id, epoch)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX model_made ON model (digest);
                CREATE TEMP TABLE sound AS SELECT training_digest FROM checkpoint
                    WHERE checksum IS row_checksum(\(before));
                ALTER TABLE checkpoint ADD COLUMN history TEXT CHECK (history IS NULL OR json_valid(history));
                UPDATE checkpoint SET checksum = row_checksum(\(before), history)
                    WHERE training_digest IN (SELECT training_digest FROM sound);
                DROP TABLE sound;
                """)
    }
}
