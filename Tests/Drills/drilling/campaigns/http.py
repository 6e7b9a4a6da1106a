"""Fetching from a hostile mirror: whatever it sends, the next one is tried, memory is bounded, and the file arrives."""

import functools
import os

from drilling import synthetic
from drilling.cases import HANG_LIMIT, SILENT, UNCLEAR
from drilling.mirrors import HUGE, MISBEHAVIOURS, SLOW, Mirror, endless_body, reset_midway
from drilling.mutations import unpacked

# Seconds that mirrors which say nothing may hold up a fetch: a connection gets a minute, for each of four files.
SILENT_MIRROR_LIMIT = 400


def place(case, mirrors, files, sizes=None):
    """A working directory whose catalogue names the mirrors."""
    (case.folder / "datasets").mkdir(exist_ok=True)
    (case.folder / "datasets" / "fetched.yml").write_text(synthetic.catalogue_entry(files, mirrors, sizes))


def fetch(case, limit=HANG_LIMIT):
    return case.basin("data", "fetch", "fetched", "--data", "into", limit=limit)


def expect_arrived(case, outcome, files):
    """All four files are there and right, and nothing else is."""
    if outcome.is_crash or outcome.is_hung:
        return
    if outcome.status != 0:
        return case.found(UNCLEAR, f"the good mirror did not help (status {outcome.status}): {outcome.message[-300:]}")
    folder = case.folder / "into" / "fetched"
    for name, content in files.items():
        path = folder / f"{name}.gz"
        # A mirror that serves plain bytes serves the right ones.
        if not path.exists() or content not in (path.read_bytes(), unpacked(path.read_bytes())):
            case.found(SILENT, f"status 0, but {path.name} is not the file")
    left = [path.name for path in folder.iterdir() if "partial" in path.name]
    if left:
        case.found(UNCLEAR, f"{', '.join(left)} is left behind")


def misbehaving(misbehave, case, limit=HANG_LIMIT):
    """A bad mirror before a good one; then the bad one alone."""
    files = synthetic.images(training=60, test=30, seed=case.name)
    with Mirror(files, misbehave) as mirror:
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        outcome = fetch(case, limit)
        expect_arrived(case, outcome, files)
        if outcome.status == 0 and not any(path.startswith("/bad/") for path in mirror.asked):
            raise RuntimeError("the bad mirror was not asked")
    with Mirror(files, misbehave) as mirror:
        place(case, [mirror.address("bad")], files)
        alone = case.basin("data", "fetch", "fetched", "--data", "alone", limit=limit)
        if alone.status == 0:
            verified = case.basin("data", "verify", "fetched", "--data", "alone")
            if verified.status != 0:
                case.found(SILENT, "status 0, though the bad mirror did not serve the files")
        case.expect_end(alone)


def broken_off(case):
    """What arrived of a file is gone on with, whichever bytes were left as its start."""
    files = synthetic.images(training=60, test=30)
    with Mirror(files, reset_midway) as mirror:
        place(case, [mirror.address("bad")], files)
        fetch(case)
        folder = case.folder / "into" / "fetched"
        for partial in folder.glob("*partial*") if folder.exists() else []:
            kind = case.random.choice(["as-it-is", "other", "longer", "empty"])
            if kind == "other":
                partial.write_bytes(case.random.randbytes(50))
            elif kind == "longer":
                partial.write_bytes(case.random.randbytes(100_000))
            elif kind == "empty":
                partial.write_bytes(b"")
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        expect_arrived(case, fetch(case), files)


def planted(plant, case):
    """Something of another's stands where the fetch wants to write: nothing outside its folder changes."""
    files = synthetic.images(training=60, test=30)
    victim = case.folder / "victim"
    victim.write_text("precious")
    folder = case.folder / "into" / "fetched"
    folder.mkdir(parents=True)
    with Mirror(files, reset_midway) as mirror:
        place(case, [mirror.address("bad")], files)
        fetch(case)
        partials = list(folder.glob("*partial*")) or [folder / "train-images-idx3-ubyte.gz"]
        for path in [*partials, *(folder / f"{name}.gz" for name in files)]:
            path.unlink(missing_ok=True)
            plant(path, victim)
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        case.expect_end(fetch(case))
    if victim.read_bytes() != b"precious":
        case.found(SILENT, "a file outside the folder was written to")


def _link(path, victim):
    path.symlink_to(victim)


def _hard_link(path, victim):
    path.hardlink_to(victim)


def _dangling(path, victim):
    path.symlink_to(victim.with_name("not-there"))


def _folder(path, _):
    path.mkdir()


def _fifo(path, _):
    os.mkfifo(path)


def lying_catalogue(size, case):
    """The catalogue states a size that no file has."""
    files = synthetic.images(training=60, test=30)
    with Mirror(files, endless_body) as mirror:
        place(case, [mirror.address("good")], files, sizes=dict.fromkeys(synthetic.FILES, size))
        case.expect_refusal(fetch(case), f"a size of {size} is stated")


PLANTS = {"link": _link, "hard-link": _hard_link, "dangling-link": _dangling, "folder": _folder, "fifo": _fifo}


def cases(drill):
    for name, misbehave in MISBEHAVIOURS.items():
        yield name, functools.partial(misbehaving, misbehave)
    if drill.is_full:
        for name, misbehave in SLOW.items():
            yield name, functools.partial(misbehaving, misbehave, limit=SILENT_MIRROR_LIMIT)
    for name, plant in PLANTS.items():
        yield f"planted-{name}", functools.partial(planted, plant)
    for number in range(drill.count(3, 30)):
        yield f"broken-off-{number:02}", broken_off
    for size in (1, 10**6, 2**31, 2**62, HUGE):
        yield f"stated-size-{size}", functools.partial(lying_catalogue, size)
