import Definitions
import GRDB
import Measures

/// The views for people. They hold no data, so they are no part of the migrations: whenever the file's definition of
/// one differs from this program's, it is dropped and created anew.
enum Views {
    /// Columns of `models` that are not measures. A measure cannot take one of these names.
    static let modelColumns = MeasureSpecification.reservedColumns

    /// All views with their definitions, in an order in which each uses only those before it.
    ///
    /// - Parameter measures: the columns of `models` after the fixed ones.
    static func definitions(measures: [String]) -> [(name: String, sql: String)] {
        [
            ("studies", studies),
            ("models", models(measures: measures)),
            ("rounding_models", roundingModels(measures: measures)),
            ("snapshots", snapshots(measures: measures)),
            ("regime_summary", regimeSummary),
            ("replication", replication),
            ("verdict", verdict),
            ("claims", claims),
            ("failed", failed),
            ("training_history", trainingHistory),
        ]
    }

    static let names = definitions(measures: []).map(\.name)

    /// Creates or renews those views that the file lacks or defines otherwise.
    static func renew(_ db: Database, addingMeasures added: some Sequence<String> = []) throws {
        let present = try measureColumns(db)
        let measures = (present + added.filter { !present.contains($0) })
        for (name, sql) in definitions(measures: measures) {
            let current = try String.fetchOne(
                db, sql: "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?", arguments: [name])
            if current == sql { continue }
            try db.execute(sql: "DROP VIEW IF EXISTS \(name); \(sql)")
        }
    }

    /// The measures that `models` shows, in the order of their first appearance; where there is no such view yet, those
    /// that were recorded.
    static func measureColumns(_ db: Database) throws -> [String] {
        if try db.viewExists("models") {
            return try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('models')")
                .filter { !modelColumns.contains($0) }
        }
        return try String.fetchAll(db, sql: "SELECT DISTINCT measure FROM measurement ORDER BY measure")
    }

    /// A name as an SQL identifier.
    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A name as an SQL string.
    private static func literal(_ name: String) -> String {
        "'" + name.replacing("'", with: "''") + "'"
    }

    /// Whether the model `m` is, at an earlier position of its study, there already: made of the same specification, or
    /// with the same weights in the end. The same network counts once. Where both are known of two rows of `model`,
    /// `Population` decides by the same rule.
    private static let isRepeat = """
        m.status = 'trained' AND (
            EXISTS (
                SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.digest = m.digest
                    AND e.position < m.position AND e.status = 'trained')
            OR EXISTS (
                SELECT 1 FROM model e WHERE e.study_id = m.study_id AND e.weights_digest = m.weights_digest
                    AND e.position < m.position AND e.status = 'trained' AND e.variant IS NULL AND m.variant IS NULL))
        """

    /// One row a study: its newest version, and how far it is.
    private static let studies = """
        CREATE VIEW studies AS
        SELECT s.name AS study, s.version, s.title, s.target, s.source, s.digest, s.created_at,
            (SELECT count(*) FROM model m
            WHERE m.study_id = s.id AND m.status = 'trained' AND m.variant IS NULL AND NOT (\(isRepeat))) AS trained,
            (SELECT count(*) FROM model m
            WHERE m.study_id = s.id AND m.status = 'trained' AND m.variant IS NOT NULL AND NOT (\(isRepeat)))
                AS variants,
            (SELECT count(*) FROM model m WHERE m.study_id = s.id AND \(isRepeat)) AS repeated,
            (SELECT count(*) FROM model m WHERE m.study_id = s.id AND m.status = 'failed' AND NOT (\(isSnapshot)))
                AS failed,
            s.id AS study_id
        FROM study s
        WHERE s.version = (SELECT max(version) FROM study newest WHERE newest.name = s.name)
            AND \(rounding) = 0
        """

    /// The number of the arithmetic in which the study `s` was trained; 0 for a study as it is. A study in another
    /// arithmetic has the networks of its study once more, which no count and no correlation may take for others.
    ///
    /// `StudyRecord.rounding` by the same rule. JSON functions are none that every SQLite lets a view call; a cast
    /// takes the digits that the text begins with.
    private static let rounding = """
        CASE WHEN s.name GLOB '*-rounding-[1-9]*' AND instr(s.specification_json, '"rounding":') > 0
            THEN CAST(substr(s.specification_json, instr(s.specification_json, '"rounding":') + 11, 9) AS INTEGER)
            ELSE 0 END
        """

    /// One row a network of each study's newest version, its measures as columns; a network that is there at several
    /// positions at the first of them.
    ///
    /// A column is a subquery on the primary key of `measurement`, so a query pays only for the columns that it names.
    private static func models(measures: [String]) -> String {
        """
        CREATE VIEW models AS
        SELECT s.study, s.version, \(ofModel(measures: measures))
        FROM studies s JOIN model m ON m.study_id = s.study_id
        WHERE NOT (\(isRepeat)) AND NOT (\(isSnapshot))
        """
    }

    /// Whether the model `m` is a network on its way: no row of `models`, where every query would count it
    /// (`ModelVariant.epoch(ofSnapshot:)` by the same rule).
    private static let isSnapshot = "m.variant IS NOT NULL AND m.variant GLOB 'epoch [0-9]*'"

    /// The same of networks on their way.
    private static func snapshots(measures: [String]) -> String {
        """
        CREATE VIEW snapshots AS
        SELECT s.study, s.version, CAST(substr(m.variant, 7) AS INTEGER) AS epoch, \(ofModel(measures: measures)),
            (SELECT o.id FROM model o
            WHERE o.study_id = m.study_id AND o.training_digest = m.training_digest AND o.variant IS NULL
            ORDER BY o.position LIMIT 1) AS network_id
        FROM studies s JOIN model m ON m.study_id = s.study_id
        WHERE NOT (\(isRepeat)) AND \(isSnapshot)
        """
    }

    /// The same of each study in another arithmetic.
    private static func roundingModels(measures: [String]) -> String {
        """
        CREATE VIEW rounding_models AS
        SELECT s.name AS study, \(rounding) AS rounding, s.version, \(ofModel(measures: measures))
        FROM study s JOIN model m ON m.study_id = s.id
        WHERE \(rounding) <> 0 AND s.version = (SELECT max(version) FROM study newest WHERE newest.name = s.name)
            AND NOT (\(isRepeat))
        """
    }

    /// What is shown of the model `m`.
    private static func ofModel(measures: [String]) -> String {
        let columns = measures.map { measure in
            """
            ,
                (SELECT value FROM measurement WHERE model_id = m.id AND measure = \(literal(measure))) AS \
            \(quoted(measure))
            """
        }
        return """
            m.position, m.label, m.seed, m.regime, m.variant, m.status, m.reason, m.seconds,
                m.hyperparameters, m.id AS model_id\(columns.joined())
            """
    }

    /// One row an epoch at which something was written down of a network's training; snapshots, which have the
    /// beginning of their network's, are left out.
    private static let trainingHistory = """
        CREATE VIEW training_history AS
        SELECT m.study, m.version, m.position, m.label, m.seed, m.regime, m.hyperparameters, h.epoch,
            \(TrainingHistory.Quantity.allCases.map { "h.\($0.rawValue)" }.joined(separator: ", ")), m.model_id
        FROM models m JOIN history h ON h.model_id = m.model_id
        WHERE m.variant IS NULL
        """

    /// One row a study, regime and measure: how the measure spreads over the networks that have it.
    ///
    /// Variants of a network are no networks of their own here. `sd` divides by n - 1, and is NULL for one network.
    /// Squares are those of differences from the mean, which lose nothing where the spread is small against the mean.
    /// It groups by what it shows, so that SQLite applies a condition on study, regime or measure before it groups.
    private static let regimeSummary = """
        CREATE VIEW regime_summary AS
        SELECT g.study, g.version, g.regime, g.measure, count(*) AS networks, g.mean,
            CASE WHEN count(*) > 1 THEN sqrt(sum((v.value - g.mean) * (v.value - g.mean)) / (count(*) - 1)) END AS sd,
            min(v.value) AS min, max(v.value) AS max
        FROM (
            SELECT s.study_id, s.study, s.version, m.regime, v.measure, avg(v.value) AS mean
            FROM studies s JOIN model m ON m.study_id = s.study_id JOIN measurement v ON v.model_id = m.id
            WHERE m.variant IS NULL AND v.status = 'ok' AND NOT (\(isRepeat))
            GROUP BY s.study, m.regime, v.measure
        ) g
        JOIN model m ON m.study_id = g.study_id AND m.regime IS g.regime AND m.variant IS NULL
        JOIN measurement v ON v.model_id = m.id AND v.measure = g.measure AND v.status = 'ok'
        WHERE NOT (\(isRepeat))
        GROUP BY g.study, g.regime, g.measure
        """

    /// Published beside measured, for each study's newest version, as last found: `Analysis` measures and judges.
    private static let replication = """
        CREATE VIEW replication AS
        SELECT s.study, s.version, p.kind, p.measure, p.target, p.regime, p.seed, p.variant, p.value AS published,
            r.measured, r.measured - p.value AS difference, p.tolerance, r.agrees, p.source
        FROM studies s JOIN published p ON p.study_id = s.study_id LEFT JOIN replicated r ON r.published_id = p.id
        ORDER BY s.study, p.id
        """

    /// What was judged of each measure as a predictor, for each study's newest version, in the order of recording.
    private static let verdict: String = {
        let columns = JudgementRecord.columns.map { column in
            column.shownName == column.name ? "j.\(column.name)" : "j.\(column.name) AS \(column.shownName)"
        }
        let former = JudgementRecord.formerNames.map { "j.\($0.0)" }
        return """
            CREATE VIEW verdict AS
            SELECT s.study, s.version, \((columns + former).joined(separator: ", "))
            FROM studies s JOIN judgement j ON j.study_id = s.study_id
            ORDER BY s.study, j.target, j.place
            """
    }()

    /// What each study's newest version claims, beside what was measured, in the order of its file.
    private static let claims = """
        CREATE VIEW claims AS
        SELECT s.study, s.version, c.claim, c.origin, c.statistic, c.measure, c.over, c.selection, c.expected, \
        c.tolerance,
            c.at_least, c.at_most, c.measured, c.standard_error, c.n, c.agrees, c.reason, c.limitation
        FROM studies s JOIN claimed c ON c.study_id = s.study_id
        ORDER BY s.study, c.place
        """

    /// What has no value in each study's newest version: models that failed (measure NULL), also those that were tried
    /// again since, and measurements. `recovered` is 1 where a later try succeeded.
    private static let failed = """
        CREATE VIEW failed AS
        SELECT s.study, s.version, m.position, m.label, NULL AS measure, m.status, m.reason, 0 AS recovered
        FROM studies s JOIN model m ON m.study_id = s.study_id
        WHERE m.status = 'failed' AND NOT (\(isSnapshot))
        UNION ALL
        SELECT s.study, s.version, f.position, f.label, NULL, 'failed', f.reason,
            EXISTS (
                SELECT 1 FROM model m WHERE m.study_id = f.study_id AND m.position = f.position AND m.status = \
        'trained')
        FROM studies s JOIN earlier_failure f ON f.study_id = s.study_id
        UNION ALL
        SELECT s.study, s.version, m.position, m.label, v.measure, v.status, v.reason, 0
        FROM studies s JOIN model m ON m.study_id = s.study_id JOIN measurement v ON v.model_id = m.id
        WHERE v.status <> 'ok' AND NOT (\(isRepeat)) AND NOT (\(isSnapshot))
        """
}
