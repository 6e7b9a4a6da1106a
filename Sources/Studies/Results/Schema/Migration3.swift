import GRDB

extension Schema {
    /// Schema 3: what was judged of each measure. The words of a verdict are not checked here, as they will grow.
    static func addJudgements(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE judgement (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    measure TEXT NOT NULL,
                    target TEXT NOT NULL,
                    place INTEGER NOT NULL CHECK (place >= 0),
                    verdict TEXT,
                    n INTEGER NOT NULL CHECK (n >= 0),
                    estimate REAL CHECK (estimate BETWEEN -1 AND 1),
                    interval_low REAL,
                    interval_high REAL,
                    p_value REAL CHECK (p_value BETWEEN 0 AND 1),
                    p_corrected REAL CHECK (p_corrected BETWEEN 0 AND 1),
                    tried INTEGER NOT NULL CHECK (tried >= 0),
                    detectable REAL CHECK (detectable BETWEEN 0 AND 1),
                    given TEXT CHECK (given IS NULL OR json_valid(given)),
                    given_estimate REAL CHECK (given_estimate BETWEEN -1 AND 1),
                    given_p_value REAL CHECK (given_p_value BETWEEN 0 AND 1),
                    change_p_value REAL CHECK (change_p_value BETWEEN 0 AND 1),
                    gain REAL,
                    gain_error REAL CHECK (gain_error >= 0),
                    reliability REAL,
                    noise_free REAL CHECK (noise_free BETWEEN -1 AND 1),
                    reads TEXT,
                    sentence TEXT NOT NULL,
                    reason TEXT,
                    computed_at TEXT NOT NULL,
                    PRIMARY KEY (study_id, target, measure),
                    UNIQUE (study_id, target, place),
                    CHECK ((verdict IS NULL) = (reason IS NOT NULL)),
                    CHECK ((interval_low IS NULL) = (interval_high IS NULL)),
                    CHECK (interval_low <= interval_high),
                    CHECK ((gain IS NULL) = (gain_error IS NULL)),
                    CHECK (given IS NOT NULL OR coalesce(given_estimate, given_p_value, change_p_value) IS NULL)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}
