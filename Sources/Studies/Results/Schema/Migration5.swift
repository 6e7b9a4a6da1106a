import GRDB

extension Schema {
    /// Schema 5: what was found of each published figure. The view `replication` used to compute it with each query;
    /// what the file's rows answered then is written down once, and each run since writes what it found.
    static func addReplication(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE replicated (
                    published_id INTEGER PRIMARY KEY REFERENCES published (id) ON DELETE CASCADE,
                    n INTEGER CHECK (n >= 0),
                    measured REAL,
                    agrees INTEGER CHECK (agrees IN (0, 1)),
                    reason TEXT,
                    CHECK (measured IS NOT NULL OR agrees IS NULL)
                ) STRICT;

                INSERT INTO replicated (published_id, measured, agrees)
                SELECT id, measured,
                    CASE WHEN measured IS NOT NULL
                        THEN abs(measured - value) <= tolerance + 1e-12 * (1 + abs(value)) END
                FROM (
                    SELECT p.id, p.value, p.tolerance,
                        CASE p.kind
                            WHEN 'correlation' THEN (
                                SELECT c.estimate FROM correlation c
                                WHERE c.study_id = p.study_id AND c.measure = p.measure AND c.target = p.target
                                    AND c.method = 'spearman' AND c.given = '[]' AND p.regime IS NULL)
                            WHEN 'p_value' THEN (
                                SELECT c.p_value FROM correlation c
                                WHERE c.study_id = p.study_id AND c.measure = p.measure AND c.target = p.target
                                    AND c.method = 'spearman' AND c.given = '[]' AND p.regime IS NULL)
                            WHEN 'model' THEN (
                                SELECT CASE count(*) WHEN 1 THEN max(v.value) END
                                FROM model m JOIN measurement v ON v.model_id = m.id
                                WHERE m.study_id = p.study_id AND m.variant IS p.variant AND m.seed = p.seed
                                    AND (p.regime IS NULL OR m.regime = p.regime) AND v.measure = p.measure)
                            WHEN 'mean' THEN (
                                SELECT avg(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                                WHERE m.study_id = p.study_id AND m.variant IS NULL
                                    AND (p.regime IS NULL OR m.regime = p.regime) AND v.measure = p.measure)
                            WHEN 'minimum' THEN (
                                SELECT min(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                                WHERE m.study_id = p.study_id AND m.variant IS NULL
                                    AND (p.regime IS NULL OR m.regime = p.regime) AND v.measure = p.measure)
                            WHEN 'maximum' THEN (
                                SELECT max(v.value) FROM model m JOIN measurement v ON v.model_id = m.id
                                WHERE m.study_id = p.study_id AND m.variant IS NULL
                                    AND (p.regime IS NULL OR m.regime = p.regime) AND v.measure = p.measure)
                        END AS measured
                    FROM published p
                );
                """)
    }
}
