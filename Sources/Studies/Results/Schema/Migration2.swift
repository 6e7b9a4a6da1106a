import GRDB

extension Schema {
    /// Schema 2: long studies by several processes. Networks have an identity of their own across studies, unfinished
    /// ones a checkpoint; runs tell which process they are, and claim positions; failures that were retried stay on
    /// record.
    static func addLongStudies(_ db: Database) throws {
        try db.execute(
            sql: """
                ALTER TABLE model ADD COLUMN training_digest TEXT;
                ALTER TABLE model ADD COLUMN variant TEXT;
                UPDATE model SET training_digest = digest;
                CREATE INDEX model_training ON model (training_digest);
                ALTER TABLE published ADD COLUMN variant TEXT;

                ALTER TABLE run ADD COLUMN host TEXT;
                ALTER TABLE run ADD COLUMN pid INTEGER;
                ALTER TABLE run ADD COLUMN process_start TEXT;
                ALTER TABLE run ADD COLUMN heartbeat_at TEXT;

                CREATE TABLE claim (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    position INTEGER NOT NULL CHECK (position >= 0),
                    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    claimed_at TEXT NOT NULL,
                    PRIMARY KEY (study_id, position)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX claim_run ON claim (run_id);

                CREATE TABLE checkpoint (
                    training_digest TEXT NOT NULL PRIMARY KEY,
                    epochs INTEGER NOT NULL CHECK (epochs >= 0),
                    seconds REAL NOT NULL,
                    state BLOB NOT NULL,
                    saved_at TEXT NOT NULL
                ) STRICT;

                CREATE TABLE kept (
                    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
                    measure TEXT NOT NULL CHECK (measure <> ''),
                    data BLOB NOT NULL,
                    PRIMARY KEY (model_id, measure)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE earlier_failure (
                    id INTEGER PRIMARY KEY,
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    position INTEGER NOT NULL CHECK (position >= 0),
                    label TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    reason TEXT NOT NULL,
                    epochs INTEGER,
                    seconds REAL NOT NULL
                ) STRICT;
                CREATE INDEX earlier_failure_position ON earlier_failure (study_id, position);
                CREATE INDEX earlier_failure_run ON earlier_failure (run_id);
                """)
    }
}
