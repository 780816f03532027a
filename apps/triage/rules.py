"""When changes of rating may be decided together, and by when: pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import ceil
from random import Random
from typing import Protocol

from apps.core.workdays import closing, is_working

#: More working days than any clock has: 2,000 hours, the most a band may have, are 84.
MOST_DAYS = 90
#: How many of a hundred decisions without contact or action a supervisor sees again.
LOOKED_AT_AGAIN = 10


class ChangeLike(Protocol):
    """What the rule needs of a change."""

    to_band: str
    nature: str


def check_same_kind(changes: Iterable[ChangeLike]) -> str:
    """Empty when the changes may share one decision, else the sentence that says why not."""
    kinds = {(change.nature, change.to_band) for change in changes}
    if len(kinds) > 1:
        return "Only changes of the same kind, to the same rating, can be decided together. Choose fewer."
    return ""


def due_moments(opened: date) -> dict[int, datetime]:
    """By number of working days: the end of the day so many after the day something opened, which does not count itself."""
    due, day = {0: closing(opened)}, opened
    while len(due) <= MOST_DAYS:
        day += timedelta(days=1)
        if is_working(day):
            due[len(due)] = closing(day)
    return due


def drawn(by_officer: dict[int, list[int]], seed: str, percent: int = LOOKED_AT_AGAIN) -> list[int]:
    """A share of each officer's decisions, at least one; the same seed draws the same ones, whatever order they come in."""
    chance = Random(seed)  # noqa: S311 a draw that can be repeated, from a seed that nobody knows beforehand
    return [
        each
        for officer in sorted(by_officer)
        for each in sorted(
            chance.sample(sorted(by_officer[officer]), ceil(len(by_officer[officer]) * percent / 100))
        )
    ]
