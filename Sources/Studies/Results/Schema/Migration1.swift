import GRDB

extension Schema {
    /// Schema 1: studies, runs, models with weights, measurements, correlations, published figures.
    ///
    /// Tables are STRICT, so that a text never hides in a numeric column. Lists of words are checked here only where
    /// the set is closed; kinds and methods will grow.
    static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA application_id = \(applicationID);

                CREATE TABLE study (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL,
                    version INTEGER NOT NULL CHECK (version >= 1),
                    digest TEXT NOT NULL,
                    title TEXT NOT NULL,
                    source TEXT NOT NULL,
                    target TEXT NOT NULL,
                    specification_yaml TEXT NOT NULL,
                    specification_json TEXT NOT NULL CHECK (json_valid(specification_json)),
                    created_at TEXT NOT NULL,
                    UNIQUE (name, version),
                    UNIQUE (name, digest)
                ) STRICT;

                CREATE TABLE run (
                    id INTEGER PRIMARY KEY,
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    started_at TEXT NOT NULL,
                    ended_at TEXT,
                    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'finished', 'interrupted', 'failed')),
                    jobs INTEGER NOT NULL,
                    options TEXT NOT NULL CHECK (json_valid(options)),
                    basin_version TEXT NOT NULL,
                    git_commit TEXT,
                    git_dirty INTEGER CHECK (git_dirty IN (0, 1)),
                    cpu_model TEXT NOT NULL,
                    core_count INTEGER NOT NULL,
                    os TEXT NOT NULL,
                    blas_library TEXT NOT NULL,
                    blas_kernel TEXT NOT NULL,
                    build_kind TEXT NOT NULL CHECK (build_kind IN ('native', 'portable')),
                    compiler TEXT NOT NULL,
                    dataset_digests TEXT NOT NULL CHECK (json_valid(dataset_digests)),
                    CHECK ((outcome = 'running') = (ended_at IS NULL))
                ) STRICT;
                CREATE INDEX run_study ON run (study_id);

                CREATE TABLE model (
                    id INTEGER PRIMARY KEY,
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    position INTEGER NOT NULL CHECK (position >= 0),
                    label TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    seed INTEGER,
                    regime TEXT,
                    hyperparameters TEXT NOT NULL CHECK (json_valid(hyperparameters)),
                    status TEXT NOT NULL CHECK (status IN ('trained', 'failed')),
                    reason TEXT,
                    epochs INTEGER,
                    seconds REAL NOT NULL,
                    UNIQUE (study_id, position),
                    CHECK ((status = 'failed') = (reason IS NOT NULL))
                ) STRICT;
                CREATE INDEX model_run ON model (run_id);

                CREATE TABLE weights (
                    model_id INTEGER PRIMARY KEY REFERENCES model (id) ON DELETE CASCADE,
                    safetensors BLOB NOT NULL
                ) STRICT;

                CREATE TABLE measurement (
                    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
                    measure TEXT NOT NULL CHECK (measure <> ''),
                    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
                    value REAL,
                    standard_error REAL CHECK (standard_error >= 0),
                    effort INTEGER NOT NULL,
                    status TEXT NOT NULL CHECK (status IN ('ok', 'undefined', 'failed')),
                    reason TEXT,
                    seconds REAL NOT NULL,
                    detail TEXT CHECK (detail IS NULL OR json_valid(detail)),
                    PRIMARY KEY (model_id, measure),
                    CHECK ((status = 'ok') = (value IS NOT NULL)),
                    CHECK (value IS NULL OR abs(value) <= 1.7976931348623157e308),
                    CHECK ((value IS NULL) = (standard_error IS NULL)),
                    CHECK (status = 'ok' OR reason IS NOT NULL)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX measurement_run ON measurement (run_id);

                CREATE TABLE correlation (
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    measure TEXT NOT NULL,
                    target TEXT NOT NULL,
                    method TEXT NOT NULL,
                    given TEXT NOT NULL CHECK (json_valid(given)),
                    estimate REAL,
                    p_value REAL CHECK (p_value BETWEEN 0 AND 1),
                    interval_low REAL,
                    interval_high REAL,
                    level REAL CHECK (level > 0 AND level < 1),
                    n INTEGER NOT NULL,
                    status TEXT NOT NULL CHECK (status IN ('ok', 'undefined', 'failed')),
                    reason TEXT,
                    computed_at TEXT NOT NULL,
                    PRIMARY KEY (study_id, measure, target, method, given),
                    CHECK ((status = 'ok') = (estimate IS NOT NULL)),
                    CHECK ((interval_low IS NULL) = (interval_high IS NULL)),
                    CHECK (status = 'ok' OR reason IS NOT NULL)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE published (
                    id INTEGER PRIMARY KEY,
                    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
                    kind TEXT NOT NULL,
                    measure TEXT NOT NULL,
                    target TEXT,
                    regime TEXT,
                    seed INTEGER,
                    value REAL NOT NULL,
                    tolerance REAL CHECK (tolerance >= 0),
                    source TEXT NOT NULL
                ) STRICT;
                CREATE INDEX published_study ON published (study_id);
                """)
    }
}
