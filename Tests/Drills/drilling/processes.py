"""Runs programs, and tells how they ended: status, output, time, memory.

Standard output and standard error go to files, so that a program which prints without end cannot fill our memory.
"""

import dataclasses
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time

GIBIBYTE = 1 << 30
# A second fence behind the gibibyte that is asserted: a runaway program must not take the machine with it.
ADDRESS_SPACE = 4 * GIBIBYTE
# More output than this is not looked at.
OUTPUT_LIMIT = 32 << 20
# What a shell reports when a program was ended by SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE or SIGSEGV.
CRASH_STATUSES = {132, 133, 134, 135, 136, 139}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """How a program ended."""

    command: list
    # The exit status; the signal's number with a minus where one ended it.
    status: int
    stdout: bytes
    stderr: bytes
    seconds: float
    # Most memory that the program held at a time, in bytes.
    peak: int
    # It was ended because it ran over its time.
    is_hung: bool
    # Signals that we sent.
    sent: frozenset

    @property
    def is_crash(self):
        """Whether the program ended in a way that only a fault explains."""
        if self.status < 0:
            return not self.is_hung and -self.status not in self.sent
        return self.status in CRASH_STATUSES

    @property
    def message(self):
        return self.stderr.decode("utf-8", "replace").strip()


class Process:
    """A program under way."""

    def __init__(self, command, *, folder, environment, stdin=None, stdout=None, stderr=None, closed=()):
        """`stdin` are bytes or a file; `stdout` and `stderr` take the place of the files that are kept; `closed` names
        descriptors that are shut before the program starts."""
        self.command = [os.fspath(word) for word in command]
        self._sent = set()
        self._stdout = tempfile.TemporaryFile()
        self._stderr = tempfile.TemporaryFile()
        self._began = time.monotonic()
        with tempfile.TemporaryFile() as given:
            if isinstance(stdin, bytes):
                given.write(stdin)
                given.seek(0)
                stdin = given
            self._process = subprocess.Popen(
                self._shutting(closed) + self.command,
                cwd=folder,
                env=environment,
                stdin=stdin or subprocess.DEVNULL,
                stdout=stdout or self._stdout,
                stderr=stderr or self._stderr,
                start_new_session=True,
            )
        try:
            resource.prlimit(self.pid, resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        except ProcessLookupError:
            pass  # It is over already.

    @staticmethod
    def _shutting(descriptors):
        if not descriptors:
            return []
        return ["/bin/sh", "-c", f'exec "$@" {" ".join(f"{number}>&-" for number in descriptors)}', "sh"]

    @property
    def pid(self):
        return self._process.pid

    @property
    def is_running(self):
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def send(self, number):
        """Sends a signal to the program alone."""
        self._sent.add(int(number))
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass

    def wait(self, limit):
        """Waits for the end, which comes by force after `limit` seconds."""
        hung = threading.Event()

        def end():
            hung.set()
            self._end_all()

        timer = threading.Timer(limit, end)
        timer.start()
        _, status, usage = os.wait4(self.pid, 0)
        timer.cancel()
        self._process.returncode = os.waitstatus_to_exitcode(status)
        return Outcome(
            self.command,
            self._process.returncode,
            self._kept(self._stdout),
            self._kept(self._stderr),
            time.monotonic() - self._began,
            usage.ru_maxrss * 1024,
            hung.is_set(),
            frozenset(self._sent),
        )

    def _end_all(self):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    @staticmethod
    def _kept(file):
        with file:
            file.seek(0)
            return file.read(OUTPUT_LIMIT)
