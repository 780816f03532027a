"""A rating scheme as its pages show it: rules read back, a what-if as a matrix, and the notice the public is given."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from apps.core import words
from apps.core.presenters import NOT_RATED
from apps.core.presenters import Band as Mark
from apps.ragp.drafting import condition, consequence
from apps.ragp.models import Band, Scheme, WhatIf

#: Below this many children a figure is not shown to those who may see none of them.
FEW = 5
TOLD = {Scheme.State.DRAFT: "Draft", Scheme.State.DROPPED: "Dropped"}


@dataclass(frozen=True)
class Line:
    """A rule read back."""

    code: str
    sentence: str
    when: str
    does: str
    policy: str


@dataclass(frozen=True)
class Figure:
    """A number of children; ``few`` where it is too small to be told."""

    number: int
    few: bool = False
    same: bool = False


def mark(band: Band) -> Mark:
    """A band as pages draw it."""
    return Mark(band.label, band.colour, band.code)


def marks(bands: Iterable[Band]) -> dict[str, Mark]:
    """Bands as pages draw them, by code; what is none of them is not rated."""
    return defaultdict(lambda: NOT_RATED, {band.code: mark(band) for band in bands})


def state_of(scheme: Scheme, live: Scheme) -> str:
    """Draft, live, approved for a later day, replaced or dropped."""
    if scheme.state != Scheme.State.APPROVED or scheme.live_from is None:
        return TOLD[Scheme.State(scheme.state)]
    if scheme.pk == live.pk:
        return "Live"
    later = (scheme.live_from, scheme.pk) > (live.live_from, live.pk)
    return f"Approved, live from {words.day(scheme.live_from)}" if later else "Replaced"


def lines(data: dict[str, Any]) -> list[Line]:
    """Every rule in plain English, most points first."""
    labels = {band["code"]: band["label"] for band in data["bands"]}
    return [
        Line(
            rule["code"], rule["sentence"], condition(rule), consequence(rule, labels), rule.get("policy", "")
        )
        for rule in data["rules"]
    ]


def matrix(asked: WhatIf, ours: Iterable[Band], theirs: Iterable[Band], named: bool) -> dict[str, Any]:
    """From the bands that stand (rows) to those of the scheme (columns); ``named`` says the reader may see the children."""
    was, now = list(theirs), list(ours)
    rows = [
        (
            band,
            [
                figure(asked.matrix.get(band.code, {}).get(each.code, 0), named, band.code == each.code)
                for each in now
            ],
        )
        for band in was
    ]
    moved = sum(n for f, row in asked.matrix.items() for t, n in row.items() if f != t)
    return {
        "columns": "|".join(["Now", *(f"{band.label}:r" for band in now)]),
        "rows": rows,
        "moved": figure(moved, named),
    }


def figure(number: int, named: bool, same: bool = False) -> Figure:
    """A figure, or that it is too small to be told."""
    return Figure(number, few=not named and 0 < number < FEW, same=same)


def groups(
    asked: WhatIf, named: bool, nouns: dict[str, dict[str, str]]
) -> list[tuple[str, list[tuple[str, list[Figure]]]]]:
    """(kind, its lines): a value of the kind, and how many children, up and down; codes of one meaning are one value."""
    found: dict[str, dict[str, list[int]]] = {}
    for kind, value, *numbers in asked.groups:
        told = nouns.get(kind, {}).get(value, value) or "Not known"
        mine = found.setdefault(kind, {})
        mine[told] = [a + b for a, b in zip(mine.get(told, [0] * len(numbers)), numbers, strict=True)]
    return [
        (kind, [(told, [figure(number, named) for number in numbers]) for told, numbers in values.items()])
        for kind, values in found.items()
    ]
