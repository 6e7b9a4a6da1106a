"""Running the basin command and reading what it kept."""

import contextlib
import json
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = ROOT / ".build" / "release" / "basin"

# A process's peak memory counts what it shared with its parent before it became another program, and this one holds
# PyTorch. So a small process starts basin, and reads its clock and its memory.
LAUNCHER = """
import json, os, sys, time
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, usage = os.wait4(process, 0)
print(json.dumps({
    "seconds": time.perf_counter() - start, "processor_seconds": usage.ru_utime + usage.ru_stime,
    "peak_kib": usage.ru_maxrss, "status": os.waitstatus_to_exitcode(status)}))
"""


class BasinError(Exception):
    """Basin cannot do what is asked; it said why on standard error."""


@dataclass
class KeptNetwork:
    """One network of a run, as its results file has it."""

    seed: int
    epochs: int
    training_seconds: float
    pair_proxy: int
    pair_proxy_seconds: float
    test_accuracy: float
    weights: bytes


@dataclass
class StudyRun:
    """A whole run: seconds from start to exit, peak memory of the process in MiB."""

    seconds: float
    peak_mib: float
    networks: int


def output(*arguments):
    if not BINARY.exists():
        raise BasinError("there is no .build/release/basin yet: run `make build` first")
    result = subprocess.run([BINARY, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if result.returncode != 0:
        raise BasinError(f"`basin {' '.join(arguments)}` failed with exit status {result.returncode}")
    return result.stdout.strip()


def train_and_solve(study, networks):
    """Runs a study's first networks with one job and a fresh results file.

    Returns the study's specification and the networks.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "fresh.sqlite"
        subset = ["--limit", str(networks), "--measures", "test_accuracy,pair_proxy"]
        output("run", study, "--db", str(database), "--jobs", "1", *subset)
        with sqlite3.connect(database) as connection:
            (specification,) = connection.execute("SELECT specification_json FROM study").fetchone()
            rows = connection.execute(
                """
                SELECT seed, epochs, model.seconds, proxy.value, proxy.seconds, accuracy.value, safetensors
                FROM model
                JOIN measurement AS proxy ON proxy.model_id = model.id AND proxy.measure = 'pair_proxy'
                JOIN measurement AS accuracy ON accuracy.model_id = model.id AND accuracy.measure = 'test_accuracy'
                JOIN weights ON weights.model_id = model.id
                ORDER BY position
                """
            ).fetchall()
        connection.close()
    if len(rows) != networks or any(None in row for row in rows):
        raise BasinError(f"'{study}' has no {networks} trained networks with a test accuracy and a pair proxy")
    return json.loads(specification), [KeptNetwork(*row) for row in rows]


def whole_study(study, jobs):
    """Runs a whole study on a fresh results file: every network, every measure, the correlations."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "fresh.sqlite"
        result = launch("run", study, "--db", str(database), "--jobs", str(jobs))
        ((networks,),) = rows(database, "SELECT count(*) FROM model WHERE status = 'trained'")
    return StudyRun(result["seconds"], result["peak_kib"] / 1024, networks)


def launch(*arguments):
    """Runs basin from a small process: seconds, processor seconds and peak memory."""
    if not BINARY.exists():
        raise BasinError("there is no .build/release/basin yet: run `make build` first")
    launched = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, str(BINARY), *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        check=True)
    result = json.loads(launched.stdout)
    if result["status"] != 0:
        raise BasinError(f"`basin {' '.join(arguments)}` failed with exit status {result['status']}")
    return result


def rows(database, query):
    """What a query finds in a results file, or changes there."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        return connection.execute(query).fetchall()


def measured(study, trained, measure):
    """The status, value and seconds of one measure of a study's last network, taken alone, after those before it by the same process.

    On a copy of the results file in which it was trained: rows are sealed, and none can be taken out to be made again.
    """
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "copy.sqlite"
        with contextlib.closing(sqlite3.connect(trained)) as source, contextlib.closing(sqlite3.connect(database)) as copy:
            source.backup(copy)
        output("run", str(study), "--db", str(database), "--jobs", "1", "--measures", measure)
        ((status, value, seconds),) = rows(
            database,
            f"""
            SELECT measurement.status, value, measurement.seconds FROM measurement JOIN model ON model.id = model_id
            WHERE measure = '{measure}' ORDER BY position DESC LIMIT 1
            """)
    return status, value, seconds


def dataset_folder(name):
    return Path(output("data", "path", name))
