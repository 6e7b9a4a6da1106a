-- A results file of schema 1 with one study, as 'sqlite3 FILE .dump' writes it. Never changes: it stands for the files
-- that are out there.
PRAGMA application_id = 0x4261736E;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 tables');
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
INSERT INTO study VALUES(1,'toy',1,'d1','A toy','nowhere','test_accuracy',replace('name: toy\n','\n',char(10)),'{"name":"toy"}','2026-11-21T03:37:25.196Z');
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
INSERT INTO run VALUES(1,1,'2026-11-21T03:37:25.217Z','2026-11-21T03:37:25.260Z','finished',2,'{}','0.1','abc',0,'A processor',2,'An operating system','OpenBLAS 0.3','Haswell','native','Swift 6.1','{"mnist/train-images":"00ff"}');
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
INSERT INTO model VALUES(1,1,1,0,'seed 0','m0',0,NULL,'{"learning_rate":0.1}','trained',NULL,160,1.5);
INSERT INTO model VALUES(2,1,1,1,'seed 1','m1',1,NULL,'{"learning_rate":0.1}','trained',NULL,160,1.5);
CREATE TABLE weights (
    model_id INTEGER PRIMARY KEY REFERENCES model (id) ON DELETE CASCADE,
    safetensors BLOB NOT NULL
) STRICT;
INSERT INTO weights VALUES(1,X'010203');
INSERT INTO weights VALUES(2,X'010203');
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
INSERT INTO measurement VALUES(1,'pair_proxy',1,894.0,0.0,0,'ok',NULL,0.0,NULL);
INSERT INTO measurement VALUES(1,'test_accuracy',1,0.75080000000000002291,0.0,0,'ok',NULL,0.0,NULL);
INSERT INTO measurement VALUES(2,'pair_proxy',1,841.0,0.0,0,'ok',NULL,0.0,NULL);
INSERT INTO measurement VALUES(2,'test_accuracy',1,0.7703999999999999737,0.0,0,'ok',NULL,0.0,NULL);
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
INSERT INTO correlation VALUES(1,'pair_proxy','test_accuracy','spearman','[]',0.375,0.125,NULL,NULL,NULL,2,'ok',NULL,'2026-11-21T03:37:25.248Z');
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
INSERT INTO published VALUES(1,1,'model','pair_proxy',NULL,NULL,0,894.0,0.0,'');
CREATE INDEX run_study ON run (study_id);
CREATE INDEX model_run ON model (run_id);
CREATE INDEX measurement_run ON measurement (run_id);
CREATE INDEX published_study ON published (study_id);
CREATE VIEW studies AS
SELECT s.name AS study, s.version, s.title, s.target, s.source, s.digest, s.created_at,
    (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'trained') AS trained,
    (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'failed') AS failed,
    s.id AS study_id
FROM study s
WHERE s.version = (SELECT max(version) FROM study newest WHERE newest.name = s.name);
CREATE VIEW replication AS
SELECT study, version, kind, measure, target, regime, seed, published, measured,
    measured - published AS difference, tolerance,
    CASE WHEN measured IS NOT NULL THEN abs(measured - published) <= tolerance END AS agrees,
    source
FROM (
    SELECT s.study, s.version, p.id, p.kind, p.measure, p.target, p.regime, p.seed, p.value AS published,
        p.tolerance, p.source,
        CASE p.kind
            WHEN 'correlation' THEN (
                SELECT c.estimate FROM correlation c
                WHERE c.study_id = p.study_id AND c.measure = p.measure AND c.target = p.target
                    AND c.method = 'spearman' AND c.given = '[]')
            WHEN 'p_value' THEN (
                SELECT c.p_value FROM correlation c
                WHERE c.study_id = p.study_id AND c.measure = p.measure AND c.target = p.target
                    AND c.method = 'spearman' AND c.given = '[]')
            WHEN 'model' THEN (
                SELECT v.value FROM model m JOIN measurement v ON v.model_id = m.id
                WHERE m.study_id = p.study_id AND m.seed = p.seed
                    AND (p.regime IS NULL OR m.regime = p.regime) AND v.measure = p.measure)
            WHEN 'mean' THEN (
                SELECT avg(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                WHERE m.study_id = p.study_id AND (p.regime IS NULL OR m.regime = p.regime)
                    AND v.measure = p.measure)
            WHEN 'minimum' THEN (
                SELECT min(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                WHERE m.study_id = p.study_id AND (p.regime IS NULL OR m.regime = p.regime)
                    AND v.measure = p.measure)
            WHEN 'maximum' THEN (
                SELECT max(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                WHERE m.study_id = p.study_id AND (p.regime IS NULL OR m.regime = p.regime)
                    AND v.measure = p.measure)
        END AS measured
    FROM studies s JOIN published p ON p.study_id = s.study_id
    ORDER BY s.study, p.id
);
CREATE VIEW failed AS
SELECT s.study, s.version, m.position, m.label, NULL AS measure, m.status, m.reason
FROM studies s JOIN model m ON m.study_id = s.study_id
WHERE m.status = 'failed'
UNION ALL
SELECT s.study, s.version, m.position, m.label, v.measure, v.status, v.reason
FROM studies s JOIN model m ON m.study_id = s.study_id JOIN measurement v ON v.model_id = m.id
WHERE v.status <> 'ok';
CREATE VIEW models AS
SELECT s.study, s.version, m.position, m.label, m.seed, m.regime, m.status, m.reason, m.seconds,
    m.hyperparameters, m.id AS model_id,
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'pair_proxy') AS "pair_proxy",
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'test_accuracy') AS "test_accuracy"
FROM studies s JOIN model m ON m.study_id = s.study_id;
COMMIT;
