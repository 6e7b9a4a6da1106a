"""Queries: what changes something, what is large or endless, and what is composed at random."""

ENDLESSLY = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
MANY = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 100000000)"

FUNCTIONS = """
    spearman spearman_p kendall kendall_p pearson pearson_p partial_spearman median quantile welch_p
""".split()
ARGUMENTS = (
    """
    test_accuracy train_loss weight_norm_l2 seed NULL 1 -1 0 9e999 -9e999 1e308 5e-324 9223372036854775807
    -9223372036854775808 'x' '' '1' x'00ff' zeroblob(1000) label regime random() hyperparameters 0.5 count(*)
    char(27) char(0) NaN position * json('[1]')
""".split()
    + ["test_accuracy * 1e300 * 1e300", "(SELECT 1)", "DISTINCT seed"]
)
TAILS = [
    "",
    "",
    "GROUP BY regime",
    "GROUP BY seed",
    "GROUP BY 1",
    "WHERE 0",
    "LIMIT 0",
    "LIMIT -1",
    "WHERE seed > 3",
    "ORDER BY 1",
    "HAVING 1",
    "GROUP BY status HAVING count(*) > 1",
]
OVERS = [
    "",
    "",
    "",
    " OVER ()",
    " OVER (ORDER BY seed)",
    " OVER (ORDER BY seed ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)",
    " FILTER (WHERE seed > 3)",
    " FILTER (WHERE 0)",
    " OVER (PARTITION BY regime ORDER BY position RANGE UNBOUNDED PRECEDING)",
]
ORDINARY = """
    abs hex quote typeof upper json_extract printf substr replace group_concat total round sum min max instr char
    unicode likely julianday strftime json_each glob like nullif
""".split()

# What would change, make, attach, load or set something.
FORBIDDEN = [
    "INSERT INTO study (name) VALUES ('x')",
    "UPDATE measurement SET value = 1",
    "DELETE FROM model",
    "REPLACE INTO weights VALUES (1, x'00')",
    "DROP TABLE model",
    "DROP VIEW models",
    "CREATE TABLE t (a)",
    "CREATE TEMP TABLE t (a)",
    "CREATE VIEW v AS SELECT 1",
    "CREATE INDEX i ON model (seed)",
    "ALTER TABLE model ADD COLUMN x",
    "ATTACH 'made.sqlite' AS a",
    "ATTACH ':memory:' AS a",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'made.sqlite'",
    "REINDEX",
    "ANALYZE",
    "BEGIN IMMEDIATE",
    "SAVEPOINT s",
    "COMMIT",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA writable_schema = ON",
    "PRAGMA user_version = 7",
    "PRAGMA query_only = OFF",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA optimize",
    "PRAGMA incremental_vacuum",
    "PRAGMA application_id = 1",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA mmap_size = 1000000",
    "PRAGMA trusted_schema = ON",
    "SELECT load_extension('libm.so.6')",
    "SELECT fts3_tokenizer('simple', x'00')",
    "SELECT writefile('made', 'x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT edit('x')",
    "CREATE VIRTUAL TABLE t USING fts5(a)",
    "CREATE TRIGGER t AFTER INSERT ON model BEGIN SELECT 1; END",
    "WITH x AS (SELECT 1) INSERT INTO study (name) SELECT 'x'",
    "SELECT 1; DROP TABLE model",
    "EXPLAIN DELETE FROM model; DELETE FROM model",
    "UPDATE sqlite_master SET sql = ''",
    "DELETE FROM sqlite_sequence",
    "INSERT INTO json_each VALUES (1)",
]
# Small to ask, large to answer: bounded memory, whatever the end.
LARGE = {
    "zeroblob": "SELECT zeroblob(999999999)",
    "randomblob": "SELECT length(randomblob(900000000))",
    "hex": "SELECT hex(zeroblob(499999999))",
    "printf": "SELECT printf('%.*c', 900000000, 'x')",
    "printf-width": "SELECT printf('%900000000d', 1)",
    "replace": "SELECT replace(hex(zeroblob(30000)), '0', hex(zeroblob(8000)))",
    "quote": "SELECT quote(zeroblob(400000000))",
    "group_concat": "SELECT group_concat(hex(zeroblob(10000))) FROM models a, models b, models c",
    "blobs": "SELECT zeroblob(100000000) FROM models",
    "texts": "SELECT printf('%.*c', 30000000, 'x') FROM models",
    "sorted": "SELECT hex(zeroblob(1000000)) AS t FROM models a, models b ORDER BY t",
    "json": "SELECT json_group_array(hex(zeroblob(100000))) FROM models a, models b",
    "rows": "SELECT 1, 2, 3 FROM models a, models b, models c, models d, models e",
    "median": f"{MANY} SELECT median(x) FROM c",
    "spearman": f"{MANY} SELECT spearman(x, -x) FROM c",
    "kendall": f"{MANY} SELECT kendall(x, random()) FROM c",
    "window": f"{MANY} SELECT spearman(x, -x) OVER (ORDER BY x) FROM c",
    "distinct": "WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT count(DISTINCT x) FROM c",
    "endless-rows": f"{ENDLESSLY} SELECT x, hex(zeroblob(1000)) FROM c",
    "endless-sort": f"{ENDLESSLY} SELECT x FROM c ORDER BY -x",
    "long-query": "SELECT " + "1+" * 100_000 + "1",
    "deep-query": "SELECT " + "(" * 100_000 + "1" + ")" * 100_000,
    "many-columns": "SELECT " + ",".join(["1"] * 30_000),
    "many-arguments": f"SELECT partial_spearman({','.join(['seed'] * 127)}) FROM models",
}
ENDLESS = {
    "count": f"{ENDLESSLY} SELECT count(*) FROM c",
    "product": f"SELECT count(*) FROM {', '.join(f'models m{i}' for i in range(9))}",
    "no-rows": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c WHERE x = 2",
}


def composed(draw):
    """A query of random words, right or wrong."""
    columns = [_call(draw) for _ in range(draw.choice([1, 1, 2, 5]))]
    source = draw.choice(
        [
            "models",
            "models",
            "measurement",
            "studies",
            "weights",
            "kept",
            "sqlite_master",
            "models a, models b",
            "json_each('[1,null,\"x\"]')",
            "regime_summary",
            "verdict",
            "pragma_table_info('model')",
        ]
    )
    query = f"SELECT {', '.join(columns)} FROM {source} {draw.choice(TAILS)}"
    if draw.random() < 0.1:
        place = draw.randrange(len(query))
        query = (
            query[:place]
            + draw.choice(["\0", "'", '"', "`", ";", "--", "/*", "\x1b", "\udcff", "(", "🂡"])
            + query[place:]
        )
    return query


def _call(draw, depth=0):
    name = draw.choice(FUNCTIONS * 2 + ORDINARY)
    count = draw.choice([0, 1, 2, 2, 2, 3, 4, 9])
    given = [
        _call(draw, depth + 1) if depth < 2 and draw.random() < 0.1 else draw.choice(ARGUMENTS) for _ in range(count)
    ]
    return f"{name}({', '.join(given)}){draw.choice(OVERS)}"
