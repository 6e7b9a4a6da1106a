"""Results files: what they hold, free of when and where it was computed."""

import contextlib
import hashlib
import sqlite3


@contextlib.contextmanager
def opened(path, *, is_read_only=True):
    """A connection that is closed at the end, and for writing commits first."""
    mode = "ro" if is_read_only else "rw"
    connection = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=10)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def is_about_the_work(table, column):
    """Columns that tell when, where and how fast something was computed, and take part in no result.

    `seconds` and `…_at`: the clock. All of `run` but its keys and the digests of its data: a record of the process and
    of the machine, which reports quote. Damage there may change what is quoted.
    """
    if column == "seconds" or column.endswith("_at"):
        return True
    return table == "run" and column not in ("id", "study_id", "dataset_digests")


def columns(connection, table):
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def tables(connection):
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(name for (name,) in found)


# Rows that come in any order, named by the plan instead of by their numbers.
_PLANNED = {
    "model": """
        SELECT s.name, s.version, m.position, m.label, m.digest, m.training_digest, m.seed, m.regime, m.variant,
            m.hyperparameters, m.status, m.reason, m.epochs
        FROM model m JOIN study s ON s.id = m.study_id ORDER BY 1, 2, 3""",
    "weights": """
        SELECT s.name, s.version, m.position, w.safetensors FROM weights w JOIN model m ON m.id = w.model_id
        JOIN study s ON s.id = m.study_id ORDER BY 1, 2, 3""",
    "measurement": """
        SELECT s.name, s.version, m.position, x.measure, x.value, x.standard_error, x.effort, x.status, x.reason,
            x.detail
        FROM measurement x JOIN model m ON m.id = x.model_id JOIN study s ON s.id = m.study_id ORDER BY 1, 2, 3, 4""",
    "kept": """
        SELECT s.name, s.version, m.position, k.measure, k.data FROM kept k JOIN model m ON m.id = k.model_id
        JOIN study s ON s.id = m.study_id ORDER BY 1, 2, 3, 4""",
    "correlation": """
        SELECT s.name, s.version, c.measure, c.target, c.method, c.given, c.estimate, c.p_value, c.interval_low,
            c.interval_high, c.n, c.status, c.reason
        FROM correlation c JOIN study s ON s.id = c.study_id ORDER BY 1, 2, 3, 4, 5, 6""",
    "judgement": """
        SELECT s.name, s.version, j.target, j.place, j.measure, j.verdict, j.estimate, j.p_value, j.p_corrected,
            j.sentence
        FROM judgement j JOIN study s ON s.id = j.study_id ORDER BY 1, 2, 3, 4""",
}


def content(path):
    """Everything that a study found, at full precision and in the order of the plan, by table."""
    with opened(path) as connection:
        return {name: connection.execute(query).fetchall() for name, query in _PLANNED.items()}


def digest(found):
    """SHA-256 of a content."""
    return hashlib.sha256(repr(found).encode()).hexdigest()


def dump(path, *, with_work=False):
    """Every value of every table, row for row; None where SQLite cannot read them all."""
    try:
        with opened(path) as connection:
            return {
                table: sorted(
                    repr(
                        [
                            value
                            for column, value in zip(columns(connection, table), row)
                            if with_work or not is_about_the_work(table, column)
                        ]
                    )
                    for row in connection.execute(f'SELECT * FROM "{table}"')
                )
                for table in tables(connection)
            }
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def compare(case, path, expected, kinds):
    """Notes how the content of a finished file differs from that of an undisturbed run.

    `kinds` are what a lost network and another number count as.
    """
    lost, silent = kinds
    try:
        found = content(path)
    except sqlite3.Error as error:
        return case.found(silent, f"{path.name} cannot be read: {error}")
    planned, there = ([row[:3] for row in rows["model"]] for rows in (expected, found))
    if planned != there:
        missing, surplus = len(set(planned) - set(there)), len(there) - len(set(there) & set(planned))
        return case.found(lost, f"{len(there)} networks of {len(planned)}: {missing} lost, {surplus} too many")
    for name, rows in expected.items():
        if rows != found[name]:
            different = sum(a != b for a, b in zip(rows, found[name])) + abs(len(rows) - len(found[name]))
            return case.found(silent, f"{different} rows of '{name}' are not those of an undisturbed run")
    return None


def fold_log(path):
    """Moves what is in the write-ahead log into the file, so that it can be copied alone."""
    with opened(path, is_read_only=False) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
