"""Runs that are killed, stopped, doubled, or robbed of their results file, and begun again until they are done.

At the end the file holds every network of the plan once, and every weight and number is that of an undisturbed run.
"""

import functools
import os
import shutil
import signal
import sqlite3
import time

from drilling import results, synthetic
from drilling.cases import LOST, SILENT

KILLS_A_STUDY = 5
SIGNALS = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
# How a run may end that was asked to: interrupted, or finished before the signal came.
ASKED_TO_END = (0, 130)
# Seconds after which a silent run of another machine counts as dead.
HEARTBEAT_LIMIT = 120
# Runs a command as if on another machine; root only.
ELSEWHERE = ["unshare", "--uts", "/bin/sh", "-c", 'hostname elsewhere && exec "$@"', "sh"]
# A network that has trained for two seconds is kept; a bit more, as a loaded machine is late.
SECONDS_UNTIL_KEPT = 3.0


class Ground:
    """A study file with its data, and what an undisturbed run of it finds."""

    def __init__(self, drill, folder, text):
        self.data = folder / "data"
        self.study = folder / "study.yml"
        synthetic.write_images(self.data / "drilled", synthetic.images())
        self.study.write_text(text)
        path = folder / "undisturbed.sqlite"
        began = time.monotonic()
        drill.run(*self.command(path), folder=folder)
        self.seconds = time.monotonic() - began
        self.expected = results.content(path)
        self.networks = len(self.expected["model"])

    def command(self, path, jobs=2):
        return ["run", self.study, "--data", self.data, "--db", path, "--jobs", str(jobs)]


def short_networks(drill):
    """Sixty networks of some 30 ms."""
    text = synthetic.study(
        "short", seeds="0-59", epochs=300, measures=["test_accuracy", "train_loss", "pair_proxy", "ensemble_agreement"]
    )
    return drill.shared("short-networks", lambda folder: Ground(drill, folder, text))


def long_networks(drill):
    """Two networks of some 9 s, at work side by side."""
    text = synthetic.study("long", seeds="0-1", epochs=drill.count(40_000, 80_000), points=200, hidden=(16, 8))
    return drill.shared("long-networks", lambda folder: Ground(drill, folder, text))


def counted(path, query):
    """A number from a results file that others write to; 0 while it is not there."""
    try:
        with results.opened(path) as connection:
            return connection.execute(query).fetchone()[0]
    except sqlite3.Error:
        return 0


def wait_until(condition, process, seconds=15):
    """Whether the condition came true while the process ran."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.is_running:
        if condition():
            return True
        time.sleep(0.02)
    return False


def complete(case, ground, path):
    """Runs the study to its end and holds the file against the undisturbed one."""
    outcome = case.basin(*ground.command(path), limit=60)
    case.expect_end(outcome, statuses=(0,))
    results.compare(case, path, ground.expected, (LOST, SILENT))


def killed(case):
    """One study, ended five times at random moments, by a random signal or by two."""
    ground = short_networks(case.drill)
    path = case.folder / "r.sqlite"
    cut_off = 0
    for _ in range(KILLS_A_STUDY):
        process = case.start(*ground.command(path))
        time.sleep(case.random.uniform(0.02, 0.1 + ground.seconds / 3))
        number = case.random.choice(SIGNALS)
        process.send(number)
        if case.random.random() < 0.2:
            time.sleep(case.random.uniform(0, 0.05))
            process.send(number)
        outcome = case.finish(process)
        cut_off += outcome.status != 0
        if outcome.status != -number:
            case.expect_end(outcome, ASKED_TO_END)
    if cut_off == 0:
        raise RuntimeError("every run was over before its signal came")
    complete(case, ground, path)


def checkpointed(case):
    """Long networks: whichever way a run is asked to end, it saves how far they are, and the next goes on."""
    ground = long_networks(case.drill)
    path = case.folder / "r.sqlite"
    ways = [
        ("SIGHUP", [signal.SIGHUP]),
        ("SIGINT", [signal.SIGINT]),
        ("two SIGTERM", [signal.SIGTERM] * 2),
        ("SIGTERM", [signal.SIGTERM]),
    ]
    for name, numbers in ways[: case.drill.count(3, 4)]:
        before = counted(path, "SELECT coalesce(sum(epochs), 0) FROM checkpoint")
        process = case.start(*ground.command(path))
        if not wait_until(lambda: counted(path, "SELECT count(*) FROM claim") == 2, process):
            case.finish(process)
            break
        time.sleep(SECONDS_UNTIL_KEPT)
        finished = counted(path, "SELECT count(*) FROM model")
        for number in numbers:
            process.send(number)
            time.sleep(0.05)
        outcome = case.finish(process)
        if outcome.status == 0:
            break
        saved = counted(path, "SELECT count(*) FROM checkpoint") + counted(path, "SELECT count(*) FROM model")
        after = counted(path, "SELECT coalesce(sum(epochs), 0) FROM checkpoint")
        if saved < 2:
            case.found(LOST, f"{name}: {2 - saved} of 2 networks under way were not kept (status {outcome.status})")
        elif finished == 0 and after <= before:
            case.found(LOST, f"{name}: what trained since the last start was not kept (status {outcome.status})")
        if outcome.status not in [-number for number in numbers]:
            case.expect_end(outcome, ASKED_TO_END)
    complete(case, ground, path)


def two_processes(case):
    """Two runs on one file, one of which is killed: the other does all that is left."""
    ground = short_networks(case.drill)
    path = case.folder / "r.sqlite"
    first, second = (case.start(*ground.command(path, jobs=1)) for _ in range(2))
    time.sleep(case.random.uniform(0.05, ground.seconds / 2))
    first.send(signal.SIGKILL)
    case.finish(first)
    case.expect_end(case.finish(second), statuses=(0,))
    complete(case, ground, path)


def begin_and_stop(case, path):
    """A run that is stopped after some networks, as a laptop's lid stops it; None where it was over before."""
    process = case.start(*short_networks(case.drill).command(path, jobs=1))
    if not wait_until(lambda: counted(path, "SELECT count(*) FROM model") >= 5, process):
        case.finish(process)
        return None
    _stop_between_transactions(process, path)
    return process


def _stop_between_transactions(process, path):
    """Stops a process at a moment at which it does not hold the file's lock."""
    while process.is_running:
        process.send(signal.SIGSTOP)
        try:
            connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            return
        except sqlite3.OperationalError:
            process.send(signal.SIGCONT)
            time.sleep(0.005)
        finally:
            connection.close()


def stopped(case):
    """Another run on the same machine waits for what the stopped one holds; neither loses or doubles a network."""
    ground = short_networks(case.drill)
    path = case.folder / "r.sqlite"
    if (first := begin_and_stop(case, path)) is None:
        return
    second = case.start(*ground.command(path, jobs=1))
    time.sleep(case.random.uniform(1, 3))
    first.send(signal.SIGCONT)
    case.expect_end(case.finish(first), statuses=(0,))
    case.expect_end(case.finish(second), statuses=(0,))
    complete(case, ground, path)


def taken_over(case):
    """A run of another machine is silent for longer than its heartbeat may be late: it counts as dead, and wakes up."""
    ground = short_networks(case.drill)
    path = case.folder / "r.sqlite"
    if (first := begin_and_stop(case, path)) is None:
        return
    second = case.start(*ground.command(path, jobs=1), wrapper=ELSEWHERE)
    case.expect_end(case.finish(second, limit=HEARTBEAT_LIMIT + 60), statuses=(0,))
    results.compare(case, path, ground.expected, (LOST, SILENT))
    first.send(signal.SIGCONT)
    case.expect_end(case.finish(first))
    complete(case, ground, path)


def robbed(rob, case):
    """The results file goes away under a run, which must say so: what it wrote after that is nowhere."""
    ground = short_networks(case.drill)
    folder = case.folder / "results"
    folder.mkdir()
    path = folder / "r.sqlite"
    process = case.start(*ground.command(path, jobs=1))
    if not wait_until(lambda: counted(path, "SELECT count(*) FROM model") >= 3, process):
        case.finish(process)
        return
    time.sleep(case.random.uniform(0, 0.05))
    rob(path)
    is_running = process.is_running
    outcome = case.finish(process)
    if is_running:
        case.expect_refusal(outcome, "its results file was gone before it had finished", statuses=(1,))


def _move(path):
    os.rename(path, path.with_name("moved.sqlite"))


def _move_with_log(path):
    for suffix in ("", "-wal", "-shm"):
        os.rename(path.with_name(path.name + suffix), path.with_name("moved.sqlite" + suffix))


def _remove(path):
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()


def _replace_by_empty(path):
    _move_with_log(path)
    path.touch()


def _replace_by_copy(path):
    copy = path.with_name("copy.sqlite")
    shutil.copyfile(path, copy)
    os.replace(copy, path)


def _move_folder(path):
    os.rename(path.parent, path.parent.with_name("moved"))


ROBBERIES = {
    "moved": _move,
    "moved-with-log": _move_with_log,
    "removed": _remove,
    "replaced-by-empty": _replace_by_empty,
    "replaced-by-copy": _replace_by_copy,
    "folder-moved": _move_folder,
}


def cases(drill):
    yield "checkpoints", checkpointed
    for number in range(drill.count(6, 66)):
        yield f"killed-{number:03}", killed
    for number in range(drill.count(1, 10)):
        yield f"two-processes-{number:02}", two_processes
    for number in range(drill.count(1, 5)):
        yield f"stopped-{number}", stopped
    if drill.is_full and os.getuid() == 0:
        yield "taken-over", taken_over
    for name, rob in ROBBERIES.items():
        yield f"results-{name}", functools.partial(robbed, rob)
