-- A results file of schema 10 with one study, as 'sqlite3 FILE .dump' writes it. Never changes once schema 9 is released: it
-- stands for the files that are out there.
PRAGMA application_id = 0x4261736E;
PRAGMA user_version = 10;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1 tables');
INSERT INTO grdb_migrations VALUES('2 long studies');
INSERT INTO grdb_migrations VALUES('3 judgements');
INSERT INTO grdb_migrations VALUES('4 figures and claims');
INSERT INTO grdb_migrations VALUES('5 replication');
INSERT INTO grdb_migrations VALUES('6 integrity');
INSERT INTO grdb_migrations VALUES('7 conditions');
INSERT INTO grdb_migrations VALUES('8 history');
INSERT INTO grdb_migrations VALUES('9 kernels');
INSERT INTO grdb_migrations VALUES('10 external measures');
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
    created_at TEXT NOT NULL, checksum INTEGER,
    UNIQUE (name, version),
    UNIQUE (name, digest)
) STRICT;
INSERT INTO study VALUES(1,'toy',1,'d1','A toy','nowhere','test_accuracy',replace('name: toy\n','\n',char(10)),'{"name":"toy"}','2027-01-15T08:00:00.000Z',-4033131597154036921);
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
    dataset_digests TEXT NOT NULL CHECK (json_valid(dataset_digests)), host TEXT, pid INTEGER, process_start TEXT, heartbeat_at TEXT, checksum INTEGER, kernels TEXT,
    CHECK ((outcome = 'running') = (ended_at IS NULL))
) STRICT;
INSERT INTO run VALUES(1,1,'2027-01-15T08:00:00.000Z',NULL,'running',2,'{}','0.1','abc',0,'A processor',2,'An operating system','OpenBLAS 0.3','Haswell','native','Swift 6.1','{"mnist/train-images":"00ff"}','here',7,'boot 123','2027-01-15T08:00:30.000Z',-7441073021961002288,NULL);
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
    seconds REAL NOT NULL, training_digest TEXT, variant TEXT, checksum INTEGER, weights_digest TEXT, weights_kept INTEGER NOT NULL DEFAULT 0 CHECK (weights_kept IN (0, 1)),
    UNIQUE (study_id, position),
    CHECK ((status = 'failed') = (reason IS NOT NULL))
) STRICT;
INSERT INTO model VALUES(1,1,1,0,'seed 0','m0',0,NULL,'{"learning_rate":0.1}','trained',NULL,160,1.5,'m0',NULL,3341097569623203575,'039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81',1);
INSERT INTO model VALUES(2,1,1,1,'seed 1','m1',1,'large','{"learning_rate":0.1}','trained',NULL,160,1.5,'m1',NULL,-6552071617765221465,'d4b29a968c40173638ded8d174c86957afa211be479cee020dba5dfe127d91ca',1);
INSERT INTO model VALUES(3,1,1,2,'seed 2','m2',2,'large','{"learning_rate":0.1}','trained',NULL,160,1.5,'m1','layer 1 x 2',-6086232849933175618,NULL,0);
CREATE TABLE weights (
    model_id INTEGER PRIMARY KEY REFERENCES model (id) ON DELETE CASCADE,
    safetensors BLOB NOT NULL
) STRICT;
INSERT INTO weights VALUES(1,X'010203');
INSERT INTO weights VALUES(2,X'010204');
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
    detail TEXT CHECK (detail IS NULL OR json_valid(detail)), checksum INTEGER,
    PRIMARY KEY (model_id, measure),
    CHECK ((status = 'ok') = (value IS NOT NULL)),
    CHECK (value IS NULL OR abs(value) <= 1.7976931348623157e308),
    CHECK ((value IS NULL) = (standard_error IS NULL)),
    CHECK (status = 'ok' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO measurement VALUES(1,'pair_proxy',1,894.0,0.0,0,'ok',NULL,0.0,NULL,1043394727799570667);
INSERT INTO measurement VALUES(1,'test_accuracy',1,0.75080000000000002291,0.0,0,'ok',NULL,0.0,NULL,-7042203361047901615);
INSERT INTO measurement VALUES(2,'pair_proxy',1,841.0,0.0,0,'ok',NULL,0.0,NULL,3185852373502513456);
INSERT INTO measurement VALUES(2,'test_accuracy',1,0.7703999999999999737,0.0,0,'ok',NULL,0.0,NULL,8370933490963824481);
INSERT INTO measurement VALUES(3,'pair_proxy',1,1682.0,0.0,0,'ok',NULL,0.0,NULL,2560860786203453795);
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
    computed_at TEXT NOT NULL, checksum INTEGER,
    PRIMARY KEY (study_id, measure, target, method, given),
    CHECK ((status = 'ok') = (estimate IS NOT NULL)),
    CHECK ((interval_low IS NULL) = (interval_high IS NULL)),
    CHECK (status = 'ok' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO correlation VALUES(1,'pair_proxy','test_accuracy','spearman','[]',0.375,0.125,NULL,NULL,NULL,2,'ok',NULL,'2027-01-15T08:00:00.000Z',1055734635554268323);
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
, variant TEXT, checksum INTEGER) STRICT;
INSERT INTO published VALUES(1,1,'model','pair_proxy',NULL,NULL,0,894.0,0.0,'',NULL,-8777442184157807420);
INSERT INTO published VALUES(2,1,'model','pair_proxy',NULL,'large',2,1682.0,0.0,'','layer 1 x 2',2684389193870574608);
CREATE TABLE claim (
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    claimed_at TEXT NOT NULL,
    PRIMARY KEY (study_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO claim VALUES(1,3,1,'2027-01-15T08:00:00.000Z');
CREATE TABLE checkpoint (
    training_digest TEXT NOT NULL PRIMARY KEY,
    epochs INTEGER NOT NULL CHECK (epochs >= 0),
    seconds REAL NOT NULL,
    state BLOB NOT NULL,
    saved_at TEXT NOT NULL
, checksum INTEGER, history TEXT CHECK (history IS NULL OR json_valid(history))) STRICT;
INSERT INTO checkpoint VALUES('m3',40,12.5,X'0607','2027-01-15T08:00:00.000Z',1179864308151076113,NULL);
CREATE TABLE kept (
    model_id INTEGER NOT NULL REFERENCES model (id) ON DELETE CASCADE,
    measure TEXT NOT NULL CHECK (measure <> ''),
    data BLOB NOT NULL, checksum INTEGER,
    PRIMARY KEY (model_id, measure)
) STRICT, WITHOUT ROWID;
INSERT INTO kept VALUES(1,'pair_proxy',X'0405',-7351760935574226289);
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
, checksum INTEGER) STRICT;
INSERT INTO earlier_failure VALUES(1,1,1,1,'seed 1','m1','diverged',160,1.5,4495914848169003560);
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
    computed_at TEXT NOT NULL, checksum INTEGER, verdict_before_training TEXT, benchmark TEXT, p_westfall_young REAL CHECK (p_westfall_young BETWEEN 0 AND 1), given_curved_estimate REAL CHECK (given_curved_estimate BETWEEN -1 AND 1), given_curved_p_value REAL CHECK (given_curved_p_value BETWEEN 0 AND 1), given_corrected_p_value REAL CHECK (given_corrected_p_value BETWEEN 0 AND 1), noisy_p_value REAL CHECK (noisy_p_value BETWEEN 0 AND 1), least_reliability REAL CHECK (least_reliability BETWEEN 0 AND 1), robustness_value REAL CHECK (robustness_value BETWEEN 0 AND 1), unmeasured_strength REAL CHECK (unmeasured_strength >= 0), target_reliability REAL, target_reliability_within REAL, rounding_low REAL CHECK (rounding_low BETWEEN -1 AND 1), rounding_high REAL CHECK (rounding_high BETWEEN -1 AND 1),
    PRIMARY KEY (study_id, target, measure),
    UNIQUE (study_id, target, place),
    CHECK ((verdict IS NULL) = (reason IS NOT NULL)),
    CHECK ((interval_low IS NULL) = (interval_high IS NULL)),
    CHECK (interval_low <= interval_high),
    CHECK ((gain IS NULL) = (gain_error IS NULL)),
    CHECK (given IS NOT NULL OR coalesce(given_estimate, given_p_value, change_p_value) IS NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO judgement VALUES(1,'dead_units','test_accuracy',1,NULL,100,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'no verdict: It is constant.','It is constant.','2027-01-15T08:00:00.000Z',7681456686993938932,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO judgement VALUES(1,'pair_proxy','test_accuracy',0,'confounded',100,0.375,0.25,0.5,0.015625,0.03125,2,0.3125,'["regime","epochs"]',0.125,0.25,0.0078125,-0.0625,0.125,0.875,0.40625,'random labels','rho +0.375 over 100 networks: **confounded**',NULL,'2027-01-15T08:00:00.000Z',-5088906828862942284,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE external (
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    measure TEXT NOT NULL,
    definition TEXT NOT NULL CHECK (json_valid(definition)),
    checksum INTEGER,
    PRIMARY KEY (study_id, measure)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure (
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),
    name TEXT NOT NULL,
    definition TEXT NOT NULL CHECK (json_valid(definition)), checksum INTEGER,
    PRIMARY KEY (study_id, place),
    UNIQUE (study_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO figure VALUES(1,0,'phases','{"boundary":"critical","kind":"heat-map","name":"phases","scale":"log-x","selection":{"regime":["large"]},"title":"When?","value":"test_accuracy","x":"learning_rate","y":"seed"}',-3648351533238961066);
CREATE TABLE claimed (
    study_id INTEGER NOT NULL REFERENCES study (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 0),
    claim TEXT NOT NULL,
    origin TEXT NOT NULL,
    statistic TEXT NOT NULL,
    measure TEXT NOT NULL,
    over TEXT,
    selection TEXT NOT NULL CHECK (json_valid(selection)),
    expected REAL,
    tolerance REAL CHECK (tolerance >= 0),
    at_least REAL,
    at_most REAL,
    limitation TEXT,
    n INTEGER CHECK (n >= 0),
    measured REAL,
    standard_error REAL CHECK (standard_error >= 0),
    agrees INTEGER CHECK (agrees IN (0, 1)),
    reason TEXT, checksum INTEGER,
    PRIMARY KEY (study_id, place),
    CHECK ((expected IS NULL) = (tolerance IS NULL)),
    CHECK ((expected IS NULL) = (coalesce(at_least, at_most) IS NOT NULL)),
    CHECK ((measured IS NULL) = (agrees IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO claimed VALUES(1,0,'It grows as a power.','paper','slope','pair_proxy','seed','{"learning_rate":[0.1],"regime":["large","small"]}',NULL,NULL,0.25,0.75,'Of three seeds.',3,0.5,0.125,1,NULL,1424250026366036792);
INSERT INTO claimed VALUES(1,1,'It is four.','restated','mean','pair_proxy',NULL,'{}',4.0,0.5,NULL,NULL,NULL,3,858.5,NULL,0,NULL,-6000462887555409030);
INSERT INTO claimed VALUES(1,2,'One model has it.','derived','value','test_accuracy',NULL,'{"seed":[7]}',1.0,0.0,NULL,NULL,NULL,0,NULL,NULL,NULL,'No model is selected.',-1786629179536040866);
CREATE TABLE replicated (
    published_id INTEGER PRIMARY KEY REFERENCES published (id) ON DELETE CASCADE,
    n INTEGER CHECK (n >= 0),
    measured REAL,
    agrees INTEGER CHECK (agrees IN (0, 1)),
    reason TEXT, checksum INTEGER,
    CHECK (measured IS NOT NULL OR agrees IS NULL)
) STRICT;
INSERT INTO replicated VALUES(1,1,894.0,1,NULL,754077538217760302);
INSERT INTO replicated VALUES(2,1,1682.0,1,NULL,-5531811672818548629);
CREATE TABLE seal (
    table_name TEXT NOT NULL,
    owner INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (table_name, owner)
) STRICT, WITHOUT ROWID;
INSERT INTO seal VALUES('claimed',1,3,-6362842040725413104);
INSERT INTO seal VALUES('correlation',1,1,1055734635554268323);
INSERT INTO seal VALUES('earlier_failure',1,1,4495914848169003560);
INSERT INTO seal VALUES('figure',1,1,-3648351533238961066);
INSERT INTO seal VALUES('history',1,2,-8896509643354527189);
INSERT INTO seal VALUES('judgement',1,2,2592549858130996648);
INSERT INTO seal VALUES('kept',1,1,-7351760935574226289);
INSERT INTO seal VALUES('measurement',1,5,8118838017421460784);
INSERT INTO seal VALUES('model',1,3,9149537175634358108);
INSERT INTO seal VALUES('published',1,2,-6093052990287232812);
INSERT INTO seal VALUES('replicated',1,2,-4777734134600788327);
INSERT INTO seal VALUES('run',1,1,-7441073021961002288);
INSERT INTO seal VALUES('study',0,1,-4033131597154036921);
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
INSERT INTO history VALUES(1,0,2.25,0.125,NULL,NULL,NULL,NULL,-722570925338001483);
INSERT INTO history VALUES(1,40,0.5,0.875,NULL,NULL,0.0625,NULL,-8173938718016525706);
CREATE INDEX run_study ON run (study_id);
CREATE INDEX model_run ON model (run_id);
CREATE INDEX measurement_run ON measurement (run_id);
CREATE INDEX published_study ON published (study_id);
CREATE INDEX model_training ON model (training_digest);
CREATE INDEX claim_run ON claim (run_id);
CREATE INDEX earlier_failure_position ON earlier_failure (study_id, position);
CREATE INDEX earlier_failure_run ON earlier_failure (run_id);
CREATE VIEW replication AS
SELECT s.study, s.version, p.kind, p.measure, p.target, p.regime, p.seed, p.variant, p.value AS published,
    r.measured, r.measured - p.value AS difference, p.tolerance, r.agrees, p.source
FROM studies s JOIN published p ON p.study_id = s.study_id LEFT JOIN replicated r ON r.published_id = p.id
ORDER BY s.study, p.id;
CREATE VIEW claims AS
SELECT s.study, s.version, c.claim, c.origin, c.statistic, c.measure, c.over, c.selection, c.expected, c.tolerance,
    c.at_least, c.at_most, c.measured, c.standard_error, c.n, c.agrees, c.reason, c.limitation
FROM studies s JOIN claimed c ON c.study_id = s.study_id
ORDER BY s.study, c.place;
CREATE INDEX model_digest ON model (study_id, digest, position);
CREATE INDEX model_weights ON model (study_id, weights_digest, position);
CREATE VIEW models AS
SELECT s.study, s.version, m.position, m.label, m.seed, m.regime, m.variant, m.status, m.reason, m.seconds,
    m.hyperparameters, m.id AS model_id,
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'pair_proxy') AS "pair_proxy",
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'test_accuracy') AS "test_accuracy"
FROM studies s JOIN model m ON m.study_id = s.study_id
WHERE NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL)));
CREATE VIEW regime_summary AS
SELECT g.study, g.version, g.regime, g.measure, count(*) AS networks, g.mean,
    CASE WHEN count(*) > 1 THEN sqrt(sum((v.value - g.mean) * (v.value - g.mean)) / (count(*) - 1)) END AS sd,
    min(v.value) AS min, max(v.value) AS max
FROM (
    SELECT s.study_id, s.study, s.version, m.regime, v.measure, avg(v.value) AS mean
    FROM studies s JOIN model m ON m.study_id = s.study_id JOIN measurement v ON v.model_id = m.id
    WHERE m.variant IS NULL AND v.status = 'ok' AND NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL)))
    GROUP BY s.study, m.regime, v.measure
) g
JOIN model m ON m.study_id = g.study_id AND m.regime IS g.regime AND m.variant IS NULL
JOIN measurement v ON v.model_id = m.id AND v.measure = g.measure AND v.status = 'ok'
WHERE NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL)))
GROUP BY g.study, g.regime, g.measure;
CREATE VIEW failed AS
SELECT s.study, s.version, m.position, m.label, NULL AS measure, m.status, m.reason, 0 AS recovered
FROM studies s JOIN model m ON m.study_id = s.study_id
WHERE m.status = 'failed'
UNION ALL
SELECT s.study, s.version, f.position, f.label, NULL, 'failed', f.reason,
    EXISTS (
        SELECT 1 FROM model m WHERE m.study_id = f.study_id AND m.position = f.position AND m.status = 'trained')
FROM studies s JOIN earlier_failure f ON f.study_id = s.study_id
UNION ALL
SELECT s.study, s.version, m.position, m.label, v.measure, v.status, v.reason, 0
FROM studies s JOIN model m ON m.study_id = s.study_id JOIN measurement v ON v.model_id = m.id
WHERE v.status <> 'ok' AND NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL)));
CREATE VIEW studies AS
SELECT s.name AS study, s.version, s.title, s.target, s.source, s.digest, s.created_at,
    (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'trained' AND NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL))))
        AS trained,
    (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL))) AS repeated,
    (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'failed') AS failed,
    s.id AS study_id
FROM study s
WHERE s.version = (SELECT max(version) FROM study newest WHERE newest.name = s.name)
    AND CASE WHEN s.name GLOB '*-rounding-[1-9]*' AND instr(s.specification_json, '"rounding":') > 0
    THEN CAST(substr(s.specification_json, instr(s.specification_json, '"rounding":') + 11, 9) AS INTEGER)
    ELSE 0 END = 0;
CREATE VIEW rounding_models AS
SELECT s.name AS study, CASE WHEN s.name GLOB '*-rounding-[1-9]*' AND instr(s.specification_json, '"rounding":') > 0
    THEN CAST(substr(s.specification_json, instr(s.specification_json, '"rounding":') + 11, 9) AS INTEGER)
    ELSE 0 END AS rounding, s.version, m.position, m.label, m.seed, m.regime, m.variant, m.status, m.reason, m.seconds,
    m.hyperparameters, m.id AS model_id,
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'pair_proxy') AS "pair_proxy",
    (SELECT value FROM measurement WHERE model_id = m.id AND measure = 'test_accuracy') AS "test_accuracy"
FROM study s JOIN model m ON m.study_id = s.id
WHERE CASE WHEN s.name GLOB '*-rounding-[1-9]*' AND instr(s.specification_json, '"rounding":') > 0
    THEN CAST(substr(s.specification_json, instr(s.specification_json, '"rounding":') + 11, 9) AS INTEGER)
    ELSE 0 END <> 0 AND s.version = (SELECT max(version) FROM study newest WHERE newest.name = s.name)
    AND NOT (m.status = 'trained' AND (
    EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
            AND e.position < m.position AND e.status = 'trained')
    OR EXISTS (
        SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
            AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL)));
CREATE VIEW verdict AS
SELECT s.study, s.version, j.measure, j.target, j.verdict, j.verdict_before_training, j.n, j.estimate AS rho, j.interval_low, j.interval_high, j.rounding_low, j.rounding_high, j.p_value, j.p_westfall_young, j.p_corrected, j.tried, j.detectable, j.given, j.given_estimate AS given_rho, j.given_p_value, j.given_curved_estimate AS given_curved_rho, j.given_curved_p_value, j.given_corrected_p_value, j.noisy_p_value, j.least_reliability, j.robustness_value, j.unmeasured_strength, j.benchmark, j.change_p_value, j.gain, j.gain_error, j.reliability, j.target_reliability, j.target_reliability_within, j.noise_free AS noise_free_rho, j.reads, j.sentence, j.reason
FROM studies s JOIN judgement j ON j.study_id = s.study_id
ORDER BY s.study, j.target, j.place;
CREATE INDEX model_made ON model (digest);
CREATE VIEW training_history AS
SELECT m.study, m.version, m.position, m.label, m.seed, m.regime, m.hyperparameters, h.epoch,
    h.train_loss, h.train_accuracy, h.test_accuracy, h.gradient_norm, h.gradient_noise, h.hessian_trace, m.model_id
FROM models m JOIN history h ON h.model_id = m.model_id
WHERE m.variant IS NULL;
COMMIT;
