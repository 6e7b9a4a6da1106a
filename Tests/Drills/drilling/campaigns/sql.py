"""Random and hostile queries: nothing is changed, and memory and time stay bounded."""

import functools
import hashlib
import signal
import time

from drilling import queries, synthetic
from drilling.cases import SILENT, UNCLEAR

# An endless query is ended by Ctrl-C, within this time.
SECONDS_UNTIL_STOPPED = 1.0


def results_file(drill):
    """A simulated study, as any other to a query, and its digest."""

    def make(folder):
        path = folder / "r.sqlite"
        drill.run(
            "simulate", "results", "--models", "40", "--measures", "4", "--name", "asked", "--db", path, folder=folder
        )
        synthetic.write_images(folder / "data" / "drilled", synthetic.images(training=60, test=30))
        (folder / "study.yml").write_text(
            synthetic.study(
                "blink", seeds="0-29", epochs=3, points=20, measures=["test_accuracy", "train_loss", "weight_norm_l2"]
            )
        )
        drill.run("run", "study.yml", "--data", "data", "--db", path, folder=folder)
        return path, hashlib.sha256(path.read_bytes()).hexdigest()

    return drill.shared("sql", make)


def ask(case, query, **options):
    """Asks a copy, and holds the copy's bytes, and what lies beside it, against what they were."""
    path, digest = results_file(case.drill)
    copy = case.folder / "r.sqlite"
    copy.write_bytes(path.read_bytes())
    process = case.start("sql", "-", "--db", copy, stdin=query.encode("utf-8", "surrogateescape"), **options)
    return copy, digest, process


def hold(case, copy, digest):
    if hashlib.sha256(copy.read_bytes()).hexdigest() != digest:
        case.found(SILENT, "the results file is another after the query")
    beside = sorted(
        file.name for file in case.folder.iterdir() if file.name not in ("r.sqlite", "r.sqlite-wal", "r.sqlite-shm")
    )
    if beside:
        case.found(SILENT, f"the query made {', '.join(beside)}")


def forbidden(query, case):
    copy, digest, process = ask(case, query)
    outcome = case.finish(process)
    case.expect_refusal(outcome, f"'{query}' does more than read")
    hold(case, copy, digest)


def composed(case):
    """A query of random words, right or wrong."""
    copy, digest, process = ask(case, queries.composed(case.random))
    case.expect_end(case.finish(process))
    hold(case, copy, digest)


def large(query, case):
    """Bounded memory; and an answer, a refusal, or an end on Ctrl-C."""
    with open("/dev/null", "wb") as nowhere:
        copy, digest, process = ask(case, query, stdout=nowhere)
    end = time.monotonic() + case.drill.count(2.5, 10)
    while process.is_running and time.monotonic() < end:
        time.sleep(0.05)
    process.send(signal.SIGINT)
    outcome = case.finish(process)
    case.expect_end(outcome, statuses=(0, 1, 2, 130, -signal.SIGINT))
    hold(case, copy, digest)


def endless(query, case):
    copy, digest, process = ask(case, query)
    time.sleep(SECONDS_UNTIL_STOPPED)
    process.send(signal.SIGINT)
    outcome = case.finish(process)
    if outcome.status != 130 and not outcome.is_hung:
        case.found(
            UNCLEAR, f"an endless query that Ctrl-C stopped ended with {outcome.status}: {outcome.message[:200]}"
        )
    hold(case, copy, digest)


def cases(drill):
    for number, query in enumerate(queries.FORBIDDEN):
        yield f"forbidden-{number:02}", functools.partial(forbidden, query)
    for name, query in queries.LARGE.items():
        yield f"large-{name}", functools.partial(large, query)
    for name, query in queries.ENDLESS.items():
        yield f"endless-{name}", functools.partial(endless, query)
    for number in range(drill.count(100, 3000)):
        yield f"composed-{number:04}", composed
