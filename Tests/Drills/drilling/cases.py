"""Cases, what is found in them, and the table at the end."""

import concurrent.futures
import dataclasses
import os
import pathlib
import random
import re
import shlex
import shutil
import sys
import threading
import time
import traceback

from drilling.processes import GIBIBYTE, Process

# What a case can find, as the columns of the table.
CRASH = "crashes"
HANG = "hangs"
MEMORY = "over 1 GiB"
SILENT = "wrong in silence"
LOST = "lost or doubled"
UNCLEAR = "unclear ends"
KINDS = [CRASH, HANG, MEMORY, SILENT, LOST, UNCLEAR]

# Seconds after which a command counts as hung, wherever a case does not state another limit.
HANG_LIMIT = 20

# Words of the programming language and its libraries, which tell a person nothing.
RAW_WORDS = re.compile(
    r"Fatal error|(De|En)codingError|NSCocoaError|Error Domain=|\bOptional\(|\bSwift\.[A-Z]|\bGRDB\.|CodingKey"
    r"|The operation could not be completed|Code=\d|Crash(ed| reason)|\*\*\* "
)


class Drill:
    """One call of the command: the program under attack, the seed, the size, and what campaigns share."""

    def __init__(self, basin, *, seed, is_full, folder):
        self.basin = basin
        self.seed = seed
        self.is_full = is_full
        self.folder = pathlib.Path(folder)
        self._shared = {}
        self._lock = threading.RLock()
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            # A crash is a crash; its backtrace only takes seconds.
            "SWIFT_BACKTRACE": "enable=no",
        }

    def count(self, small, full):
        return full if self.is_full else small

    def shared(self, name, make):
        """What `make(folder)` returns; made by the first case that asks."""
        with self._lock:
            if name not in self._shared:
                folder = self.folder / "shared" / name
                folder.mkdir(parents=True)
                self._shared[name] = make(folder)
            return self._shared[name]

    def run(self, *arguments, folder, limit=HANG_LIMIT):
        """Runs Basin where nothing is attacked; stops the drill if that fails."""
        outcome = Process([self.basin, *arguments], folder=folder, environment=self.environment).wait(limit * 3)
        if outcome.status != 0:
            raise RuntimeError(
                f"{shlex.join(outcome.command)} ended with {outcome.status}, unattacked: {outcome.message}"
            )
        return outcome


class Case:
    """One attack. All that is random in it comes of the seed and of its own name, so it can be repeated alone."""

    def __init__(self, drill, campaign, name):
        self.drill = drill
        self.name = f"{campaign}/{name}"
        self.random = random.Random(f"{drill.seed}/{self.name}")
        self.folder = drill.folder / campaign / name
        self.findings = []
        self._commands = []

    def found(self, kind, text):
        self.findings.append((kind, " ".join(text.replace(f"{self.drill.folder}/", "").split())))

    # Running Basin

    def start(self, *arguments, **options):
        """Starts Basin in the case's folder; `finish` looks at how it ends."""
        environment = self.drill.environment | options.pop("environment", {})
        wrapper = options.pop("wrapper", [])
        command = [*wrapper, self.drill.basin, *arguments]
        options = {"folder": self.folder} | options
        return Process(command, environment=environment, **options)

    def finish(self, process, limit=HANG_LIMIT):
        """Waits, and notes whatever no command may do, whichever input it got."""
        outcome = process.wait(limit)
        words = shlex.join(outcome.command)
        self._commands.append(f"{words}  # status {outcome.status}, {outcome.seconds:.2f} s, {outcome.peak >> 20} MiB")
        shown = words if len(words) < 300 else words[:300] + "…"
        if outcome.is_crash:
            self.found(CRASH, f"{shown} ended with {outcome.status}: {outcome.message[-200:]}")
        if outcome.is_hung:
            self.found(HANG, f"{shown} ran over {limit} s")
        if outcome.peak > GIBIBYTE:
            self.found(MEMORY, f"{shown} took {outcome.peak >> 20} MiB")
        if not outcome.is_crash and (raw := RAW_WORDS.search(outcome.message)):
            self.found(UNCLEAR, f"{shown} says '{raw.group()}': {outcome.message[:200]}")
        if b"\x1b" in outcome.stderr:
            self.found(UNCLEAR, f"{shown} prints a raw escape character")
        return outcome

    def basin(self, *arguments, limit=HANG_LIMIT, **options):
        return self.finish(self.start(*arguments, **options), limit)

    # Judging how it ended

    def expect_end(self, outcome, statuses=(0, 1, 2)):
        """One of the statuses, and a sentence wherever it is not 0."""
        if outcome.is_crash or outcome.is_hung:
            return
        words = shlex.join(outcome.command)[:300]
        if outcome.status not in statuses:
            self.found(UNCLEAR, f"{words} ended with {outcome.status}: {outcome.message[:200]}")
        elif outcome.status != 0 and not outcome.message:
            self.found(UNCLEAR, f"{words} ended with {outcome.status} and said nothing")

    def expect_refusal(self, outcome, why, statuses=(1, 2)):
        """A sentence and a status that is not 0: what was asked for cannot be had."""
        if outcome.status == 0:
            return self.found(SILENT, f"{shlex.join(outcome.command)[:300]} ended with 0, though {why}")
        return self.expect_end(outcome, statuses)

    def expect_same(self, outcome, answer, what):
        """The answer, or a sentence and no answer."""
        if outcome.status == 0 and outcome.stdout != answer:
            return self.found(SILENT, f"{shlex.join(outcome.command)[:300]} gave another answer: {what}")
        return self.expect_end(outcome)

    # Keeping what is needed to repeat it

    def close(self):
        """Removes the case's folder, unless something was found in it."""
        if not self.findings:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        (self.folder / "commands.sh").write_text("\n".join(self._commands) + "\n", encoding="utf-8", errors="replace")


@dataclasses.dataclass
class Campaign:
    """A name, and a function that lists (name, attack) for a drill."""

    name: str
    cases: object


def carry_out(drill, campaign, chosen, workers):
    """Runs a campaign's cases; returns how many there were, and all findings as (case, kind, text)."""
    listed = [(name, attack) for name, attack in campaign.cases(drill) if chosen in (None, name)]
    findings = []

    def attempt(item):
        case = Case(drill, campaign.name, item[0])
        case.folder.mkdir(parents=True)
        try:
            item[1](case)
        except Exception:  # A drill that breaks has drilled nothing.
            case.found(UNCLEAR, "the drill itself broke off: " + traceback.format_exc(limit=-3))
        case.close()
        for kind, text in case.findings:
            findings.append((case, kind, text))
            print(f"{case.name}: {kind}: {text}", file=sys.stderr, flush=True)

    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        list(pool.map(attempt, listed))
    return len(listed), findings, time.monotonic() - began


def table(rows):
    """Rows of (campaign, cases, findings, seconds) as text. A case with several findings of a kind counts once."""
    lines = [["campaign", "cases", *KINDS, "seconds"]]
    for name, count, findings, seconds in rows:
        cells = [len({case.name for case, found, _ in findings if found == kind}) for kind in KINDS]
        lines.append([name, str(count), *map(str, cells), f"{seconds:.0f}"])
    widths = [max(map(len, column)) for column in zip(*lines)]
    return "\n".join(
        "  ".join([line[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(line[1:], widths[1:])])
        for line in lines
    )
