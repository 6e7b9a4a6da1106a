"""Damaged results files: the answer is that of the undamaged file, or a sentence; never another answer in silence.

Every column of every table is set to every type, weights get other headers, and bytes and pages of the file change.
"""

import functools
import random
import signal
import sqlite3
import time

from drilling import results, synthetic
from drilling.campaigns.kills import counted, wait_until
from drilling.cases import LOST, SILENT
from drilling.mutations import PAGES
from drilling.weights import WEIGHTS

STUDY = "everything"
COMPARED = ["pair_proxy", "hutch", "weight_norm_l2"]
VIEWS = ["studies", "models", "regime_summary", "replication", "verdict", "claims", "failed"]

# What reads which table. `run` and `measure` come last: they write.
READERS = {
    "study": ["correlate", "verdict", "report", "models", "studies", "run"],
    "run": ["report", "run"],
    "model": ["correlate", "verdict", "report", "robustness", "models", "run", "measure"],
    "weights": ["measure"],
    "measurement": ["correlate", "verdict", "report", "robustness", "compare", "models", "run"],
    "correlation": ["report", "run"],
    "judgement": ["report", "verdict view", "run"],
    "published": ["report", "replication", "run"],
    "replicated": ["report", "replication", "run"],
    "figure": ["report", "run"],
    "claimed": ["report", "claims", "run"],
    "kept": ["run", "measure"],
    "earlier_failure": ["failed", "run"],
    "checkpoint": ["run"],
    "claim": ["run"],
}
ALL_READERS = ["correlate", "verdict", "report", "robustness", "compare", "models", "run", "measure"]
UNDER_WAY = ("checkpoint", "claim")


class Ground:
    """A finished results file, one of a study under way, and what every command answers on the undamaged one."""

    def __init__(self, drill, folder):
        self.drill = drill
        self.folder = folder
        self.data = folder / "data"
        self.long = folder / "long.yml"
        synthetic.write_images(self.data / "drilled", synthetic.images(training=60, test=30))
        for name, text in [("everything", synthetic.EVERYTHING), ("diverging", synthetic.DIVERGING)]:
            (folder / f"{name}.yml").write_text(text)
        self.finished = folder / "finished.sqlite"
        for words in (["everything.yml"], ["diverging.yml"], ["diverging.yml", "--retry-failed"]):
            drill.run("run", *words, "--data", self.data, "--db", self.finished, folder=folder)
        results.fold_log(self.finished)
        self.content = results.content(self.finished)
        self.has_check = b"\n  check " in drill.run("--help", folder=folder).stdout
        # Answers that two undamaged runs share.
        self.answers = {reader: self._answer(reader) for reader in [*VIEWS, "verdict view", *ALL_READERS]}
        # The last of them has left the numbers that it takes of the weights.
        self.measured = measured(folder / "copy.sqlite")
        self._run_long()

    def _answer(self, reader):
        path = self.folder / "copy.sqlite"
        path.write_bytes(self.finished.read_bytes())
        self.drill.run(*self.command(reader, path), folder=self.folder)
        return self.drill.run(*self.command(reader, path), folder=self.folder).stdout

    def _run_long(self):
        """A network that trains for longer than the two seconds after which it is kept, however fast the machine is."""
        self.under_way = self.folder / "under-way.sqlite"
        epochs, seconds = 40_000, 0
        while seconds < 2.8:
            path = self.folder / f"complete-{epochs}.sqlite"
            self.long.write_text(synthetic.study("long", seeds="0", epochs=epochs, points=60, hidden=(16, 8)))
            began = time.monotonic()
            self.drill.run(*self.command("run long", path), folder=self.folder)
            seconds = time.monotonic() - began
            epochs *= 2
        self.long_content = results.content(path)

    def interrupt(self, case):
        """Makes the file of the study under way: interrupted, so that there is a checkpoint; then killed, so that a run
        holds the position."""
        for seconds in (2.2, 2.5, 2.8, 3.5):
            self.under_way.unlink(missing_ok=True)
            self._signal(case, seconds, signal.SIGTERM)
            if counted(self.under_way, "SELECT count(*) FROM checkpoint") == 1:
                break
        else:
            raise RuntimeError("a run that was interrupted after two seconds and more left no checkpoint")
        self._signal(case, 0.1, signal.SIGKILL)
        results.fold_log(self.under_way)
        return self.under_way

    def _signal(self, case, seconds, number):
        process = case.start(*self.command("run long", self.under_way))
        wait_until(lambda: counted(self.under_way, "SELECT count(*) FROM claim") == 1, process)
        time.sleep(seconds)
        process.send(number)
        case.finish(process)

    def command(self, reader, path):
        """The command line of a reader, on a results file."""
        if reader in VIEWS or reader == "verdict view":
            name = reader if reader != "verdict view" else "verdict"
            order = "" if reader == "models" else " ORDER BY 1, 2, 3, 4, 5"
            return ["sql", f"SELECT * FROM {name}{order}", "--db", path]
        return {
            "correlate": ["correlate", STUDY, "--db", path],
            "verdict": ["verdict", STUDY, "--db", path],
            "report": ["report", STUDY, "--format", "terminal", "--db", path],
            "robustness": ["robustness", STUDY, "--db", path],
            "compare": ["compare", STUDY, *COMPARED, "--db", path],
            "run": ["run", self.folder / "everything.yml", "--data", self.data, "--db", path, "--jobs", "1"],
            "run long": ["run", self.long, "--data", self.data, "--db", path, "--jobs", "1"],
            "measure": [
                "measure",
                self.folder / "everything.yml",
                "--data",
                self.data,
                "--db",
                path,
                "--jobs",
                "1",
                "--measures",
                "train_loss,activation_patterns",
            ],
        }[reader]


def ground(drill):
    return drill.shared("damage", functools.partial(Ground, drill))


def read_all(case, path, readers, *, is_free=False):
    """Runs the readers on a damaged file. `is_free`: what they say may differ, as the damage is to no result."""
    shared = ground(case.drill)
    for reader in readers:
        outcome = case.basin(*shared.command(reader, path))
        if is_free or reader in ("run", "measure"):
            case.expect_end(outcome)
        else:
            case.expect_same(outcome, shared.answers[reader], reader)
        if reader == "run" and outcome.status == 0 and not is_free and not _is_found_later(case, path):
            results.compare(case, path, shared.content, (LOST, SILENT))
        if reader == "measure" and outcome.status == 0 and not is_free:
            _compare_measured(case, path)


def _is_found_later(case, path):
    """Whether a file still does not verify: a run reads no more than it needs, and may leave damage to who reads it."""
    return ground(case.drill).has_check and case.basin("check", "--db", path).status in (1, 2)


def _compare_measured(case, path):
    """What `measure` took of weights has to be what it takes of undamaged ones."""
    expected, found = ground(case.drill).measured, measured(path)
    if found != expected:
        different = len(set(expected) ^ set(found))
        case.found(SILENT, f"'measure' took other numbers of damaged weights: {different} rows differ")


def measured(path):
    """What `measure` took, whichever networks it stands beside: who holds a wrong place is not its affair."""
    columns = "measure, value, standard_error, effort, status, reason, detail"
    try:
        with results.opened(path) as connection:
            rows = connection.execute(
                f"SELECT {columns} FROM measurement WHERE measure IN ('train_loss', 'activation_patterns')"
            ).fetchall()
    except sqlite3.Error as error:
        rows = [str(error)]
    return sorted(map(repr, rows))


def check(case, path, damage):
    """`basin check` finds each damage to a value."""
    if ground(case.drill).has_check:
        case.expect_refusal(case.basin("check", "--db", path), f"{damage} was changed")


# One value at a time


def nearly(value):
    """The same kind of value, a little different: the damage that no type gives away."""
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value * 1.01 + 1e-6
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1]) if value else b"x"
    return value[:-1] + ("x" if value[-1:] != "x" else "y")


VALUES = {
    "nearly": nearly,
    "null": None,
    "integer": 7,
    "negative": -1,
    "greatest": 2**63 - 1,
    "real": 0.123,
    "infinite": float("inf"),
    "nan-text": "NaN",
    "empty": "",
    "blob": b"\0\xff\xfe",
    "escape": "\x1b[31m]0;x\x07",
    "huge": "x" * 1_000_000,
    "huge-number": 1.7e308,
}


def relaxed(sql, column):
    """A table's definition without whatever keeps a value of another type out of a column; keys stay."""
    head, _, rest = sql.partition("(")
    body, _, options = rest.rpartition(")")
    parts = []
    for part in _split(body):
        words = part.split()
        if words[0] == column and "PRIMARY KEY" not in part:
            _, keyword, reference = part.partition(" REFERENCES")
            part = column + keyword + reference
        parts.append(part.strip())
    return f"{head}({', '.join(parts)}){'WITHOUT ROWID' if 'WITHOUT ROWID' in options else ''}"


def _split(body):
    """The parts of a definition: split at the commas that stand in no parentheses."""
    parts, depth = [""], 0
    for sign in body:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def set_value(path, table, column, value, draw):
    """Sets one value in a random row, past types and checks; returns whether the file now holds another."""
    with results.opened(path, is_read_only=False) as connection:
        definition = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", [table]).fetchone()[0]
        _define(connection, table, relaxed(definition, column))
    with results.opened(path, is_read_only=False) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        keys = _keys(connection, table)
        rows = connection.execute(f'SELECT {", ".join(keys)}, "{column}" FROM "{table}" ORDER BY 1').fetchall()
        if not rows:
            # Nothing that could be damaged: the drill's studies have no row of this table.
            _define(connection, table, definition)
            return False
        *key, before = draw.choice(rows)
        after = value(before) if callable(value) else value
        try:
            connection.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE ' + " AND ".join(f"{name} IS ?" for name in keys),
                [after, *key],
            )
        except (sqlite3.Error, OverflowError):
            after = before  # A key takes integers only, and no value twice.
        connection.commit()
        _define(connection, table, definition)
    with results.opened(path, is_read_only=False) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (type(before), before) != (type(after), after)


def _define(connection, table, definition):
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", [definition, table])
    connection.commit()
    connection.execute("PRAGMA writable_schema = RESET")


def _keys(connection, table):
    found = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[5]]
    return [f'"{name}"' for name in found]


def damaged_value(table, column, kind, case):
    """One value of a finished file is another, and every command that reads its table is run."""
    path = case.folder / "r.sqlite"
    path.write_bytes(ground(case.drill).finished.read_bytes())
    if not set_value(path, table, column, VALUES[kind], case.random):
        return
    is_free = results.is_about_the_work(table, column)
    if not is_free:
        check(case, path, f"{table}.{column}")
    readers = READERS.get(table, ALL_READERS)
    if not case.drill.is_full:
        readers = sorted(case.random.sample(readers, min(4, len(readers))), key=readers.index)
    read_all(case, path, readers, is_free=is_free)


def damaged_under_way(table, column, kind, case):
    """The same in a file whose run was broken off: the next run goes on, or says why not."""
    shared = ground(case.drill)
    undamaged = case.drill.shared("under-way", lambda folder: shared.interrupt(case))
    path = case.folder / "r.sqlite"
    path.write_bytes(undamaged.read_bytes())
    if not set_value(path, table, column, VALUES[kind], case.random):
        return
    outcome = case.basin(*shared.command("run long", path), limit=40)
    case.expect_end(outcome)
    if outcome.status == 0:
        results.compare(case, path, shared.long_content, (LOST, SILENT))


def damaged_weights(mutate, case):
    """The weights of one network are a file of another one, or none."""
    path = case.folder / "r.sqlite"
    path.write_bytes(ground(case.drill).finished.read_bytes())
    with results.opened(path, is_read_only=False) as connection:
        key, blob = case.random.choice(
            connection.execute(
                "SELECT w.model_id, w.safetensors FROM weights w JOIN model m ON m.id = w.model_id "
                "JOIN study s ON s.id = m.study_id WHERE s.name = ? ORDER BY 1",
                [STUDY],
            ).fetchall()
        )
        connection.execute("UPDATE weights SET safetensors = ? WHERE model_id = ?", [mutate(case.random, blob), key])
    results.fold_log(path)
    check(case, path, "weights.safetensors")
    read_all(case, path, ["measure"])


def damaged_bytes(mutate, case):
    """Bytes of the file change, as a bad disk or an editor changes them."""
    shared = ground(case.drill)
    path = case.folder / "r.sqlite"
    path.write_bytes(mutate(case.random, shared.finished.read_bytes()))
    before, after = (results.dump(file, with_work=True) for file in (shared.finished, path))
    is_free = after is not None and before != after and results.dump(path) == results.dump(shared.finished)
    if after != before and not is_free:
        check(case, path, "a value")
    readers = ["models", *case.random.sample(ALL_READERS[:5], 2), case.random.choice(["run", "measure"])]
    read_all(case, path, readers, is_free=is_free)


def damaged_log(case):
    """A write-ahead log, or a journal, that belongs to another file or to none."""
    path = case.folder / "r.sqlite"
    content = ground(case.drill).finished.read_bytes()
    path.write_bytes(content)
    suffix = case.random.choice(["-wal", "-wal", "-shm", "-journal"])
    log = case.random.choice(
        [case.random.randbytes(5000), bytes(40_000), content, b"\x37\x7f\x06\x82" + content[4:9000]]
    )
    path.with_name(path.name + suffix).write_bytes(log)
    read_all(case, path, ["correlate", "models", "run"])


def undamaged(case):
    """The fence against a drill that cannot pass: on the file as it was, everything has to be well."""
    path = case.folder / "r.sqlite"
    path.write_bytes(ground(case.drill).finished.read_bytes())
    if ground(case.drill).has_check:
        case.expect_end(case.basin("check", "--db", path), statuses=(0,))
    for reader in [*VIEWS, *ALL_READERS]:
        outcome = case.basin(*ground(case.drill).command(reader, path))
        case.expect_end(outcome, statuses=(0,))
        if reader not in ("run", "measure"):
            case.expect_same(outcome, ground(case.drill).answers[reader], reader)


def _chosen_kinds(drill, draw, table):
    """At full size all; else one, and for what every result is made of also the one that no type gives away."""
    if drill.is_full:
        return list(VALUES)
    other = draw.choice([kind for kind in VALUES if kind != "nearly"])
    return ["nearly", other] if table in ("model", "measurement") else [draw.choice(["nearly", other])]


def cases(drill):
    draw = random.Random(f"{drill.seed}/damage")
    yield "undamaged", undamaged
    shared = ground(drill)
    with results.opened(shared.finished) as connection:
        for table in results.tables(connection):
            for column in results.columns(connection, table):
                for kind in _chosen_kinds(drill, draw, table):
                    attack = damaged_under_way if table in UNDER_WAY else damaged_value
                    yield f"{table}.{column}-{kind}", functools.partial(attack, table, column, kind)
    for number in range(drill.count(33, 1800)):
        mutate = WEIGHTS[number % len(WEIGHTS)]
        yield f"weights-{number:04}", functools.partial(damaged_weights, mutate)
    for number in range(drill.count(30, 2000)):
        yield f"bytes-{number:04}", functools.partial(damaged_bytes, PAGES[number % len(PAGES)])
    for number in range(drill.count(4, 40)):
        yield f"log-{number:02}", damaged_log
