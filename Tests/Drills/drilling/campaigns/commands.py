"""Wrong values for every option, closed pipes, folders that are gone, files that are no files, names with control signs."""

import functools
import os
import re

from drilling import synthetic
from drilling.cases import CRASH, HANG_LIMIT, SILENT, UNCLEAR

ESCAPE = "\x1b]0;owned\x07\x1b[31m"

VALUES = ["", " ", "0", "-1", "1", "2", "1.5", "nan", "inf", "-inf", "1e999", "9223372036854775807", "9223372036854775808",
          "99999999999999999999", "0x10", "x", "everything", "test_accuracy", "../x", "/", ".", "..", "/dev/null", "/dev/zero", "a/b",
          "a=b", "=", "--", "-", "--help", "*", "%s%n", "'; DROP TABLE model; --", ESCAPE, "é", "🂡", "\u202e", "x" * 5000, "1/0", "1/2",
          "0/4", ",", "a,,b", "test_accuracy,", "\n", "1\n2", "fig", "spearman", "json", "csv", "table", "terminal", "~", "$HOME"]

# Words that a person would give, so that most calls get past the first complaint.
RIGHT = {
    "study": "everything", "studies": "everything", "measures": "pair_proxy", "query": "SELECT * FROM models", "id": "pair_proxy",
    "name": "drilled", "models": "30", "jobs": "1", "seed": "1", "limit": "2", "effect": "0.5",
}
# `simulate verdicts` and long simulations are work, not fuzz.
TOO_MUCH = {"--studies": "3", "--models": "20"}


class Ground:
    """A finished study, and what `--help` says of every command."""

    def __init__(self, drill, folder):
        self.drill = drill
        self.folder = folder
        self.data = folder / "data"
        synthetic.write_images(self.data / "drilled", synthetic.images(training=60, test=30))
        self.study = folder / "everything.yml"
        self.study.write_text(synthetic.EVERYTHING)
        self.results = folder / "r.sqlite"
        drill.run("run", self.study, "--data", self.data, "--db", self.results, folder=folder)
        self.commands = dict(self._commands([]))

    def _commands(self, words):
        """All commands below some words, with the options and the arguments of each."""
        text = self.drill.run(*words, "--help", folder=self.folder).stdout.decode()
        _, _, listed = text.partition("SUBCOMMANDS:")
        below = re.findall(r"^  (\w[\w-]*)(?:  .*| *)$", listed.partition("See '")[0], re.MULTILINE)
        if not below:
            yield " ".join(words), Command(text)
        for name in below:
            yield from self._commands([*words, name])


class Command:
    """What a command takes, as its help lists it."""

    def __init__(self, text):
        options = text.partition("OPTIONS:")[2]
        self.valued = sorted(set(re.findall(r"^  (--[\w-]+) <", options, re.MULTILINE)))
        self.flags = sorted(set(re.findall(r"^  (--[\w-]+)(?: {2,}|$)", options, re.MULTILINE)) - {"--version"})
        self.arguments = re.findall(r"^  <(\w+)>", text.partition("OPTIONS:")[0].partition("ARGUMENTS:")[2], re.MULTILINE)


def ground(drill):
    return drill.shared("commands", functools.partial(Ground, drill))


def expect_tidy(case, outcome):
    """A proper end, and no control sign in what a person reads."""
    case.expect_end(outcome, statuses=(0, 1, 2))
    if b"\x1b" in outcome.stdout or b"\x07" in outcome.stdout:
        case.found(UNCLEAR, f"{outcome.command[1:4]} prints a raw escape character")


def line_up(case, words, options, arguments):
    """A whole command line: on a copy of the results, in a folder of its own."""
    shared = ground(case.drill)
    (case.folder / "r.sqlite").write_bytes(shared.results.read_bytes())
    line = words.split()
    for name, value in options.items():
        line += [name] if value is None else [f"{name}={value}"]
    environment = {"BASIN_DB": str(case.folder / "r.sqlite"), "BASIN_DATASETS": str(shared.data)}
    return case.basin(*line, *arguments, environment=environment)


def right_options(command):
    """The options without which a command does nothing, or too much."""
    return {name: TOO_MUCH[name] for name in TOO_MUCH if name in command.valued} | (
        {"--measures": "3"} if "--models" in command.valued and "--measures" in command.valued else {})


def wrong_option(words, option, case):
    """One option gets one wrong value after another."""
    command = ground(case.drill).commands[words]
    for value in case.random.sample(VALUES, case.drill.count(2, len(VALUES))):
        # A large number of networks is a wish, which is worked on until it is granted.
        if option in TOO_MUCH and value.isdigit() and int(value) > 10_000:
            continue
        options = right_options(command) | {option: value.replace("\0", "")}
        expect_tidy(case, line_up(case, words, options, [RIGHT[name] for name in command.arguments]))


def wrong_argument(words, case):
    command = ground(case.drill).commands[words]
    for value in case.random.sample(VALUES, case.drill.count(3, len(VALUES))):
        given = [RIGHT[name] for name in command.arguments]
        given[case.random.randrange(len(given))] = value
        expect_tidy(case, line_up(case, words, right_options(command), given))


def wrong_flags(words, case):
    """Flags in any number, options twice, words too many or too few."""
    command = ground(case.drill).commands[words]
    draw = case.random
    for _ in range(case.drill.count(1, 20)):
        options = right_options(command)
        for flag in draw.sample(command.flags, min(len(command.flags), draw.choice([1, 2, 5]))):
            options[flag] = None
        given = [RIGHT[name] for name in command.arguments] + draw.choice([[], ["more"], ["--"], ["--unknown"], ["-x", "-"]])
        expect_tidy(case, line_up(case, words, options, given[draw.choice([0, 0, 1]):]))


def reading(drill):
    """Commands that print much."""
    path = ground(drill).results
    return {
        "models": ["sql", "SELECT * FROM models a, models b, models c", "--db", path], "schema": ["studies", "--schema"],
        "correlate": ["correlate", "everything", "--db", path], "report": ["report", "everything", "--format", "terminal", "--db", path],
        "measures": ["measures", "--reference"], "help": ["run", "--help"],
    }


def closed_pipe(arguments, case):
    """`| head -1`: who reads has enough."""
    reader, writer = os.pipe()
    process = case.start(*arguments, stdout=writer)
    os.close(writer)
    os.read(reader, 10)
    os.close(reader)
    outcome = process.wait(HANG_LIMIT)
    if outcome.status not in (0, 1, 141, -13):
        case.found(CRASH if outcome.is_crash else UNCLEAR, f"{outcome.command[1:3]} into a closed pipe: {outcome.status}")


def deleted_folder(words, case):
    """The working directory is gone: relative names mean nothing, and least of all the root folder."""
    folder = case.folder / "gone"
    folder.mkdir()
    script = 'rmdir "$0" && exec "$@"'
    before = set(os.listdir("/"))
    outcome = case.basin(*words, wrapper=["/bin/sh", "-c", script, folder], folder=folder)
    case.expect_end(outcome)
    if made := set(os.listdir("/")) - before - {"tmp"}:
        case.found(SILENT, f"made {', '.join(sorted(made))} in the root folder")


def no_file(kind, use, case):
    """A pipe, a folder, a device or a link to itself where a file is expected."""
    shared = ground(case.drill)
    path = case.folder / "odd.yml"
    {
        "fifo": lambda: os.mkfifo(path), "folder": path.mkdir, "null": lambda: path.symlink_to("/dev/null"),
        "zero": lambda: path.symlink_to("/dev/zero"), "loop": lambda: path.symlink_to(path),
        "nothing": lambda: path.symlink_to(case.folder / "nothing"), "empty": path.touch, "tty": lambda: path.symlink_to("/dev/tty"),
        "random": lambda: path.write_bytes(case.random.randbytes(3000)), "memory": lambda: path.symlink_to("/proc/self/mem"),
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
    shared = ground(case.drill)
    file = case.folder / (name.replace("/", "∕") + ".yml")
    quoted = '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in name) + '"'
    file.write_text(synthetic.study(quoted, seeds="0-4", epochs=1, points=20).replace("title: A drill", f"title: {quoted}"))
    folder = case.folder / ("data" + name.replace("/", "∕"))
    synthetic.write_images(folder / "drilled", synthetic.images(training=60, test=30))
    path = case.folder / (name.replace("/", "∕") + ".sqlite")
    ran = case.basin("run", file, "--data", folder, "--db", path)
    expect_tidy(case, ran)
    if ran.status == 0:
        for words in (["correlate", file], ["correlate", name], ["report", name, "--out", case.folder / "out"]):
            again = case.basin(*words, "--db", path)
            expect_tidy(case, again)
            if again.status != 0 and "constant" not in again.message:
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


DELETED = {
    "sql": ["sql", "SELECT 1"], "run": ["run", "everything"], "list": ["data", "list"], "simulate": [
        "simulate", "results", "--models", "20", "--measures", "3"], "report": ["report", "everything"], "studies": ["studies"],
    "fetch": ["data", "fetch", "mnist", "--data", "x"], "relative": ["correlate", "everything", "--db", "r.sqlite"],
    "doctor": ["doctor"],
}
NO_FILES = ["fifo", "folder", "null", "zero", "loop", "nothing", "empty", "tty", "random", "memory", "locked"]
USES = ["results", "study", "data", "query", "out", "catalogue"]
NAMES = [ESCAPE, "..", "../x", "a/b", "a=b", "z.yml", "-x", "--db", " ", "a b", "é", "e\u0301", "🂡", "%s", "x" * 300, ".", "*", "a*", "a\nb",
         "a\tb", "\u202ex", "con", "'", '"', "`id`", "$(id)", "a|b", "<b>", "#", "~", "a\\b", "0", "null", "models", "\u0085", "\x7f"]
SURROUNDINGS = {
    "no-home": {"HOME": ""}, "home-missing": {"HOME": "/nowhere/at/all"}, "home-relative": {"HOME": "x"},
    "cache-wrong": {"XDG_CACHE_HOME": "/dev/null"}, "data-wrong": {"BASIN_DATASETS": "::/dev/null:/proc/1:\x1b[31m:" + "x" * 5000},
    "log-wrong": {"BASIN_LOG": "\x1b[31m"}, "log-trace": {"BASIN_LOG": "trace"}, "results-wrong": {"BASIN_DB": "/dev/full"},
    "locale": {"LANG": "xx_YY.FOO", "LC_ALL": "xx"}, "narrow": {"COLUMNS": "0"}, "negative": {"COLUMNS": "-5"},
    "threads": {"OPENBLAS_NUM_THREADS": "-1"}, "proxy": {"http_proxy": "http://127.0.0.1:9", "https_proxy": "\x1b"},
}


def cases(drill):
    shared = ground(drill)
    for words, command in shared.commands.items():
        slug = words.replace(" ", "-")
        # What a machine can do in a second is not asked again and again.
        if words == "doctor" and not drill.is_full:
            continue
        for option in command.valued:
            yield f"{slug}{option}", functools.partial(wrong_option, words, option)
        if command.arguments:
            yield f"{slug}-arguments", functools.partial(wrong_argument, words)
        yield f"{slug}-flags", functools.partial(wrong_flags, words)
    for name, arguments in reading(drill).items():
        yield f"closed-pipe-{name}", functools.partial(closed_pipe, arguments)
    for name, words in DELETED.items():
        yield f"deleted-folder-{name}", functools.partial(deleted_folder, words)
    for use in USES:
        for kind in NO_FILES:
            yield f"{kind}-as-{use}", functools.partial(no_file, kind, use)
    for number, name in enumerate(NAMES):
        yield f"name-{number:02}", functools.partial(odd_names, name)
    for name, environment in SURROUNDINGS.items():
        yield f"surroundings-{name}", functools.partial(odd_surroundings, environment)
