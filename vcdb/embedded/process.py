"""Server processes found by their pid, started apart from the terminal, and stopped in good order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from .account import step_down


class DidNotStart(RuntimeError):
    """An embedded server did not answer; the message names its log."""


def launch(command: Sequence[str | Path], log: Path) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own: the terminal's Ctrl-C must not reach it before we stop it."""
    with log.open("ab") as out:
        return subprocess.Popen(
            [str(part) for part in command],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=step_down(),
        )


def wait_until(
    answers: Callable[[], bool], seconds: float, child: subprocess.Popen[bytes], log: Path
) -> None:
    """Wait for a server to answer; say which log to read if it ends or never does."""
    deadline = time.monotonic() + seconds
    while not answers():
        if child.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(f"{Path(str(child.args[0])).name} did not start: see {log}.")  # type: ignore[index]
        time.sleep(0.05)


def command_line(pid: int) -> list[str]:
    """The command line of a live process; empty when there is none, or it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []


def mark(pid: int) -> str:
    """A process's pid and the moment it began: the two together are never given out again."""
    try:
        return f"{pid} {Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    except OSError:
        return ""


def is_running(pid: int, program: str, argument: Path) -> bool:
    """Whether this pid is our server: a pid alone proves nothing after a restart of the machine."""
    found = command_line(pid)
    return bool(found) and Path(found[0]).name == program and str(argument) in found


def end(pid: int, how: signal.Signals, seconds: float) -> bool:
    """Send a signal and wait for the process to go; True when it went."""
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return True
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _gone(pid):
            return True
        time.sleep(0.05)
    return False


def _gone(pid: int) -> bool:
    try:
        reaped, _ = os.waitpid(pid, os.WNOHANG)
        return reaped == pid
    except ChildProcessError:
        return not Path(f"/proc/{pid}").exists() or _zombie(pid)


def _zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
