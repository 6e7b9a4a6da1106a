"""Wrong values for every option and argument of every command, and pipes whose reader has enough."""

import functools
import os
import re

from drilling import synthetic
from drilling.cases import CRASH, HANG_LIMIT, UNCLEAR

ESCAPE = "\x1b]0;owned\x07\x1b[31m"

VALUES = (
    """
    0 -1 1 2 1.5 nan inf -inf 1e999 9223372036854775807 9223372036854775808 99999999999999999999 0x10 x everything
    test_accuracy ../x / . .. /dev/null /dev/zero a/b a=b = -- - --help * %s%n 1/0 1/2 0/4 , a,,b test_accuracy, fig
    spearman json csv table terminal ~ $HOME
""".split()
    + ["", " ", "'; DROP TABLE model; --", ESCAPE, "é", "🂡", "\u202e", "x" * 5000, "\n", "1\n2"]
)

# Words that a person would give, so that most calls get past the first complaint.
RIGHT = {
    "study": "everything",
    "studies": "everything",
    "measures": "pair_proxy",
    "query": "SELECT * FROM models",
    "id": "pair_proxy",
    "name": "drilled",
    "models": "30",
    "jobs": "1",
    "seed": "1",
    "limit": "2",
    "effect": "0.5",
    "file": "mine.csv",
    "folder": "data",
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
        self.arguments = re.findall(
            r"^  <(\w+)>", text.partition("OPTIONS:")[0].partition("ARGUMENTS:")[2], re.MULTILINE
        )


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
    (case.folder / "mine.csv").write_text("position,mine\n0,1\n1,2\n")
    line = words.split()
    for name, value in options.items():
        line += [name] if value is None else [f"{name}={value}"]
    environment = {"BASIN_DB": str(case.folder / "r.sqlite"), "BASIN_DATASETS": str(shared.data)}
    return case.basin(*line, *arguments, environment=environment)


def right_options(command):
    """The options without which a command does nothing, or too much."""
    return {name: TOO_MUCH[name] for name in TOO_MUCH if name in command.valued} | (
        {"--measures": "3"} if "--models" in command.valued and "--measures" in command.valued else {}
    ) | ({"--study": RIGHT["study"]} if "--study" in command.valued else {})


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
        given = [RIGHT[name] for name in command.arguments] + draw.choice(
            [[], ["more"], ["--"], ["--unknown"], ["-x", "-"]]
        )
        expect_tidy(case, line_up(case, words, options, given[draw.choice([0, 0, 1]) :]))


def reading(drill):
    """Commands that print much."""
    path = ground(drill).results
    return {
        "models": ["sql", "SELECT * FROM models a, models b, models c", "--db", path],
        "schema": ["studies", "--schema"],
        "correlate": ["correlate", "everything", "--db", path],
        "report": ["report", "everything", "--format", "terminal", "--db", path],
        "measures": ["measures", "--reference"],
        "help": ["run", "--help"],
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
        case.found(
            CRASH if outcome.is_crash else UNCLEAR, f"{outcome.command[1:3]} into a closed pipe: {outcome.status}"
        )


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
