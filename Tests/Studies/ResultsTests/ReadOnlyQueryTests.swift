import Foundation
import Results
import SQLFunctions
import Testing

@Suite struct ReadOnlyQueryTests {
    @Test("Values come back with their kinds, columns with SQLite's names")
    func values() throws {
        let toy = try Toy()
        let result = try ReadOnlyQuery(
            "SELECT 1 AS one, 0.5 AS half, 'ä' AS text, x'00ff' AS bytes, NULL AS missing, 2 AS one; -- a remark",
            at: toy.store.path)
        #expect(result.columns == ["one", "half", "text", "bytes", "missing", "one"])
        #expect(result.rows == [[.integer(1), .real(0.5), .text("ä"), .blob([0, 255]), .null, .integer(2)]])
    }

    @Test("A query without rows still has its columns")
    func noRows() throws {
        let toy = try Toy()
        let result = try ReadOnlyQuery("SELECT seed, label FROM models", at: toy.store.path)
        #expect(result.columns == ["seed", "label"])
        #expect(result.rows.isEmpty)
    }

    @Test("A query sees what a store that is still open has committed")
    func besideWriter() throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 894])
        #expect(try ReadOnlyQuery("SELECT pair_proxy FROM models", at: toy.store.path).rows == [[.real(894)]])
    }

    @Test(
        "Reading works: joins, recursion, JSON, functions, EXPLAIN and pragmas that describe",
        arguments: [
            "SELECT count(*) FROM model m JOIN study s ON s.id = m.study_id",
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT sum(i) FROM n",
            "SELECT value FROM json_each('[1, 2]') ORDER BY value DESC",
            "SELECT json_extract(hyperparameters, '$.learning_rate') FROM models",
            "SELECT name FROM pragma_table_info('models')",
            "EXPLAIN QUERY PLAN SELECT * FROM models",
            "PRAGMA table_info(models)",
            "PRAGMA user_version",
            "PRAGMA journal_mode",
            "VALUES (1), (2)",
        ])
    func reading(sql: String) throws {
        let toy = try Toy()
        try toy.add(0)
        #expect(throws: Never.self) { try ReadOnlyQuery(sql, at: toy.store.path) }
    }

    @Test(
        "No statement changes the file or makes another",
        arguments: [
            "DELETE FROM model", "UPDATE sqlite_master SET sql = ''", "UPDATE study SET title = 'x'",
            "INSERT INTO study DEFAULT VALUES", "DROP TABLE weights",
            "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "CREATE TEMP VIEW v AS SELECT 1",
            "ALTER TABLE model ADD COLUMN x",
            "ATTACH 'other.sqlite' AS other", "ATTACH ':memory:' AS other", "DETACH main", "VACUUM",
            "VACUUM INTO 'copy.sqlite'", "REINDEX", "ANALYZE",
            "BEGIN", "BEGIN IMMEDIATE", "SAVEPOINT s", "PRAGMA user_version = 7", "PRAGMA journal_mode = DELETE",
            "PRAGMA query_only = OFF", "PRAGMA wal_checkpoint", "PRAGMA optimize", "PRAGMA temp_store_directory = '/'",
            "PRAGMA writable_schema = ON", "SELECT load_extension('anything')",
            "WITH x AS (SELECT 1) DELETE FROM model",
            "CREATE VIRTUAL TABLE t USING fts5(x)",
        ])
    func notReading(sql: String) throws {
        let toy = try Toy()
        try toy.add(0)
        let path = toy.store.path
        let before = try (
            toy.folder.names(), ReadOnlyQuery("SELECT * FROM study, model", at: path),
            Data(contentsOf: URL(fileURLWithPath: path))
        )
        #expect(throws: QueryError.self) { try ReadOnlyQuery(sql, at: path) }
        #expect(try toy.folder.names() == before.0)
        #expect(try ReadOnlyQuery("SELECT * FROM study, model", at: path) == before.1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before.2)
    }

    @Test("Functions that were offered may be called, as the statistics")
    func functions() throws {
        ConnectionFunctions.offer { registerSQLFunctions($0, $1, $2) }
        let toy = try Toy()
        for (position, (a, b)) in [(1.0, 2.0), (2, 1), (3, 5), (4, 4)].enumerated() {
            try toy.add(position, ["a": a, "b": b])
        }
        let row = try ReadOnlyQuery("SELECT kendall_p(a, b), median(b), spearman(a, 1) FROM models", at: toy.store.path)
            .rows[0]
        #expect(row == [.real(0.75), .real(3), .null])
        let error = #expect(throws: QueryError.self) {
            try ReadOnlyQuery("SELECT median(label) FROM models", at: toy.store.path)
        }
        #expect(error?.description == "SQLite: median(x): argument 1 is 'seed 0', which is no number.")
    }

    @Test("A stop that is asked for ends a query that would not end")
    func stopped() throws {
        let toy = try Toy()
        let stop = QueryStop()
        stop.request()
        let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        #expect(throws: QueryInterrupted.self) { try ReadOnlyQuery(endless, at: toy.store.path, stop: stop) }
    }

    @Test("The refusal says what to use instead")
    func refusal() throws {
        let toy = try Toy()
        let error = #expect(throws: QueryError.self) { try ReadOnlyQuery("DELETE FROM model", at: toy.store.path) }
        #expect(error == .notReading)
        #expect(error?.description.contains("use SELECT") == true)
    }

    @Test(
        "A second statement is named, an empty query refused",
        arguments: [
            ("SELECT 1; SELECT 2", QueryError.severalStatements(second: "SELECT 2")),
            ("SELECT 1; DROP TABLE model;", .severalStatements(second: "DROP TABLE model;")),
            ("SELECT 1; nonsense", .severalStatements(second: "nonsense")),
            ("", .empty), ("  -- nothing\n", .empty), (";", .empty),
        ])
    func statements(sql: String, expected: QueryError) throws {
        let toy = try Toy()
        let error = #expect(throws: QueryError.self) { try ReadOnlyQuery(sql, at: toy.store.path) }
        #expect(error == expected)
    }

    @Test(
        "SQLite's message is passed on, with the nearest name where a name is unknown",
        arguments: [
            ("SELECT pair_prxy FROM models", "SQLite: no such column: pair_prxy. Did you mean 'pair_proxy'?"),
            ("SELECT m.pair_prxy FROM models m", "SQLite: no such column: m.pair_prxy. Did you mean 'pair_proxy'?"),
            ("SELECT * FROM modles", "SQLite: no such table: modles. Did you mean 'models'?"),
            (
                "SELECT xyzzy_plugh FROM models",
                "SQLite: no such column: xyzzy_plugh. The columns of a table or view: PRAGMA table_info(models)."
            ),
            ("SELEC 1", "SQLite: near \"SELEC\": syntax error."),
            ("SELECT lenght('a')", "SQLite: no such function: lenght. Did you mean 'length'?"),
        ])
    func messages(sql: String, expected: String) throws {
        let toy = try Toy()
        try toy.add(0, ["pair_proxy": 1])
        let error = #expect(throws: QueryError.self) { try ReadOnlyQuery(sql, at: toy.store.path) }
        #expect(error?.description == expected)
    }

    @Test(
        "A misspelt name in double quotes is no text: it is refused, with the nearest name of the tables asked",
        arguments: [
            (#"SELECT "test_acuracy" > 0.99 FROM models"#, "test_accuracy"),
            (#"SELECT count(*) FROM models GROUP BY "regimee""#, "regime"),
            (#"SELECT m."labl" FROM models AS m"#, "label"), ("SELECT heartbeat FROM run", "heartbeat_at"),
            ("SELECT titel FROM study s JOIN model m ON m.study_id = s.id", "title"),
        ])
    func quoted(sql: String, name: String) throws {
        let toy = try Toy()
        try toy.add(0, ["test_accuracy": 0.5])
        let error = #expect(throws: QueryError.self) { try ReadOnlyQuery(sql, at: toy.store.path) }
        #expect(error?.description.contains("Did you mean '\(name)'?") == true, "\(error as Any)")
    }

    @Test("A text in double quotes is told the quotes that texts take")
    func textInDoubleQuotes() throws {
        let toy = try Toy()
        let error = #expect(throws: QueryError.self) {
            try ReadOnlyQuery(#"SELECT * FROM models WHERE label = "seed 0""#, at: toy.store.path)
        }
        #expect(error?.description.hasSuffix("A text stands in single quotes: 'seed 0'.") == true)
    }

    @Test(
        "Statements that would change a view are told what is allowed, as all others",
        arguments: [
            "DELETE FROM models", "UPDATE models SET label = 'x'", "INSERT INTO studies VALUES (1)",
        ])
    func views(sql: String) throws {
        let toy = try Toy()
        #expect(throws: QueryError.notReading) { try ReadOnlyQuery(sql, at: toy.store.path) }
    }

    @Test(
        "What would take more memory than a query may is refused",
        arguments: [
            "SELECT zeroblob(999999999)", "SELECT length(zeroblob(999999999))", "SELECT hex(zeroblob(60000000))",
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x, x, x, x, x, x, x, x FROM c",
            "WITH RECURSIVE c (x) AS (SELECT zeroblob(9000000) UNION ALL SELECT x FROM c) SELECT x FROM c",
        ])
    func large(sql: String) throws {
        let toy = try Toy()
        #expect(throws: QueryError.self) { try ReadOnlyQuery(sql, at: toy.store.path) }
        // The limit ends with the query.
        #expect(
            try ReadOnlyQuery("SELECT length(hex(zeroblob(10000000)))", at: toy.store.path).rows == [
                [.integer(20_000_000)]
            ])
    }

    @Test("A query leaves one file behind, as it found it")
    func leavesNoLog() throws {
        let toy = try Toy()
        let path = toy.store.path
        try toy.store.close()
        #expect(try toy.folder.names() == ["basin.sqlite"])
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        _ = try ReadOnlyQuery("SELECT * FROM study", at: path)
        #expect(try toy.folder.names() == ["basin.sqlite"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A file that is not there is not made")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ResultsError.missing(path: folder.path())) { try ReadOnlyQuery("SELECT 1", at: folder.path()) }
        #expect(try folder.names() == [])
    }
}
