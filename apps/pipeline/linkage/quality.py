"""How well records are matched: what people answered, and how often a second look finds an automatic link wrong."""

import json
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from django.db import connection

from apps.matching.rules import REASONS
from apps.pipeline.linkage.queries import names

#: So many weeks of samples are shown; the estimate rests on all of them.
WEEKS = 12


@dataclass(frozen=True)
class Estimate:
    """So many wrong of so many looked at, and between which rates the true one lies, nineteen times in twenty."""

    wrong: int
    looked: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """The rate found, in per cent."""
        return 100 * self.wrong / self.looked if self.looked else 0


def wilson(wrong: int, looked: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a rate, in per cent: honest where few were looked at and none was wrong."""
    if not looked:
        return 0.0, 100.0
    rate, square = wrong / looked, z * z
    middle = rate + square / (2 * looked)
    width = z * sqrt(rate * (1 - rate) / looked + square / (4 * looked * looked))
    low, high = ((middle + sign * width) / (1 + square / looked) for sign in (-1, 1))
    return max(0.0, 100 * low), min(100.0, 100 * high)


def figures() -> dict[str, list[dict[str, Any]]]:
    """All questions, answers and samples as numbers, beyond the reader's reach: a figure names no child."""
    with connection.cursor() as cursor:
        cursor.execute("select vcdb_linkage_figures()")
        (found,) = cursor.fetchone()
    return json.loads(found) if isinstance(found, str) else found or {"rules": [], "clerks": [], "weeks": []}


def estimate(weeks: list[dict[str, Any]]) -> Estimate:
    """The error rate of automatic links by the second looks so far."""
    wrong, looked = (sum(week[name] for week in weeks) for name in ("wrong", "looked"))
    return Estimate(wrong, looked, *wilson(wrong, looked))


def by_rule(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each reason to ask: how often, what people answered, and the share that were the same child."""
    return [
        each
        | {
            "label": REASONS.get(each["rule"], each["rule"].replace("_", " ").capitalize()),
            "yield": _same(each),
        }
        for each in counted
    ]


def by_clerk(counted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each who answers: how many, the share that were the same child, how many still stand, and the second looks."""
    clerks = names(each["by"] for each in counted)
    return [
        each
        | {
            "name": clerks.get(each["by"], "Somebody who has left"),
            "yield": _same(each),
            "stood": share(each["answered"] - each["undone"], each["answered"]),
        }
        for each in counted
    ]


def _same(counted: dict[str, Any]) -> int | None:
    return share(counted["same"], counted["same"] + counted["different"])


def share(part: int, whole: int) -> int | None:
    """In per cent; None of nothing."""
    return round(100 * part / whole) if whole else None


def page() -> dict[str, Any]:
    """Everything the page of figures shows."""
    found = figures()
    weeks = [each | {"week": date.fromisoformat(each["week"])} for each in found["weeks"]]
    return {
        "estimate": estimate(weeks),
        "rules": by_rule(found["rules"]),
        "clerks": by_clerk(found["clerks"]),
        "weeks": weeks[:WEEKS],
    }
