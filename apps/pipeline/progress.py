"""How far a run has come: told by the steps while they work, shown in the page and the terminal.

It goes to Redis because a run works inside transactions whose rows nobody else sees yet.
"""

import json
import logging
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Protocol, TextIO

import redis
from django.conf import settings

from apps.core import words

log = logging.getLogger(__name__)

KEPT_SECONDS = 24 * 3600
EVERY_SECONDS = 0.3
DONE = "done"


class Progress(Protocol):
    """What a step tells: that it began, how much there is where that is known, and how much is done."""

    def step(self, name: str, total: int | None = None) -> None:
        """The next step begins; the one before is done."""

    def advance(self, n: int = 1) -> None:
        """So many more rows of the present step are done."""


@dataclass
class Stage:
    """One step so far: rows done, of how many, and since when; `seconds` is set when it is over."""

    name: str
    total: int | None = None
    done: int = 0
    began: float = field(default_factory=time.time)
    seconds: float | None = None

    @property
    def left(self) -> str:
        """How much longer the step will take at its pace so far, in words; nothing before that can be said."""
        if self.seconds is not None or not self.total or not 0 < self.done < self.total:
            return ""
        seconds = (time.time() - self.began) * (self.total - self.done) / self.done
        if seconds < 60:
            return "less than a minute left of this step"
        return f"about {words.count(round(seconds / 60), 'minute')} left of this step"


class Silent:
    """For callers nobody watches."""

    def step(self, name: str, total: int | None = None) -> None:
        """Nothing is told."""

    def advance(self, n: int = 1) -> None:
        """Nothing is told."""


class Kept:
    """Keeps the stages so far; subclasses say where they are shown."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self.shown = 0.0

    def step(self, name: str, total: int | None = None) -> None:
        """Close the stage before and open the next."""
        self.close()
        if name != DONE:
            self.stages.append(Stage(name, total))
        self.show()

    def advance(self, n: int = 1) -> None:
        """Count rows; what is shown follows at most a few times a second."""
        self.stages[-1].done += n
        if time.monotonic() - self.shown > EVERY_SECONDS:
            self.show()

    def close(self) -> None:
        """The last stage is over."""
        if self.stages and self.stages[-1].seconds is None:
            self.stages[-1].seconds = round(time.time() - self.stages[-1].began, 2)

    def finish(self) -> None:
        """The run is over."""
        self.close()
        self.show()

    def show(self) -> None:
        """Tell whoever watches; remembers when it last did."""
        self.shown = time.monotonic()


class RedisProgress(Kept):
    """For the run's page, in a key that expires. A queue that cannot be reached never fails a run."""

    def __init__(self, run_id: int) -> None:
        super().__init__()
        self.key = _key(run_id)

    def show(self) -> None:
        """Write the stages as they stand."""
        super().show()
        try:
            _redis().set(self.key, json.dumps([asdict(stage) for stage in self.stages]), ex=KEPT_SECONDS)
        except redis.RedisError:
            log.warning("progress not written: the queue cannot be reached")


class TerminalProgress(Kept):
    """For whoever runs a command: one line a stage on standard error."""

    def __init__(self, out: TextIO | None = None) -> None:
        super().__init__()
        self.out = out or sys.stderr

    def show(self) -> None:
        """Rewrite the line of the present stage; a new line when it is over."""
        super().show()
        if not self.stages:
            return
        stage = self.stages[-1]
        over = stage.seconds is not None
        of = f" of about {stage.total:,}" if stage.total and stage.left else ""
        said = [f"{stage.done:,}{of} rows"] if stage.done else []
        said += [stage.left] if stage.left else []
        said += [f"{stage.seconds} s"] if over else []
        if over or self.out.isatty():
            lead, end = "\r" if self.out.isatty() else "", "\n" if over else ""
            self.out.write(f"{lead}{stage.name}: {', '.join(said)}{end}")
            self.out.flush()

    def step(self, name: str, total: int | None = None) -> None:
        """The line of the stage before is left standing."""
        self.finish()
        if name != DONE:
            self.stages.append(Stage(name, total))

    def finish(self) -> None:
        """The last stage is over and has a line of its own."""
        if self.stages and self.stages[-1].seconds is None:
            self.close()
            self.show()


def so_far(run_id: int) -> list[Stage]:
    """The stages a run has told; none where it has told nothing or the queue cannot be reached."""
    try:
        told = _redis().get(_key(run_id))
    except redis.RedisError:
        return []
    return [Stage(**stage) for stage in json.loads(told)] if told else []


def _key(run_id: int) -> str:
    return f"vcdb:progress:{run_id}"


@lru_cache(maxsize=4)
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)


def _redis() -> redis.Redis:
    return _client(settings.REDIS_URL)
