"""A test run's own folder of servers: two runs at once take two, and each is kept for the next run."""

import fcntl
from pathlib import Path
from typing import IO

MOST_AT_ONCE = 32


def take_home(parent: Path) -> tuple[Path, IO[str]]:
    """The first home below this folder that no other run holds, and the open lock that holds it."""
    for number in range(1, MOST_AT_ONCE + 1):
        home = parent / str(number)
        home.mkdir(parents=True, exist_ok=True)
        held = (home / "tests.lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
        else:
            return home, held
    raise RuntimeError(f"{MOST_AT_ONCE} test runs are under way in {parent}.")
