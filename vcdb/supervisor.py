"""Keeps processes running until told to stop: watches, restarts with a growing pause, stops in order."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from .embedded.process import command_line, end, mark

LONGEST_PAUSE = 30.0
# A child that ran this long was well: its next fall starts with a short pause again.
STEADY_AFTER = 60.0
LOOK_EVERY = 0.5


def pause_after(falls: int) -> float:
    """How long to wait before starting again what has fallen so many times in a row."""
    return min(2.0 ** (falls - 1), LONGEST_PAUSE)


@dataclass
class Child:
    """One supervised process: how to start it, where it writes, how long it may take to end."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    seconds_to_stop: float = 15
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0
    due: float = 0

    @property
    def pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    def start(self) -> None:
        """Start the process apart from the terminal: Ctrl-C is for the supervisor."""
        self.end_orphan()
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started = time.monotonic()
        self.pid_file.write_text(mark(self.process.pid))

    def end_orphan(self) -> None:
        """End what a supervisor that was killed left behind: it holds the port or the queue."""
        found = orphan(self.pid_file)
        if found:
            self._end(found)
        self.pid_file.unlink(missing_ok=True)

    def stop(self) -> None:
        """Ask the process to end, then insist."""
        if self.process and self.process.poll() is None:
            self._end(self.process.pid)
        self.pid_file.unlink(missing_ok=True)

    def look(self, now: float, say: Callable[[str], None]) -> None:
        """Notice a fall, and start again once its pause is over."""
        if self.process and self.process.poll() is not None:
            self.falls = 1 if now - self.started > STEADY_AFTER else self.falls + 1
            pause = pause_after(self.falls)
            self.due = now + pause
            say(f"{self.name} ended ({self.process.returncode}): starts again in {pause:.0f} s.")
            self.process = None
        elif self.process is None and now >= self.due:
            self.start()

    def _end(self, pid: int) -> None:
        if not end(pid, signal.SIGTERM, self.seconds_to_stop):
            end(pid, signal.SIGKILL, 5)


def orphan(pid_file: Path) -> int | None:
    """The pid in this file, when it is alive and still the process that was written down."""
    try:
        written = pid_file.read_text()
        pid = int(written.split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if command_line(pid) and mark(pid) == written else None


@dataclass
class Supervisor:
    """Children in the order of their start; watchers are looked at as often as they are."""

    children: list[Child]
    watchers: list[Callable[[], None]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self, started: Callable[[], None] = lambda: None) -> None:
        """Start everything, watch it until a signal comes, and stop it: last started, first stopped."""
        before = {
            which: signal.signal(which, self._told)
            for which in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        }
        try:
            for child in self.children:
                child.start()
            started()
            while not self.stopping.wait(LOOK_EVERY):
                self._look()
        finally:
            for child in reversed(self.children):
                child.stop()
            for which, handler in before.items():
                signal.signal(which, handler)

    def _look(self) -> None:
        for watcher in self.watchers:
            watcher()
        for child in self.children:
            child.look(time.monotonic(), say)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()


def say(what: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
