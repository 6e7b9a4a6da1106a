import GRDB

extension Schema {
    /// Schema 10: measures that were computed elsewhere, and what is known of them.
    static func addExternalMeasures(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE external (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    measure TEXT NOT NULL,
                    definition TEXT NOT NULL CHECK (json_valid(definition)),
                    checksum INTEGER,
                    PRIMARY KEY (study_id, measure)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
