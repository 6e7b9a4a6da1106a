"""Working directories that are gone, files that are no files, odd names, variables that are missing or wrong."""

import functools
import os
import shutil
import threading

from drilling import synthetic
from drilling.campaigns.commands import ESCAPE, expect_tidy, ground
from drilling.cases import SILENT, UNCLEAR

# What a command without a working directory may make of relative names; one case at a time looks.
ROOT_FOLDER = threading.Lock()
MADE_NAMES = ("basin.sqlite", "reports", "x", "r.sqlite")
DELETED = {
    "sql": ["sql", "SELECT 1"],
    "run": ["run", "everything"],
    "list": ["data", "list"],
    "simulate": ["simulate", "results", "--models", "20", "--measures", "3"],
    "report": ["report", "everything"],
    "studies": ["studies"],
    "fetch": ["data", "fetch", "mnist", "--data", "x"],
    "relative": ["correlate", "everything", "--db", "r.sqlite"],
    "doctor": ["doctor"],
}
NO_FILES = ["fifo", "folder", "null", "zero", "loop", "nothing", "empty", "tty", "random", "memory", "locked"]
USES = ["results", "study", "data", "query", "out", "catalogue"]
NAMES = [
    ESCAPE,
    "..",
    "../x",
    "a/b",
    "a=b",
    "z.yml",
    "-x",
    "--db",
    " ",
    "a b",
    "é",
    "e\u0301",
    "🂡",
    "%s",
    "x" * 300,
    ".",
    "*",
    "a*",
    "a\nb",
    "a\tb",
    "\u202ex",
    "con",
    "'",
    '"',
    "`id`",
    "$(id)",
    "a|b",
    "<b>",
    "#",
    "~",
    "a\\b",
    "0",
    "null",
    "models",
    "\u0085",
    "\x7f",
]
SURROUNDINGS = {
    "no-home": {"HOME": ""},
    "home-missing": {"HOME": "/nowhere/at/all"},
    "home-relative": {"HOME": "x"},
    "cache-wrong": {"XDG_CACHE_HOME": "/dev/null"},
    "data-wrong": {"BASIN_DATASETS": "::/dev/null:/proc/1:\x1b[31m:" + "x" * 5000},
    "log-wrong": {"BASIN_LOG": "\x1b[31m"},
    "log-trace": {"BASIN_LOG": "trace"},
    "results-wrong": {"BASIN_DB": "/dev/full"},
    "locale": {"LANG": "xx_YY.FOO", "LC_ALL": "xx"},
    "narrow": {"COLUMNS": "0"},
    "negative": {"COLUMNS": "-5"},
    "threads": {"OPENBLAS_NUM_THREADS": "-1"},
    "proxy": {"http_proxy": "http://127.0.0.1:9", "https_proxy": "\x1b"},
}


def deleted_folder(words, case):
    """The working directory is gone: relative names mean nothing, and least of all the root folder."""
    folder = case.folder / "gone"
    folder.mkdir()
    with ROOT_FOLDER:
        before = set(os.listdir("/"))
        outcome = case.basin(*words, wrapper=["/bin/sh", "-c", 'rmdir "$0" && exec "$@"', folder], folder=folder)
        made = sorted(name for name in set(os.listdir("/")) - before if name.startswith(MADE_NAMES))
        for name in made:
            shutil.move(f"/{name}", case.folder / name)
    case.expect_end(outcome)
    if made:
        case.found(SILENT, f"made {', '.join(made)} in the root folder")


def no_file(kind, use, case):
    """A pipe, a folder, a device or a link to itself where a file is expected."""
    shared = ground(case.drill)
    path = case.folder / "odd.yml"
    {
        "fifo": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "null": lambda: path.symlink_to("/dev/null"),
        "zero": lambda: path.symlink_to("/dev/zero"),
        "loop": lambda: path.symlink_to(path),
        "nothing": lambda: path.symlink_to(case.folder / "nothing"),
        "empty": path.touch,
        "tty": lambda: path.symlink_to("/dev/tty"),
        "random": lambda: path.write_bytes(case.random.randbytes(3000)),
        "memory": lambda: path.symlink_to("/proc/self/mem"),
        "locked": lambda: (path.touch(), path.chmod(0)),
    }[kind]()
    if use == "data":
        synthetic.write_images(case.folder / "data" / "drilled", synthetic.images(training=60, test=30))
        target = case.folder / "data" / "drilled" / case.random.choice(synthetic.FILES)
        target.unlink()
        path.rename(target)
        expect_tidy(case, case.basin("run", shared.study, "--data", "data", "--db", "r.sqlite"))
        expect_tidy(case, case.basin("data", "list", "--data", "data"))
    elif use == "results":
        for words in (["correlate", "everything"], ["run", shared.study, "--data", shared.data], ["sql", "SELECT 1"]):
            expect_tidy(case, case.basin(*words, "--db", path))
    elif use == "study":
        expect_tidy(case, case.basin("run", path, "--data", shared.data, "--db", "r.sqlite"))
        expect_tidy(case, case.basin("report", path, "--db", shared.results))
    elif use == "query":
        expect_tidy(case, case.basin("sql", "--file", path, "--db", shared.results))
    elif use == "out":
        expect_tidy(case, case.basin("report", "everything", "--db", shared.results, "--out", path))
    elif use == "catalogue":
        (case.folder / "datasets").mkdir()
        path.rename(case.folder / "datasets" / "odd.yml")
        expect_tidy(case, case.basin("data", "list", "--data", shared.data))
        expect_tidy(case, case.basin("run", shared.study, "--data", shared.data, "--db", "r.sqlite", "--plan"))


def odd_names(name, case):
    """Names of studies, files and folders with control signs, dots, slashes, equals signs: usable, or refused."""
    stem = name.replace("/", "∕")[:100]
    file = case.folder / f"{stem}.yml"
    quoted = '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in name) + '"'
    file.write_text(
        synthetic.study(quoted, seeds="0-4", epochs=1, points=20).replace("title: A drill", f"title: {quoted}")
    )
    folder = case.folder / f"data{stem}"
    synthetic.write_images(folder / "drilled", synthetic.images(training=60, test=30))
    path = case.folder / f"{stem}.sqlite"
    ran = case.basin("run", file, "--data", folder, "--db", path)
    expect_tidy(case, ran)
    if ran.status == 0:
        expect_tidy(case, case.basin("report", name, "--db", path, "--out", case.folder / "out"))
        for study in (file, name):
            again = case.basin("correlate", "--db", path, "--", study)
            expect_tidy(case, again)
            if again.status != 0:
                case.found(UNCLEAR, f"a study that was run as {name!r} cannot be asked for: {again.message[:200]}")
    _simulate(case, name)


def _simulate(case, name):
    made = case.basin("simulate", "results", "--models", "20", "--measures", "3", f"--name={name}", "--db", "s.sqlite")
    expect_tidy(case, made)
    if made.status == 0:
        again = case.basin("correlate", "--db", "s.sqlite", "--", name)
        expect_tidy(case, again)
        if again.status != 0:
            case.found(UNCLEAR, f"what was simulated as {name!r} cannot be asked for: {again.message[:200]}")


def odd_surroundings(environment, case):
    """Variables that are missing or wrong."""
    shared = ground(case.drill)
    for words in (["studies"], ["data", "list"], ["correlate", "everything"], ["data", "fetch", "none"], ["doctor"]):
        if words == ["doctor"] and not case.drill.is_full:
            continue
        expect_tidy(case, case.basin(*words, environment={"BASIN_DB": str(shared.results)} | environment))


def cases(drill):
    for name, words in DELETED.items():
        yield f"deleted-folder-{name}", functools.partial(deleted_folder, words)
    for use in USES:
        for kind in NO_FILES:
            yield f"{kind}-as-{use}", functools.partial(no_file, kind, use)
    for number, name in enumerate(NAMES):
        yield f"name-{number:02}", functools.partial(odd_names, name)
    for name, environment in SURROUNDINGS.items():
        yield f"surroundings-{name}", functools.partial(odd_surroundings, environment)
