"""Full disks, read-only folders, outputs that take nothing: a sentence, and nothing lost once there is room."""

import contextlib
import functools
import os
import subprocess

from drilling import results, synthetic
from drilling.campaigns.kills import Ground
from drilling.cases import LOST, SILENT, UNCLEAR

# `ulimit -f` counts blocks of 512 bytes. A signal would end the program; without it, writing fails as on a full disk.
LIMITED = ["/bin/sh", "-c", 'trap "" XFSZ; ulimit -f "$0" && exec "$@"']


def ground(drill):
    text = synthetic.study(
        "disk",
        seeds="0-29",
        epochs=30,
        hidden=(16, 8),
        points=60,
        measures=["test_accuracy", "train_loss", "weight_norm_l2", "pair_proxy"],
    )
    return drill.shared("disk", lambda folder: Ground(drill, folder, text))


def finished(drill):
    """The undisturbed results file of the same study."""
    return ground(drill).study.with_name("undisturbed.sqlite")


def complete(case, path):
    case.expect_end(case.basin(*ground(case.drill).command(path)), statuses=(0,))
    results.compare(case, path, ground(case.drill).expected, (LOST, SILENT))


def limited_run(case):
    """A run whose files may not grow beyond a random size; then the same command without that limit."""
    path = case.folder / "r.sqlite"
    most = finished(case.drill).stat().st_size // 512
    blocks = case.random.randrange(2, most)
    outcome = case.basin(*ground(case.drill).command(path), wrapper=[*LIMITED, str(blocks)])
    case.expect_refusal(outcome, f"no file could grow beyond {blocks * 512} bytes")
    complete(case, path)


def limited_report(case):
    """A report that stops at a size: refused, and written whole afterwards."""
    path = finished(case.drill)
    command = ["report", "disk", "--db", path, "--out", case.folder / "reports"]
    blocks = case.random.randrange(1, 4)
    outcome = case.basin(*command, wrapper=[*LIMITED, str(blocks)])
    case.expect_refusal(outcome, f"no file could grow beyond {blocks * 512} bytes")
    case.expect_end(case.basin(*command), statuses=(0,))


def limited_simulation(case):
    path = case.folder / "r.sqlite"
    command = ["simulate", "results", "--models", "2000", "--measures", "4", "--db", path]
    outcome = case.basin(*command, wrapper=[*LIMITED, str(case.random.randrange(2, 600))])
    case.expect_refusal(outcome, "no file could grow")
    case.expect_end(case.basin(*command), statuses=(0,))
    other = case.folder / "undisturbed.sqlite"
    case.basin(*command[:-1], other)
    results.compare(case, path, results.content(other), (LOST, SILENT))


READING = {
    "correlate": ["correlate", "disk"],
    "verdict": ["verdict", "disk"],
    "compare": ["compare", "disk", "pair_proxy", "weight_norm_l2"],
    "report": ["report", "disk", "--format", "terminal"],
    "sql": ["sql", "SELECT * FROM models"],
}
LISTING = {
    "reference": ["studies", "--reference"],
    "schema": ["studies", "--schema"],
    "measures": ["measures"],
    "labs": ["labs"],
    "datasets": ["data", "list"],
    "help": ["run", "--help"],
    "version": ["--version"],
}


def full_output(case, arguments, is_reading):
    """Nobody shall take half a table for a whole one."""
    more = ["--db", finished(case.drill)] if is_reading else []
    with open("/dev/full", "wb") as full:
        outcome = case.basin(*arguments, *more, stdout=full)
    case.expect_refusal(outcome, "standard output takes nothing")


def full_error_output(case):
    """Progress that nobody sees is no reason to lose work."""
    path = case.folder / "r.sqlite"
    with open("/dev/full", "wb") as full:
        outcome = case.basin(*ground(case.drill).command(path), stderr=full)
    if outcome.status != 0:
        case.found(UNCLEAR, f"a run whose messages cannot be written ended with {outcome.status}")
    complete(case, path)


def closed_descriptors(numbers, case):
    """Descriptors 0 to 2 closed: what is opened next gets their numbers, and messages would go into it."""
    path = case.folder / "r.sqlite"
    outcome = case.basin(*ground(case.drill).command(path), closed=numbers)
    if outcome.is_crash or outcome.is_hung or not path.exists():
        return
    complete(case, path)
    reports = case.folder / "reports"
    case.basin("report", "disk", "--db", path, "--out", reports, closed=numbers)
    case.expect_end(case.basin("report", "disk", "--db", path, "--out", case.folder / "again"), statuses=(0,))
    for file in (reports / "disk").glob("*") if reports.exists() else []:
        other = case.folder / "again" / "disk" / file.name
        if not other.exists() or file.read_bytes().count(b"basin: ") != other.read_bytes().count(b"basin: "):
            case.found(SILENT, f"{file.name} holds what belongs to a closed output")


def unwritable(case):
    """A folder that may not be written: reading goes on, writing is refused. Root may write everywhere."""
    folder = case.folder / "locked"
    folder.mkdir()
    path = folder / "r.sqlite"
    path.write_bytes(finished(case.drill).read_bytes())
    answer = case.basin("correlate", "disk", "--db", path).stdout
    with locked(folder) as is_locked:
        if not is_locked:
            return
        case.expect_same(case.basin("correlate", "disk", "--db", path), answer, "in a folder that cannot be written")
        case.expect_refusal(
            case.basin("report", "disk", "--db", path, "--out", folder / "reports"), "nothing can be written there"
        )
        case.expect_refusal(
            case.basin("simulate", "results", "--models", "9", "--measures", "3", "--db", path), "it is read-only"
        )


@contextlib.contextmanager
def locked(folder):
    """Takes the right to write away: by mode, or for root by mounting the folder over itself, read-only."""
    if os.getuid() != 0:
        folder.chmod(0o555)
        try:
            yield True
        finally:
            folder.chmod(0o755)
    elif not mount("--bind", folder, folder):
        yield False
    else:
        try:
            yield mount("-o", "remount,bind,ro", folder)
        finally:
            unmount(folder)


def mount(*words):
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


def unmount(folder):
    subprocess.run(["umount", "--lazy", folder], capture_output=True, check=False)


def may_mount(drill):
    """Whether this process may mount small disks; said once."""

    def attempt(folder):
        is_allowed = os.getuid() == 0 and mount("-t", "tmpfs", "-o", "size=64k", "drill", folder)
        if is_allowed:
            unmount(folder)
        else:
            print("disk: no disk can be mounted here (root only), so only limits of file sizes are tried", flush=True)
        return is_allowed

    return drill.shared("may-mount", attempt)


def full_disk(case):
    """A real disk of a random size: full in mid-run, then grown, and the same command goes on."""
    disk = case.folder / "disk"
    disk.mkdir()
    # WAL mode needs room for the index, 32 KiB.
    size = case.random.randrange(40, finished(case.drill).stat().st_size // 1024)
    if not mount("-t", "tmpfs", "-o", f"size={size}k", "drill", disk):
        raise RuntimeError("mounting was possible a moment ago")
    try:
        path = disk / "r.sqlite"
        outcome = case.basin(*ground(case.drill).command(path))
        case.expect_refusal(outcome, f"the disk has {size} KiB")
        mount("-o", "remount,size=64m", disk)
        complete(case, path)
    finally:
        unmount(disk)


def cases(drill):
    for number in range(drill.count(6, 60)):
        yield f"limited-run-{number:02}", limited_run
    for number in range(drill.count(2, 10)):
        yield f"limited-report-{number:02}", limited_report
    for number in range(drill.count(2, 10)):
        yield f"limited-simulation-{number:02}", limited_simulation
    for name, arguments in READING.items():
        yield f"full-output-{name}", functools.partial(full_output, arguments=arguments, is_reading=True)
    for name, arguments in LISTING.items():
        yield f"full-output-{name}", functools.partial(full_output, arguments=arguments, is_reading=False)
    yield "full-error-output", full_error_output
    for numbers in [(0,), (1,), (2,), (1, 2), (0, 1, 2)]:
        yield "closed-" + "-".join(map(str, numbers)), functools.partial(closed_descriptors, numbers)
    yield "unwritable-folder", unwritable
    if may_mount(drill):
        for number in range(drill.count(5, 60)):
            yield f"full-disk-{number:02}", full_disk
